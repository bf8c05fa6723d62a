"""Assigning: a manager gives a case to somebody of the office who may review it."""

import pytest

from core.dates import today
from core.refusals import Already, NotPermitted, WrongState
from partnerships.actions.offices import end_office_appointment
from partnerships.models import Deed, OfficeAppointment
from reviews import actions
from reviews.actions import CannotReview
from tests.world import SYSTEM


def assign(office, case, to="colleague", by="manager"):
    return actions.assign(case=case, to=office.world.people[to], by=office.by(by))


def test_they_have_it_and_get_a_letter(office, deeds, letters):
    case = assign(office, office.submit())
    assert (case.state, case.reviewer) == ("claimed", office.world.colleague)
    assert deeds() == ["submitted", "assigned"]
    assert Deed.objects.latest("number").about == office.world.colleague
    assert letters("assigned") == ["Colleague"]


def test_whoever_has_it_loses_it(office):
    case = office.made("claimed")
    assign(office, case)
    with pytest.raises(NotPermitted, match="Colleague took this case"):
        actions.share(case=case, shared=True, by=office.by("reviewer"))


def test_to_whom_it_is_assigned_twice_gets_two_letters_and_once_over_is_told(office, letters):
    case = office.submit()
    assign(office, case)
    with pytest.raises(Already, match="Colleague has had this case since"):
        assign(office, case)
    assign(office, case, "reviewer")
    assign(office, case)
    assert letters("assigned") == ["Colleague", "Colleague", "Reviewer"]


def test_a_manager_who_takes_it_needs_no_letter(office, letters):
    assign(office, office.submit(), "manager")
    assert letters("assigned") == []


@pytest.mark.parametrize("name", ["officer", "other_reviewer", "national", "national_team", "stranger"])
def test_whoever_does_not_review_for_the_office_cannot_have_it(office, name):
    case = office.submit()
    with pytest.raises(CannotReview, match="do not review for this Government Office"):
        assign(office, case, name)


def test_nor_whoever_has_left_or_has_an_interest(office):
    case = office.submit()
    actions.recuse(case=case, reason="I know them.", by=office.by("colleague"))
    with pytest.raises(CannotReview, match=r"cannot review this case \(stood aside on .*Assign it to somebody"):
        assign(office, case)
    appointment = OfficeAppointment.objects.get(person=office.world.reviewer)
    end_office_appointment(appointment=appointment, on=today(), by=SYSTEM)
    with pytest.raises(CannotReview):
        assign(office, case, "reviewer")


@pytest.mark.parametrize("state", ["sent_back", "recommended", "decided"])
def test_what_is_under_way_elsewhere_is_not_assigned(office, state):
    case = office.made(state)
    with pytest.raises(WrongState):
        assign(office, case)


def test_reviewers_do_not_assign(office):
    case = office.submit()
    with pytest.raises(NotPermitted, match="A manager of the Government Office can"):
        assign(office, case, by="reviewer")
