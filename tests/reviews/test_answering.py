"""Submitting again: only what was asked for changes, and the case goes back to whoever reviews it."""

import pytest

from core.dates import today
from core.refusals import NotPermitted, WrongState
from partnerships.actions.offices import end_office_appointment
from partnerships.models import OfficeAppointment
from reviews import actions, queries
from reviews.actions import LockedSections
from reviews.content import Content, Section
from reviews.models import Submission
from tests.reviewing import KEYS, content
from tests.world import SYSTEM


def test_it_goes_back_to_its_reviewer_and_the_day_stays(office, deeds):
    case = office.made("sent_back")
    due_on, claimed_at = case.due_on, case.claimed_at
    submission = office.answer(case)
    answered = actions.hold(case)
    assert (answered.state, answered.reviewer, answered.claimed_at) == ("claimed", office.world.reviewer, claimed_at)
    assert (answered.due_on, answered.submitted_at) == (due_on, submission.submitted_at)
    assert (submission.number, submission.reference) == (2, f"LSP-{case.pk:06d}-2")
    assert deeds()[-1] == "answered"


def test_the_request_is_answered(office):
    case = office.made("sent_back")
    request = queries.open_request(case)
    submission = office.answer(case)
    request.refresh_from_db()
    assert (request.answer, request.ended_at) == (submission, submission.submitted_at)
    assert queries.open_request(case) is None
    assert queries.unlocked_sections(case) is None


def test_sections_that_were_not_asked_for_are_locked_and_named(office):
    case = office.made("sent_back")
    with pytest.raises(LockedSections, match="differ from what was submitted: Strategic, Action plan") as refused:
        office.answer(case, strategic="Other words.", plan="Nobody", performance_managed="Quarterly.")
    assert refused.value.titles == ("Strategic", "Action plan")
    assert Submission.objects.count() == 1


def test_a_section_that_goes_or_comes_counts_as_changed(office):
    case = office.made("sent_back")
    sections = (*content().sections[:-1], Section("extra", "Extra"))
    with pytest.raises(LockedSections) as refused:
        actions.submit_again(case=case, content=Content("Paper", sections), declaration="", by=office.by("chair"))
    assert refused.value.titles == ("Action plan", "Extra")


def test_several_sections_can_be_asked_for(office):
    case = office.made("claimed")
    office.ask(case, "plan", "strategic")
    assert queries.unlocked_sections(case) == {"strategic", "plan"}
    assert queries.open_request(case).sections == ["strategic", "plan"]  # in the order of what was submitted
    office.answer(case, strategic="Other words.", plan="The police")


def test_a_reviewer_who_has_left_does_not_get_it_back(office):
    case = office.made("sent_back")
    appointment = OfficeAppointment.objects.get(person=office.world.reviewer)
    end_office_appointment(appointment=appointment, on=today(), by=SYSTEM)
    office.answer(case)
    answered = actions.hold(case)
    assert (answered.state, answered.reviewer, answered.claimed_at) == ("queued", None, None)


def test_a_reviewer_who_stood_aside_meanwhile_does_not_get_it_back(office):
    case = office.made("sent_back")
    actions.recuse(case=case, reason="I know them.", by=office.by("reviewer"))
    assert actions.hold(case).state == "sent_back"
    office.answer(case)
    assert actions.hold(case).state == "queued"


def test_twice_is_refused_and_only_the_chair_answers(office):
    case = office.made("sent_back")
    with pytest.raises(NotPermitted, match="The chair of the partnership can"):
        actions.submit_again(case=case, content=content(), declaration="", by=office.by("officer"))
    office.answer(case)
    with pytest.raises(WrongState, match="In review"):
        office.answer(case)
    assert Submission.objects.count() == 2


def test_what_changed_is_seen_also_against_the_case_before(office):
    case = office.made("sent_back")
    second = office.answer(case)
    before = queries.content_of(queries.submission_before(second))
    changed = [each.key for each in queries.differences(before, queries.content_of(second)) if each.changed]
    assert changed == [KEYS[3]]
    actions.withdraw(case=case, reason="We start anew.", by=office.by("chair"))
    again = office.submit(previous=actions.hold(case)).submissions.get()
    assert queries.submission_before(again) == second
    assert queries.submission_before(queries.submission_before(second)) is None
