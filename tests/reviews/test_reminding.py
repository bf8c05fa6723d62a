"""The clock reminds of what is due, tells what is late, and of the next review: each once for a day."""

import datetime

import pytest
from django.db import IntegrityError, transaction
from django.db.utils import ProgrammingError

from core.dates import today
from core.working_days import working_days_after, working_days_before
from partnerships.actions.offices import end_office_appointment
from partnerships.models import OfficeAppointment
from reviews import actions, queries
from reviews.actions import clock
from reviews.models import Case, Letter, Notice
from tests.reviewing import days
from tests.world import SYSTEM

OWN = ["Chair", "Officer", "Unprotected"]
OFFICE = ["Colleague", "Deputy", "Manager", "Reviewer"]
DAY = datetime.timedelta(days=1)


def told(case):
    """What was told about a case so far, in order."""
    return list(Notice.objects.filter(case=case).order_by("pk").values_list("kind", "day"))


def test_five_working_days_before_it_is_due_the_reviewer_hears(office, on, letters):
    case = office.made("claimed")
    first = working_days_before(case.due_on, 5)
    assert working_days_after(first, 5) == case.due_on
    on(first - DAY)
    assert clock.remind() == 0
    on(first)
    assert clock.remind() == 1
    assert told(case) == [("due_soon", case.due_on)]
    assert letters("due_soon") == ["Reviewer"]


def test_where_nobody_has_it_the_office_hears(office, on, letters):
    case = office.submit()
    on(case.due_on)
    clock.remind()
    assert letters("due_soon") == OFFICE


def test_the_day_after_reviewer_and_managers_hear_and_a_week_later_managers(office, on, letters):
    case = office.made("claimed")
    on(case.due_on + DAY)
    assert clock.remind() == 1
    assert told(case) == [("late", case.due_on)]
    assert letters("late") == ["Deputy", "Manager", "Reviewer"]
    on(working_days_after(case.due_on, 5) - DAY)
    assert clock.remind() == 0
    on(working_days_after(case.due_on, 5))
    assert clock.remind() == 1
    assert letters("escalated") == ["Deputy", "Manager"]


def test_a_reviewer_who_has_left_is_not_reminded(office, on, letters):
    case = office.made("recommended")
    end_office_appointment(
        appointment=OfficeAppointment.objects.get(person=office.world.reviewer), on=today(), by=SYSTEM
    )
    on(case.due_on)
    clock.remind()
    assert letters("due_soon") == ["Colleague", "Deputy", "Manager"]


def test_the_partnership_is_reminded_of_what_it_was_asked(office, on, letters):
    case = office.made("sent_back")
    answer_by = queries.open_request(case).answer_by
    on(working_days_before(answer_by, 3) - DAY)
    assert clock.remind() == 0
    on(working_days_before(answer_by, 3))
    assert clock.remind() == 1
    assert letters("answer_due") == OWN
    on(answer_by + DAY)
    clock.remind()
    assert ("answer_late", answer_by) in told(case)
    assert letters("answer_late") == OWN


def test_of_what_was_answered_nobody_is_reminded(office, on):
    case = office.made("sent_back")
    answer_by = queries.open_request(case).answer_by
    office.answer(case)
    on(answer_by)
    clock.remind()
    assert "answer_due" not in [kind for kind, _day in told(case)]


def deferred(office, next_review_on):
    case = office.made("claimed")
    office.recommend(case, outcome="red", next_review_on=next_review_on, conditions=[])
    office.decide(case)
    return case


def test_twenty_working_days_before_the_next_review_both_hear(office, on, letters):
    day = working_days_after(today(), 60)
    case = deferred(office, day)
    on(working_days_before(day, 20) - DAY)
    assert clock.remind() == 0
    on(working_days_before(day, 20))
    assert clock.remind() == 1
    assert told(case) == [("review_due", day)]
    assert (letters("review_due"), letters("review_due_office")) == (OWN, OFFICE)


def test_of_a_review_that_has_begun_nobody_is_reminded(office, on):
    day = working_days_after(today(), 60)
    case = deferred(office, day)
    office.submit(previous=case)
    on(day)
    clock.remind()
    assert told(case) == []


def test_nor_of_that_of_a_decision_that_does_not_hold_any_more(office, on):
    day = working_days_after(today(), 60)
    case = deferred(office, day)
    office.uphold(office.appeal(case))
    on(day)
    assert clock.remind() == 0


@pytest.mark.parametrize("state", ["decided", "appealed", "withdrawn"])
def test_what_is_closed_is_not_late(office, on, state):
    case = office.made(state)
    on(case.due_on + 30 * DAY)
    assert clock.remind() == 0


def test_twice_tells_once(office, on):
    case = office.made("claimed")
    on(case.due_on + DAY)
    assert (clock.remind(), clock.remind()) == (1, 0)
    count = Letter.objects.filter(kind="late").count()
    assert count == 3


def test_told_by_another_clock_in_the_meantime_it_is_not_told_again(office, on):
    """Both have found the case; the second looks again once it holds it."""
    case = office.made("claimed")
    on(case.due_on + DAY)
    tell = clock._tell("late")
    assert tell(case) is True
    assert tell(case) is False
    assert Notice.objects.count() == 1


def test_days_on_which_the_clock_stood_still_are_made_up_for(office, on):
    case = office.made("claimed")
    on(working_days_after(case.due_on, 9))
    assert clock.remind() == 2
    assert {kind for kind, _day in told(case)} == {"late", "escalated"}


def test_one_case_that_fails_holds_up_no_other(office, on, monkeypatch, caplog):
    first, second = office.made("claimed"), office.made("claimed", subject_id=2)
    on(first.due_on + DAY)

    def fail(case):
        if case.pk == first.pk:
            raise RuntimeError("This one is broken")
        return actions.hold(case)

    monkeypatch.setattr(clock, "hold", fail)
    assert clock.remind() == 1
    assert told(second) == [("late", second.due_on)]
    assert f"could not see to case {first.pk}" in caplog.text


def test_the_clock_asks_the_same_few_questions_however_many_cases_there_are(office, on, django_assert_num_queries):
    """Nothing is due: six questions, one a kind, and the opening of all partnerships for each."""
    for number in range(1, 4):
        office.made("decided", subject_id=number)
        office.submit(10 + number)
    with django_assert_num_queries(6 * 5):
        assert clock.remind() == 0


def test_postgresql_refuses_to_tell_twice_and_to_take_back_that_it_was_told(office):
    case = office.submit()
    row = {"partnership": office.world.southwark, "case": case, "kind": "late", "day": days(0)}
    Notice.objects.create(**row)
    with pytest.raises(IntegrityError, match="one_notice_per_day"), transaction.atomic():
        Notice.objects.create(**row)
    with pytest.raises(ProgrammingError, match="permission denied"), transaction.atomic():
        Notice.objects.all().delete()
    assert Case.objects.get(pk=case.pk).due_on == case.due_on
