"""Two people save the same part: the second sees both texts, and nothing is lost."""

import datetime

import pytest
from hypothesis import HealthCheck, assume, given, settings
from hypothesis import strategies as st

from core.refusals import Conflict, Removed
from partnerships.models import Organisation
from partnerships.tenancy.context import acting
from strategies import actions
from strategies.models import Action, ActionPartner, Issue, Text
from tests.strategies.conftest import boxes

WORDS = st.text(st.characters(exclude_categories=["Cs", "Cc"]), min_size=1, max_size=60).filter(
    lambda words: words == words.strip() != ""
)


def shown(response):
    """Label → the two texts that the page of a conflict puts side by side."""
    return {row.label: (row.theirs, row.mine) for row in response.context_data["differences"]}


def test_the_second_of_two_sees_both_texts(world, written, sign_in):
    url = written.page("text", kind="vision")
    sign_in("chair").post(url, {"body": "Homes first.", "version": 2})
    response = sign_in("officer").post(url, {"body": "Work first.", "version": 2})
    page = response.content.decode()
    assert response.status_code == 409
    assert "Chair saved this part on" in page
    assert "Nothing you typed is lost." in page
    assert shown(response) == {"Text": ("Homes first.", "Work first.")}
    assert "<p>Homes first.</p>" in page
    assert "<p>Work first.</p>" in page
    with acting(world.southwark.pk):
        assert Text.objects.get(kind="vision").body == "Homes first."


def test_saving_again_after_seeing_both_is_a_decision(world, written, sign_in):
    url = written.page("text", kind="vision")
    sign_in("chair").post(url, {"body": "Homes first.", "version": 2})
    response = sign_in("officer").post(url, {"body": "Work first.", "version": 2})
    assert 'name="version" value="3"' in response.content.decode()
    assert sign_in("officer").post(url, {"body": "Homes, then work.", "version": 3}).status_code == 302
    with acting(world.southwark.pk):
        assert Text.objects.get(kind="vision").body == "Homes, then work."


def test_two_fields_that_differ_both_show(written, sign_in):
    url = written.page("issue")
    sign_in("chair").post(url, {"title": "Break-ins", "body": "Ours", "version": 1})
    response = sign_in("officer").post(url, {"title": "Theft", "body": "Mine", "version": 1})
    assert shown(response) == {"Title": ("Break-ins", "Theft"), "Text": ("Ours", "Mine")}


def test_a_field_on_which_both_agree_is_not_shown(written, sign_in):
    url = written.page("issue")
    sign_in("chair").post(url, {"title": "Break-ins", "body": "Ours", "version": 1})
    response = sign_in("officer").post(url, {"title": "Break-ins", "body": "Mine", "version": 1})
    assert set(shown(response)) == {"Text"}


def test_a_form_that_was_never_shown_loses_against_any_version(world, written, sign_in):
    response = sign_in("officer").post(written.page("text", kind="vision"), {"body": "Blind"})
    assert response.status_code == 409
    with acting(world.southwark.pk):
        assert Text.objects.get(kind="vision").body == "The words of Vision."


def test_two_parts_can_be_saved_at_once(written, sign_in):
    sent = {"body": "Ours", "version": 2}
    assert sign_in("chair").post(written.page("text", kind="foreword"), sent).status_code == 302
    assert sign_in("officer").post(written.page("text", kind="vision"), sent).status_code == 302


def test_titles_and_periods_conflict_too(written, sign_in):
    url = written.page("details")
    days = {
        **boxes("period_from", datetime.date(2006, 4, 1)),
        **boxes("period_until", datetime.date(2016, 3, 31)),
    }
    sign_in("chair").post(url, {"title": "Ours", "subtitle": "S", **days, "version": 1})
    response = sign_in("officer").post(url, {"title": "Mine", "subtitle": "S", **days, "version": 1})
    assert response.status_code == 409
    assert shown(response) == {"Title": ("Ours", "Mine")}


def test_the_partners_of_an_action_are_shown_and_kept_too(world, written, sign_in):
    council, cvs = (
        Organisation.objects.get(name=f"Southwark Council{rest}") for rest in ("", " for Voluntary Service")
    )
    sent = {
        "title": written.action.title,
        "lead": council.pk,
        **boxes("starts_on", written.action.starts_on),
        **boxes("ends_on", written.action.ends_on),
        "measure": written.action.measure,
        "version": 1,
    }
    sign_in("chair").post(written.page("action"), {**sent, "partners": []})
    response = sign_in("officer").post(written.page("action"), {**sent, "partners": [cvs.pk], "measure": "Counted"})
    assert response.status_code == 409
    assert shown(response) == {
        "Partners": ("", "Southwark Council for Voluntary Service"),
        "How it is measured": ("Locks fitted a quarter", "Counted"),
    }
    with acting(world.southwark.pk):
        assert Action.objects.get().measure == "Locks fitted a quarter"
        assert not ActionPartner.objects.exists()


@settings(max_examples=25, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(theirs=WORDS, mine=WORDS)
def test_no_text_is_ever_lost(world, written, theirs, mine):
    """Whatever two people write, each finds their words again: in the row, in the refusal, in the history."""
    chair, officer = world.access("chair"), world.access("officer")
    with acting(world.southwark.pk, by=world.officer.pk):
        seen = Text.objects.select_related("partnership").get(kind="vision")
        assume(len({seen.body, theirs, mine}) == 3)
        actions.save_text(text=seen, body=theirs, version=seen.version, by=chair)
        with pytest.raises(Conflict) as refused:
            actions.save_text(text=seen, body=mine, version=seen.version, by=officer)
        assert (refused.value.mine, refused.value.theirs) == ({"body": mine}, {"body": theirs})
        actions.save_text(text=seen, body=mine, version=seen.version + 1, by=officer)
        kept = Text.pgh_event_model.objects.filter(pgh_obj_id=seen.pk).values_list("body", flat=True)
        assert {seen.body, theirs, mine} <= set(kept)


@settings(max_examples=15, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(theirs=WORDS, mine=WORDS)
def test_the_form_holds_every_letter_that_was_typed(world, written, sign_in, theirs, mine):
    assume(theirs != mine)
    with acting(world.southwark.pk, by=world.chair.pk):
        seen = Text.objects.select_related("partnership").get(kind="vision")
        assume(theirs != seen.body)
        actions.save_text(text=seen, body=theirs, version=seen.version, by=world.access("chair"))
    response = sign_in("officer").post(written.page("text", kind="vision"), {"body": mine, "version": seen.version})
    assert response.status_code == 409
    assert response.context_data["form"]["body"].value() == mine
    assert shown(response) == {"Text": (theirs, mine)}


PARTS = {
    "issue": {"title": "Burglary", "body": "Typed for an hour"},
    "objective": {"title": "Fewer", "body": "Typed for an hour"},
    "priority": {"title": "Safe", "body": "Typed for an hour", "theme": "1"},
    "action": {"title": "Locks", "measure": "Typed for an hour", "starts_on_0": "1", "starts_on_1": "mai"},
}


@pytest.mark.parametrize("part", PARTS)
def test_a_part_that_was_removed_meanwhile_gives_back_what_was_typed(world, written, sign_in, part, deeds):
    with acting(world.southwark.pk, by=world.chair.pk):
        gone = written.issue if part == "issue" else written.priority  # with all that hangs on it
        actions.remove_part(part=gone, version=1, by=world.access("chair"))
    before = deeds()
    response = sign_in("officer").post(written.page(part), {**PARTS[part], "version": 1})
    page = response.content.decode()
    assert response.status_code == 409
    assert "Chair removed this part on" in page
    assert "What you typed was not saved" in page
    assert "Typed for an hour" in page
    if part == "action":
        assert "1, mai" in page  # also what nobody understands
    assert deeds() == before


def test_a_part_that_never_was_does_not_exist(written, sign_in):
    assert sign_in("officer").post(written.page("issue", pk=10**9), PARTS["issue"]).status_code == 404


def test_a_part_that_goes_between_the_look_and_the_save_is_a_refusal_too(world, written):
    with acting(world.southwark.pk, by=world.chair.pk):
        Issue.objects.filter(pk=written.issue.pk).delete()
        with pytest.raises(Removed, match="Chair removed this part on"):
            actions.save_issue(issue=written.issue, title="A", body="B", version=1, by=world.access("officer"))
