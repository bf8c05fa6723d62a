"""Withdrawing: the chair takes a submission back before it is decided; it stays to be read."""

import pytest

from core.refusals import Incomplete, NotPermitted, WrongState
from partnerships.models import Deed
from reviews import actions, queries
from reviews.models import ChangeRequest
from tests.reviewing import TOLD


def withdraw(office, case, by="chair", reason="We start anew."):
    return actions.withdraw(case=case, reason=reason, by=office.by(by))


def test_the_review_stops_and_the_reviewer_hears(office, letters):
    case = withdraw(office, office.made("claimed"))
    assert case.state == "withdrawn"
    assert case.closed_at is not None
    assert Deed.objects.latest("number").reason == "We start anew."
    assert TOLD == [("withdrawn", 1)]
    assert letters("withdrawn") == ["Reviewer"]
    assert queries.last_submission(case).number == 1


def test_where_nobody_has_it_the_office_hears(office, letters):
    withdraw(office, office.made("queued"))
    assert letters("withdrawn") == ["Colleague", "Deputy", "Manager", "Reviewer"]


def test_what_was_asked_for_is_asked_no_longer(office):
    case = withdraw(office, office.made("sent_back"))
    request = ChangeRequest.objects.get()
    assert (request.ended_at, request.answer) == (case.closed_at, None)


def test_not_while_it_is_being_decided(office):
    case = office.made("recommended")
    with pytest.raises(WrongState, match=r"Withdraw the submission\. The state is “Waits for countersign”"):
        withdraw(office, case)
    assert office.decide(case).number == 1


def test_twice_without_a_reason_or_by_others_is_refused(office):
    case = office.made("claimed")
    with pytest.raises(Incomplete):
        withdraw(office, case, reason="")
    for name in ("officer", "reviewer", "manager"):
        with pytest.raises(NotPermitted, match="The chair of the partnership can"):
            withdraw(office, case, name)
    withdraw(office, case)
    with pytest.raises(WrongState, match="Withdrawn"):
        withdraw(office, case)
    assert office.submit().state == "queued"  # it can be submitted again
