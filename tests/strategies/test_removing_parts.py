"""Taking a part out, with what hangs on it."""

import pytest
from django.db import IntegrityError, transaction
from django.db.models import ProtectedError

from core.refusals import NotPermitted
from partnerships.models import Deed, Organisation
from partnerships.tenancy.context import acting
from strategies import actions
from strategies.models import Action, ActionPartner, Issue, Objective, Priority

KINDS = {"issues": "issue", "priorities": "priority", "objectives": "objective", "actions": "action"}


def page_of(written, kind):
    return written.page("removal", kind=kind, pk=getattr(written, KINDS[kind]).pk)


def test_the_page_asks_first(written, sign_in):
    page = sign_in("officer").get(page_of(written, "issues")).content.decode()
    assert "Remove “Burglary”?" in page
    assert 'name="version" value="1"' in page


@pytest.mark.parametrize("kind", KINDS)
def test_the_officer_removes_a_part_and_what_hangs_on_it(world, written, sign_in, deeds, kind):
    response = sign_in("officer").post(page_of(written, kind), {"version": 1})
    assert response["Location"] == written.page("issues" if kind == "issues" else "priorities")
    left = {
        "issues": (0, 1, 1, 1, 1),
        "priorities": (1, 0, 0, 0, 0),
        "objectives": (1, 1, 0, 0, 0),
        "actions": (1, 1, 1, 0, 0),
    }
    with acting(world.southwark.pk):
        counts = tuple(model.objects.count() for model in (Issue, Priority, Objective, Action, ActionPartner))
        deed = Deed.objects.latest("number")
    assert counts == left[kind]
    assert (deed.verb, deed.who) == ("strategies.part_removed", "Officer")
    assert deed.subject_label == getattr(written, KINDS[kind]).title


def test_removing_twice_says_who_did_and_changes_nothing(written, sign_in, deeds):
    url = page_of(written, "issues")
    sign_in("chair").post(url, {"version": 1})
    before = deeds()
    response = sign_in("officer").post(url, {"version": 1})
    assert response.status_code == 409
    assert "Chair removed this part on" in response.content.decode()
    assert sign_in("officer").get(url).status_code == 404
    assert deeds() == before


@pytest.mark.parametrize("version", ["1", "", "many"])
def test_a_part_that_somebody_saved_meanwhile_stays(world, written, sign_in, version):
    sign_in("chair").post(written.page("issue"), {"title": "Burglary", "body": "It falls already.", "version": 1})
    response = sign_in("officer").post(page_of(written, "issues"), {"version": version})
    page = response.content.decode()
    assert response.status_code == 409
    assert "Chair saved this part on" in page
    assert 'name="version" value="2"' in page  # knowing that, the officer may still remove it
    with acting(world.southwark.pk):
        assert Issue.objects.get().body == "It falls already."


def test_nobody_else_can_remove_one(world, written, closed_to_others):
    closed_to_others(page_of(written, "priorities"), {"version": 1})
    with acting(world.southwark.pk):
        assert Priority.objects.exists()


def test_the_action_refuses_a_member(world, written):
    with acting(world.southwark.pk), pytest.raises(NotPermitted):
        actions.remove_part(part=written.issue, version=1, by=world.access("rep"))


def test_history_keeps_every_row_that_went(world, written, sign_in):
    sign_in("officer").post(page_of(written, "priorities"), {"version": 1})
    with acting(world.southwark.pk):
        for model in (Priority, Objective, Action, ActionPartner):
            gone = model.pgh_event_model.objects.get(pgh_label="delete")
            assert gone.pgh_context == {"person": world.officer.pk}
        assert Action.pgh_event_model.objects.get(pgh_label="delete").title == "New locks for 400 homes"


def test_postgresql_refuses_to_take_a_parent_from_under_its_parts(world, written):
    with acting(world.southwark.pk):
        with pytest.raises(IntegrityError, match="same_partnership"), transaction.atomic():
            Objective.objects.filter(pk=written.objective.pk)._raw_delete("default")
        with pytest.raises(ProtectedError):
            Organisation.objects.get(name="Southwark Council").delete()
