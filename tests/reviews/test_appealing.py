"""Appealing: once, in time; the national team upholds or dismisses, and the first decision stays to be seen."""

import datetime

import pytest
from django.db import IntegrityError, transaction

from core.dates import long_date, today
from core.refusals import Already, Incomplete, NotPermitted, WrongState
from core.working_days import working_days_after
from jobs.models import Job
from partnerships.actions.offices import appoint_to_office
from partnerships.permissions import OfficeRole
from reviews import actions, queries
from reviews.actions import OnesOwnDecision, TooLate
from reviews.models import Appeal, Case
from tests.reviewing import TOLD
from tests.world import BEGAN_ON, SYSTEM


def dismiss(office, appeal, answer="It was read.", by="national_team"):
    return actions.dismiss(appeal=appeal, answer=answer, by=office.by(by))


def test_the_national_team_and_the_managers_hear_of_it(office, deeds, letters):
    case = office.made("decided")
    made = office.appeal(case)
    assert actions.hold(case).state == "appealed"
    assert (made.decision.number, made.made_by, made.state) == (1, office.world.chair, "open")
    assert deeds()[-1] == "appealed"
    assert letters("appealed", number=made.pk) == ["Deputy", "Manager", "National team"]


def test_upheld_it_is_decided_anew_and_the_first_decision_stays(office, deeds):
    case = office.made("appealed")
    decision = office.uphold(queries.appeal_of(case))
    assert (decision.number, decision.reference) == (2, f"LSP-{case.pk:06d}-D2")
    assert (decision.decided_by, decision.recommended_by) == (office.world.national_team, None)
    assert [each.number for each in queries.decisions_of(case)] == [1, 2]
    assert queries.decision_of(case) == decision
    answered = queries.appeal_of(case)
    assert (answered.state, answered.answer, answered.answered_by) == (
        "upheld",
        "The plan was overlooked.",
        office.world.national_team,
    )
    assert TOLD == [("decided green", 1), ("decided green", 1)]
    assert deeds()[-2:] == ["appealed", "decided"]
    assert Job.objects.filter(kind="reviews.decision_files").count() == 2


def test_dismissed_the_decision_stands_and_the_partnership_hears_why(office, letters):
    case = office.made("appealed")
    answered = dismiss(office, queries.appeal_of(case))
    assert (answered.state, actions.hold(case).state) == ("dismissed", "decided")
    assert queries.decisions_of(case).count() == 1
    assert "Chair" in letters("appeal_dismissed")


def test_in_time_is_until_the_last_day_and_not_after(office, on):
    case = office.made("decided")
    last = queries.last_day_to_appeal(case, queries.decision_of(case))
    assert last == working_days_after(today(), 20)
    on(last + datetime.timedelta(days=1))
    with pytest.raises(TooLate, match=f"The last day to appeal against this decision was {long_date(last)}"):
        office.appeal(case)
    on(last)
    assert office.appeal(case).state == "open"


def test_there_is_one_appeal_in_a_case(office):
    case = office.made("appealed")
    with pytest.raises(Already, match="An appeal was made on"):
        office.appeal(case)
    dismiss(office, queries.appeal_of(case))
    with pytest.raises(Already, match="There is one appeal in a case"):
        office.appeal(case)


def test_a_decision_whose_place_a_new_submission_takes_is_not_appealed(office):
    case = office.made("decided")
    office.submit(previous=case)
    with pytest.raises(Already, match="submitted again since"):
        office.appeal(case)


def test_the_second_who_answers_is_told_who_and_when(office):
    case = office.made("appealed")
    made = queries.appeal_of(case)
    dismiss(office, made)
    with pytest.raises(Already, match=r"National team answered this appeal on .*: Dismissed."):
        office.uphold(made)
    with pytest.raises(Already, match="answered this appeal"):
        dismiss(office, made)


def test_whoever_decided_does_not_answer_the_appeal(office):
    case = office.made("appealed")
    manager = office.world.deputy
    appoint_to_office(office=None, person=manager, role=OfficeRole.NATIONAL_TEAM, starts_on=BEGAN_ON, by=SYSTEM)
    with pytest.raises(OnesOwnDecision, match="Somebody else of the national team"):
        actions.dismiss(appeal=queries.appeal_of(case), answer="No.", by=office.world.access("deputy"))


@pytest.mark.parametrize("name", ["chair", "reviewer", "manager", "national", "stranger"])
def test_only_the_national_team_answers(office, name):
    made = queries.appeal_of(office.made("appealed"))
    with pytest.raises(NotPermitted, match="The national team can"):
        office.uphold(made, by=office.by(name))
    with pytest.raises(NotPermitted, match="The national team can"):
        dismiss(office, made, by=name)


def test_grounds_answer_and_reasons_are_needed(office):
    case = office.made("decided")
    with pytest.raises(Incomplete):
        actions.appeal(case=case, grounds=" ", by=office.by("chair"))
    made = office.appeal(case)
    with pytest.raises(Incomplete):
        dismiss(office, made, answer="")
    with pytest.raises(Incomplete):
        office.uphold(made, reasons="")
    assert Case.objects.get(pk=case.pk).state == "appealed"


@pytest.mark.parametrize("state", ["queued", "claimed", "withdrawn"])
def test_what_is_not_decided_is_not_appealed(office, state):
    case = office.made(state)
    with pytest.raises(WrongState):
        office.appeal(case)


def test_postgresql_refuses_an_answer_without_words_and_a_second_appeal(office):
    made = queries.appeal_of(office.made("appealed"))
    with pytest.raises(IntegrityError, match="appeal_answered_with_reasons"), transaction.atomic():
        Appeal.objects.update(state="dismissed")
    made.pk = None
    with pytest.raises(IntegrityError, match="one_appeal_per_decision"), transaction.atomic():
        made.save(force_insert=True)
