"""Recommending an outcome: of the scheme, with reasons, about what was read."""

import pytest
from django.db import IntegrityError, transaction

from core.refusals import Already, Incomplete
from partnerships.models import Deed
from reviews import actions, queries
from reviews.actions import Condition
from reviews.models import Recommendation
from tests.reviewing import days


def test_it_waits_for_a_manager(office, deeds, letters):
    case = office.made("claimed")
    made = office.recommend(case)
    assert actions.hold(case).state == "recommended"
    assert (made.number, made.outcome, made.outcome_label, made.by) == (1, "green", "Green", office.world.reviewer)
    assert made.conditions == [{"words": "Meet earlier", "due_on": days(90).isoformat()}]
    assert letters("recommended") == ["Deputy", "Manager"]


def test_the_partnerships_log_does_not_say_what(office):
    office.made("recommended")
    deed = Deed.objects.latest("number")
    assert (deed.verb, deed.changes, deed.reason) == ("reviews.recommended", {"state": ["claimed", "recommended"]}, "")


def test_a_changed_mind_is_a_further_one_and_the_same_again_is_none(office, deeds):
    case = office.made("recommended")
    assert office.recommend(case).number == 1
    second = office.recommend(case, outcome="red", next_review_on=days(200))
    assert (second.number, queries.recommendation_of(case)) == (2, second)
    assert deeds().count("recommended") == 2


def test_a_newer_submission_must_be_read_first(office):
    case = office.made("sent_back")
    office.answer(case)
    with pytest.raises(Already, match=r"Submission 2 arrived on .* Read it before you recommend"):
        office.recommend(case)
    assert office.recommend(case, submission=2).submission.number == 2


@pytest.mark.parametrize(
    ("values", "anchor"),
    [
        ({"outcome": "superb"}, "id_outcome"),
        ({"outcome": ""}, "id_outcome"),
        ({"reasons": " \n"}, "id_reasons"),
        ({"outcome": "red", "next_review_on": None}, "id_next_review_on"),
        ({"outcome": "red", "next_review_on": days(0)}, "id_next_review_on"),
        ({"conditions": [Condition("Meet earlier", days(-1))]}, "id_conditions"),
        ({"conditions": [Condition(" ")]}, "id_conditions"),
    ],
)
def test_what_is_missing_or_wrong_is_said(office, values, anchor):
    case = office.made("claimed")
    with pytest.raises(Incomplete) as refused:
        office.recommend(case, **values)
    assert [gap.anchor for gap in refused.value.gaps] == [anchor]
    assert not Recommendation.objects.exists()


def test_all_of_it_is_said_at_once(office):
    case = office.made("claimed")
    with pytest.raises(Incomplete, match="3 things to put right"):
        office.recommend(case, outcome="red", reasons="", conditions=[Condition("Meet", days(-3))])


def test_a_manager_who_reviews_recommends_to_the_others(office, letters):
    office.made("recommended", holder="manager")
    assert letters("recommended") == ["Deputy"]


def test_postgresql_refuses_one_without_reasons(office):
    made = queries.recommendation_of(office.made("recommended"))
    made.pk, made.number, made.reasons = None, 2, ""
    with pytest.raises(IntegrityError, match="recommendation_has_reasons"), transaction.atomic():
        made.save(force_insert=True)
