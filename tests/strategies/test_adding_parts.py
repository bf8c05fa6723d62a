"""Adding a key issue, a priority, an objective, an action: behind its like."""

import datetime

import pytest
from django.db import IntegrityError, transaction

from core.refusals import NotPermitted, Removed
from partnerships.models import Organisation
from partnerships.tenancy.context import acting
from strategies import actions
from strategies.models import Action, Issue, Objective, Priority
from tests.conftest import as_owner
from tests.strategies.conftest import boxes
from themes.models import Theme

TITLED = {"title": "Truancy", "body": "One school day in ten is missed."}
KINDS = {"issue": Issue, "priority": Priority, "objective": Objective, "action": Action}


def form(kind):
    """What the form of a new part sends."""
    if kind == "priority":
        return {**TITLED, "theme": Theme.objects.get(code="environment").pk}
    if kind == "action":
        days = {
            **boxes("starts_on", datetime.date(2006, 9, 1)),
            **boxes("ends_on", datetime.date(2007, 9, 1)),
        }
        lead = Organisation.objects.get(name="Southwark Council").pk
        return {"title": "Truancy", "lead": lead, **days, "measure": ""}
    return TITLED


def page_of(written, kind):
    """The page on which such a part is added; an objective stands in a priority, an action in an objective."""
    parents = {"objective": written.priority, "action": written.objective}
    return written.page(f"new_{kind}", **({"pk": parents[kind].pk} if kind in parents else {}))


@pytest.mark.parametrize("kind", KINDS)
def test_the_officer_adds_a_part_behind_the_others(world, written, sign_in, deeds, kind):
    response = sign_in("officer").post(page_of(written, kind), form(kind))
    assert response.status_code == 302
    with acting(world.southwark.pk):
        rows = list(KINDS[kind].objects.order_by("order"))
    assert [row.order for row in rows] == [1, 2]
    assert (rows[1].title, rows[1].version, rows[1].saved_by_name) == ("Truancy", 1, "Officer")
    assert deeds()[-1] == f"strategies.{kind}_added"


@pytest.mark.parametrize("kind", KINDS)
def test_nobody_else_can_add_one(world, written, closed_to_others, kind):
    closed_to_others(page_of(written, kind), form(kind))
    with acting(world.southwark.pk):
        assert KINDS[kind].objects.count() == 1


@pytest.mark.parametrize("kind", KINDS)
def test_a_part_without_a_title_is_refused_with_what_was_typed(world, written, sign_in, kind):
    response = sign_in("officer").post(page_of(written, kind), {**form(kind), "title": "", "body": "Half a thought"})
    page = response.content.decode()
    assert "Enter what will be done" in page if kind == "action" else "Enter title" in page
    if kind != "action":
        assert "Half a thought" in page
    with acting(world.southwark.pk):
        assert KINDS[kind].objects.count() == 1


@pytest.mark.parametrize(("kind", "parent"), [("objective", "priority"), ("action", "objective")])
def test_a_part_whose_parent_was_removed_meanwhile_is_not_lost(world, written, sign_in, kind, parent):
    url = page_of(written, kind)
    with acting(world.southwark.pk, by=world.chair.pk):
        actions.remove_part(part=getattr(written, parent), version=1, by=world.access("chair"))
    response = sign_in("officer").post(url, form(kind))
    page = response.content.decode()
    assert response.status_code == 409
    assert "Chair removed this part on" in page
    assert "Truancy" in page
    assert sign_in("officer").get(url).status_code == 404


def test_the_action_refuses_a_parent_that_is_gone(world, written):
    officer = world.access("officer")
    with acting(world.southwark.pk, by=world.officer.pk):
        Objective.objects.filter(pk=written.objective.pk).delete()
        with pytest.raises(Removed, match="Officer removed this part"):
            actions.add_action(
                objective=written.objective,
                title="Late",
                lead=written.action.lead,
                partners=[],
                starts_on=written.action.starts_on,
                ends_on=written.action.ends_on,
                measure="",
                by=officer,
            )


def test_the_action_refuses_a_member(world, written):
    with acting(world.southwark.pk), pytest.raises(NotPermitted):
        actions.add_issue(strategy=written.strategy, title="Mine", body="", by=world.access("rep"))


def test_the_lead_is_never_its_own_partner(world, written):
    with acting(world.southwark.pk):
        action = actions.add_action(
            objective=written.objective,
            title="Alone",
            lead=written.action.lead,
            partners=[written.action.lead],
            starts_on=written.action.starts_on,
            ends_on=written.action.ends_on,
            measure="",
            by=world.access("officer"),
        )
        assert not action.helpers.exists()


def test_postgresql_refuses_a_part_of_another_partnerships_parent(world, written):
    strays = [
        Issue(partnership=world.hackney, strategy=written.strategy, title="Stray", order=1),
        Objective(partnership=world.hackney, priority=written.priority, title="Stray", order=1),
        Priority(
            partnership=world.hackney,
            strategy=written.strategy,
            theme=Theme.objects.get(code="environment"),
            title="Stray",
            order=1,
        ),
    ]
    for stray in strays:
        refused = pytest.raises(IntegrityError, match="same_partnership")
        with as_owner(), refused, transaction.atomic():
            stray.save()
