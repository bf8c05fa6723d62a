"""Handing a case back: it waits for somebody else, and its day stays."""

import pytest

from core.refusals import Incomplete, NotPermitted, WrongState
from partnerships.models import Deed
from reviews import actions
from reviews.actions import NotTheReviewer


def release(office, case, by="reviewer", reason="On leave from Monday."):
    return actions.release(case=case, reason=reason, by=office.by(by))


def test_it_waits_again_with_the_reason_in_the_log(office, deeds, letters):
    case = office.made("claimed")
    due_on = case.due_on
    back = release(office, case)
    assert (back.state, back.reviewer, back.claimed_at, back.due_on) == ("queued", None, None, due_on)
    assert deeds()[-1] == "released"
    assert Deed.objects.latest("number").reason == "On leave from Monday."
    assert letters("waits_again") == ["Deputy", "Manager"]
    assert office.claim(case, "colleague").reviewer == office.world.colleague


def test_a_reason_is_needed(office):
    case = office.made("claimed")
    with pytest.raises(Incomplete):
        release(office, case, reason="  ")
    assert actions.hold(case).state == "claimed"


def test_twice_is_refused(office):
    case = office.made("claimed")
    release(office, case)
    with pytest.raises(WrongState, match="Submitted"):
        release(office, case)


def test_only_whoever_has_it_hands_it_back(office):
    case = office.made("claimed")
    for name in ("colleague", "manager"):
        with pytest.raises(NotTheReviewer, match=r"Reviewer took this case on .* A manager can assign it"):
            release(office, case, name)
    with pytest.raises(NotPermitted, match="The reviewer who has taken the case can"):
        release(office, case, "chair")
