"""A manager returns a recommendation: the reviewer reads why, the partnership does not."""

import pytest
from django.db import transaction
from django.db.utils import ProgrammingError

from core.refusals import Already, Incomplete
from partnerships.models import Deed
from reviews import actions, queries
from reviews.models import Return


def give_back(office, case, number=1, reason="Too lenient: see criterion 4."):
    return actions.return_recommendation(case=case, recommendation=number, reason=reason, by=office.by("manager"))


def test_it_is_in_review_again_by_the_same_reviewer(office, deeds, letters):
    case = give_back(office, office.made("recommended"))
    assert (case.state, case.reviewer) == ("claimed", office.world.reviewer)
    (back,) = queries.recommendation_of(case).returns.all()
    assert (back.reason, back.by) == ("Too lenient: see criterion 4.", office.world.manager)
    assert letters("returned") == ["Reviewer"]
    assert deeds()[-1] == "recommendation_returned"


def test_the_partnerships_log_does_not_say_why(office):
    give_back(office, office.made("recommended"))
    deed = Deed.objects.latest("number")
    assert (deed.reason, deed.changes) == ("", {"state": ["recommended", "claimed"]})


def test_the_reviewer_recommends_again_also_the_same(office):
    case = office.made("recommended")
    give_back(office, case)
    assert office.recommend(case).number == 2


def test_one_that_changed_meanwhile_must_be_read_first(office):
    case = office.made("recommended")
    office.recommend(case, reasons="Other reasons.")
    with pytest.raises(Already, match=r"Reviewer changed the recommendation on .*: Green. Read it first."):
        give_back(office, case)


def test_a_reason_is_needed_and_stays(office):
    case = office.made("recommended")
    with pytest.raises(Incomplete):
        give_back(office, case, reason="")
    give_back(office, case)
    with pytest.raises(ProgrammingError, match="permission denied"), transaction.atomic():
        Return.objects.update(reason="Nothing")
