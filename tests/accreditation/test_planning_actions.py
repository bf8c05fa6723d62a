"""The action plan: added, saved, taken out, and how far each action is."""

import datetime

import pytest
from django.db import IntegrityError, transaction

from accreditation import actions, queries
from accreditation.models import ActionProgress, PlannedAction
from core.refusals import Conflict, NotPermitted, Removed
from tests import assessing

DAY = datetime.date(2006, 9, 1)


def the_action(assessment):
    """The one action of the plan, as it is stored now."""
    return queries.actions_of(assessment).get()


def save(action, by, **changes):
    """Send the form of an action; what is not given is as it stands."""
    names = ("criterion", "title", "lead", "starts_on", "ends_on", "measure", "version")
    values = {name: getattr(action, name) for name in names} | changes
    return actions.save_action(action=action, **values, by=by)


def test_an_action_may_be_incomplete_while_it_is_a_draft(draft, as_, log):
    with as_("officer") as by:
        assessing.plan_action(draft, by, title="Ask the residents", lead=None, starts_on=None, measure="")
        assert [row.title for row in queries.actions_of(draft)] == [
            "One set of measures for all partners",
            "Ask the residents",
        ]
    assert log()[-1] == "accreditation.action_added"


def test_it_is_saved_and_the_same_changes_nothing(draft, as_, log):
    with as_("officer") as by:
        before = the_action(draft)
        save(before, by, title="Fewer measures", ends_on=DAY)
        said = log()
        save(before, by, title="Fewer measures", ends_on=DAY)
        after = the_action(draft)
    assert (after.title, after.ends_on, after.version) == ("Fewer measures", DAY, before.version + 1)
    assert log() == said


def test_whoever_was_overtaken_sees_both(draft, as_):
    with as_("officer") as by:
        seen = the_action(draft)
        save(seen, by, title="The first")
        with pytest.raises(Conflict) as refused:
            save(seen, by, title="The second")
        with pytest.raises(Conflict):
            actions.remove_action(action=seen, version=seen.version, by=by)
    assert (refused.value.mine["title"], refused.value.theirs["title"]) == ("The second", "The first")


def test_it_is_taken_out_and_whoever_saves_it_afterwards_is_told_by_whom(draft, as_):
    with as_("officer") as by:
        action = the_action(draft)
        actions.remove_action(action=action, version=action.version, by=by)
        assert not queries.actions_of(draft).exists()
        for again in (
            lambda: save(action, by, title="Still there?"),
            lambda: actions.remove_action(action=action, version=action.version, by=by),
        ):
            with pytest.raises(Removed, match="Officer removed this part on"):
                again()


@pytest.mark.parametrize("name", ["chair", "rep", "reviewer", "manager", "stranger"])
def test_nobody_else_plans(draft, as_, name):
    with as_(name) as by:
        action = the_action(draft)
        for deed in (
            lambda: assessing.plan_action(draft, by),
            lambda: save(action, by, title="Mine"),
            lambda: actions.remove_action(action=action, version=action.version, by=by),
            lambda: actions.note_progress(action=action, state="done", words="Done", by=by),
        ):
            with pytest.raises(NotPermitted):
                deed()


def test_a_plan_that_was_not_asked_for_is_locked(world, as_):
    assessment = assessing.sent_back(world, ["strategic"])
    with as_("officer") as by, pytest.raises(actions.SectionLocked):
        save(the_action(assessment), by, title="Another")


def test_a_plan_that_was_asked_for_is_open(world, as_):
    assessment = assessing.sent_back(world, ["plan"])
    with as_("officer") as by:
        save(the_action(assessment), by, title="Another")
        assert the_action(assessment).title == "Another"


def test_progress_is_noted_once_it_is_submitted_the_last_first(world, as_, log):
    assessment = assessing.decided(world, "green")
    with as_("officer") as by:
        action = the_action(assessment)
        actions.note_progress(action=action, state="under_way", words="Two partners agreed", by=by)
        actions.note_progress(action=action, state="under_way", words="Two partners agreed", by=by)
        actions.note_progress(action=action, state="done", words="All agreed", by=by)
        noted = [(row.state, row.words) for row in the_action(assessment).progress_noted]
    assert noted == [("done", "All agreed"), ("under_way", "Two partners agreed")]
    assert log()[-2:] == ["accreditation.progress_noted"] * 2


def test_a_draft_has_no_progress(draft, as_):
    with as_("officer") as by, pytest.raises(actions.NotNow, match="Draft"):
        actions.note_progress(action=the_action(draft), state="done", words="Done", by=by)


def test_progress_does_not_change_what_was_submitted(world, as_):
    assessment = assessing.sent_back(world, ["strategic"])
    with as_("officer") as by:
        before = queries.seal_of(assessment)
        actions.note_progress(action=the_action(assessment), state="done", words="All agreed", by=by)
        assert queries.seal_of(assessment) == before
    assert assessing.submit(world, assessment).number == 2


def test_postgresql_refuses_an_action_that_ends_before_it_starts(draft, as_):
    before = DAY - datetime.timedelta(days=1)
    with as_("officer"), pytest.raises(IntegrityError, match="action_ends_after_it_starts"), transaction.atomic():
        PlannedAction.objects.update(starts_on=DAY, ends_on=before)


def test_postgresql_lets_nobody_change_what_was_noted(world, as_):
    from django.db import ProgrammingError

    assessment = assessing.submitted(world)
    with as_("officer") as by:
        actions.note_progress(action=the_action(assessment), state="done", words="Done", by=by)
        with pytest.raises(ProgrammingError, match="permission denied"), transaction.atomic():
            ActionProgress.objects.update(words="Not done")
