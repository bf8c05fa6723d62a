"""What a decision, a review, an appeal and a withdrawal make of a self-assessment."""

import datetime

import pytest

from accreditation import queries
from accreditation.models import Round
from core.dates import today
from core.refusals import WrongState
from partnerships.tenancy.context import acting
from reviews import actions as reviews
from reviews import queries as cases
from tests import assessing
from tests.conftest import as_owner


def stands(assessment):
    """State, outcome, and whether a review is named."""
    now = assessing.fresh(assessment)
    return now.state, now.outcome.code if now.outcome else None, now.next_review_on is not None


def appeal(world, assessment):
    """The chair appeals against the decision of the last case."""
    with acting(assessment.partnership_id, by=world.chair.pk):
        return reviews.appeal(
            case=queries.case_of(assessment), grounds="The measures are there.", by=world.access("chair")
        )


def uphold(world, made, outcome="green", next_review_on=None):
    """The national team upholds an appeal with an outcome of its own."""
    with acting(made.partnership_id, by=world.national_team.pk):
        return reviews.uphold(
            appeal=made,
            outcome=outcome,
            reasons="They are.",
            concerns="",
            conditions=[],
            next_review_on=next_review_on,
            by=world.access("national_team"),
        )


def withdraw(world, assessment):
    """The chair withdraws what was submitted."""
    with acting(assessment.partnership_id, by=world.chair.pk):
        return reviews.withdraw(case=queries.case_of(assessment), reason="Too early", by=world.access("chair"))


@pytest.mark.parametrize(
    ("outcome", "state", "review"),
    [
        ("green", "decided", False),
        ("amber-green", "deferred", True),
        ("amber-red", "deferred", True),
        ("red", "deferred", True),
    ],
)
def test_an_outcome_that_wants_a_review_defers(world, as_, outcome, state, review):
    assessment = assessing.decided(world, outcome)
    with as_("officer"):
        assert stands(assessment) == (state, outcome, review)
        assert assessing.fresh(assessment).decided_on == today()


def test_the_scheme_of_2002_accredits_and_defers(world, as_):
    assessment = assessing.decided(world, "deferred", assessing.a_round("2002", scheme="2002"))
    with as_("officer"):
        assert stands(assessment) == ("deferred", "deferred", True)


def test_deferred_then_reviewed_again_then_accredited_and_the_first_decision_stays(world, as_):
    assessment = assessing.deferred(world)
    with as_owner():
        Round.objects.update(opens_on="2005-01-01", closes_on="2005-02-01")  # a review has no last day
    with as_("officer") as by:
        assessing.write_answers(assessment, by, rating="strong", words="Since the first review there is more.")
    assessing.signed(world, assessment)
    again = assessing.submit(world, assessment)
    assert again.number == 1 and again.case.previous is not None
    with as_("officer"):
        assert stands(assessment) == ("submitted", "amber-red", True)
    assessing.decide(world, assessment, "green")
    with as_("officer"):
        assert stands(assessment) == ("decided", "green", False)
        both = cases.cases_of(queries.KIND, assessment.pk, assessment.partnership)
        assert [cases.decision_of(case).outcome for case in both] == ["green", "amber-red"]


def test_a_withdrawn_submission_is_a_draft_again(world, as_):
    assessment = assessing.submitted(world)
    withdraw(world, assessment)
    with as_("officer"):
        assert stands(assessment) == ("draft", None, False)
    assert assessing.submit(world, assessment).case.previous is None


def test_a_withdrawn_review_is_deferred_as_before(world, as_):
    assessment = assessing.deferred(world)
    assessing.signed(world, assessment)
    assessing.submit(world, assessment)
    withdraw(world, assessment)
    with as_("officer"):
        assert stands(assessment) == ("deferred", "amber-red", True)
    assert assessing.submit(world, assessment).case.previous is not None


def test_what_is_sent_back_can_be_withdrawn(world, as_):
    assessment = assessing.sent_back(world)
    withdraw(world, assessment)
    with as_("officer"):
        assert stands(assessment) == ("draft", None, False)
        assert queries.unlocked(assessing.fresh(assessment)) is None


def test_nothing_is_withdrawn_while_it_is_being_decided(world, as_):
    assessment = assessing.submitted(world)
    case = assessing.claimed(world, assessment)
    with as_("reviewer") as by:
        reviews.recommend(
            case=case,
            outcome="green",
            reasons="Sound",
            concerns="",
            conditions=[],
            next_review_on=None,
            submission=1,
            by=by,
        )
    with pytest.raises(WrongState):
        withdraw(world, assessment)
    with as_("officer"):
        assert assessing.fresh(assessment).state == "submitted"


def test_an_upheld_appeal_takes_the_place_of_the_decision(world, as_):
    assessment = assessing.deferred(world)
    uphold(world, appeal(world, assessment))
    with as_("officer"):
        assert stands(assessment) == ("decided", "green", False)


def test_a_dismissed_appeal_changes_nothing(world, as_):
    assessment = assessing.deferred(world)
    made = appeal(world, assessment)
    with as_("national_team") as by:
        reviews.dismiss(appeal=made, answer="They are not.", by=by)
    with as_("officer"):
        assert stands(assessment) == ("deferred", "amber-red", True)


def test_an_appeal_that_is_upheld_during_the_review_lets_the_review_go_on(world, as_):
    assessment = assessing.deferred(world)
    made = appeal(world, assessment)
    assessing.signed(world, assessment)
    assessing.submit(world, assessment)
    uphold(world, made, "amber-green", today() + datetime.timedelta(days=30))
    with as_("officer"):
        assert stands(assessment) == ("submitted", "amber-green", True)
    assessing.decide(world, assessment, "green")
    with as_("officer"):
        assert stands(assessment) == ("decided", "green", False)


def test_an_appeal_that_is_upheld_after_the_review_changes_nothing_any_more(world, as_):
    assessment = assessing.deferred(world)
    made = appeal(world, assessment)
    assessing.signed(world, assessment)
    assessing.submit(world, assessment)
    assessing.decide(world, assessment, "green")
    uphold(world, made, "amber-green", today() + datetime.timedelta(days=30))
    with as_("officer"):
        assert stands(assessment) == ("decided", "green", False)
