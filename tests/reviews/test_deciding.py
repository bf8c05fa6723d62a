"""Deciding: a second person countersigns what they have read, once, and for good."""

import pytest
from django.db import IntegrityError, transaction
from django.db.utils import ProgrammingError

from core.dates import date_time
from core.refusals import Already, Incomplete, NotPermitted
from jobs.models import Job
from partnerships.models import Deed
from partnerships.tenancy.access import Access
from reviews import actions, queries
from reviews.actions import TheSamePerson
from reviews.models import Decision
from tests.reviewing import TOLD, days


def test_what_was_recommended_is_decided(office, deeds):
    case = office.made("recommended")
    recommended = queries.recommendation_of(case)
    decision = office.decide(case, "manager")
    closed = actions.hold(case)
    assert (closed.state, closed.closed_at) == ("decided", decision.decided_at)
    assert (decision.number, decision.reference) == (1, f"LSP-{case.pk:06d}-D1")
    assert (decision.recommended_by, decision.decided_by) == (office.world.reviewer, office.world.manager)
    same = ("outcome", "outcome_label", "reasons", "concerns", "conditions", "next_review_on", "submission")
    assert [getattr(decision, name) for name in same] == [getattr(recommended, name) for name in same]
    assert (decision.consequence, decision.certifies) == ("It is accredited.", True)
    assert TOLD == [("decided green", 1)]
    assert deeds()[-1] == "decided"
    assert Deed.objects.latest("number").changes["sha256"] == [None, decision.sha256]


def test_its_papers_are_made_and_no_letter_is_written_before(office, letters):
    decision = office.decide(office.made("recommended"))
    job = Job.objects.get(kind="reviews.decision_files")
    assert (job.queue, job.subject_id) == ("reports", decision.pk)
    assert letters("decision") == []


def test_the_second_manager_is_told_who_decided_when_and_what(office, deeds):
    case = office.made("recommended")
    decision = office.decide(case, "manager")
    words = f"Manager decided this on {date_time(decision.decided_at)}: Green."
    for name in ("deputy", "manager"):
        with pytest.raises(Already, match=words):
            office.decide(case, name)
    assert deeds().count("decided") == 1


def test_whoever_recommended_does_not_decide(office):
    case = office.made("recommended", holder="manager")
    with pytest.raises(TheSamePerson, match="Another manager of the Government Office countersigns it"):
        office.decide(case, "manager")
    assert office.decide(case, "deputy").decided_by == office.world.deputy


def test_a_recommendation_that_changed_must_be_read_first(office):
    case = office.made("recommended")
    office.recommend(case, outcome="red", next_review_on=days(200))
    with pytest.raises(Already, match=r"Reviewer changed the recommendation on .*: Red. Read it first."):
        office.decide(case)
    assert office.decide(case, recommendation=2).next_review_on == days(200)


@pytest.mark.parametrize("name", ["reviewer", "chair", "national_team", "other_reviewer", "stranger"])
def test_only_managers_decide(office, name):
    case = office.made("recommended")
    with pytest.raises(NotPermitted, match="A manager of the Government Office who did not recommend it can"):
        office.decide(case, name)


def test_a_day_that_has_passed_meanwhile_is_not_decided(office, on):
    case = office.made("claimed")
    office.recommend(case, outcome="red", next_review_on=days(10), conditions=[])
    on(days(11))
    with pytest.raises(Incomplete) as refused:
        office.decide(case)
    assert [gap.anchor for gap in refused.value.gaps] == ["id_next_review_on"]


def test_the_system_can_decide_what_the_system_recommended(office):
    """A script that drives a round has nobody to countersign, and names nobody."""
    case = office.made("claimed")
    system = Access.of_system("Test")
    office.recommend(case, by=system)
    decision = actions.decide(case=case, recommendation=1, by=system)
    assert (decision.decided_by, decision.recommended_by) == (None, None)


def test_postgresql_refuses_one_person_for_both_and_any_change(office):
    decision = office.decide(office.made("recommended"), "manager")
    decision.pk, decision.number, decision.reference = None, 2, "Another"
    decision.recommended_by = decision.decided_by
    with pytest.raises(IntegrityError, match="decided_by_somebody_else"), transaction.atomic():
        decision.save(force_insert=True)
    with pytest.raises(ProgrammingError, match="permission denied"), transaction.atomic():
        Decision.objects.update(outcome="red")
