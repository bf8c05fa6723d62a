"""A claim whose reviewer has left goes back to the queue by the clock, every ten minutes."""

import pytest

from core.dates import today
from partnerships.actions.offices import appoint_to_office, end_office_appointment
from partnerships.models import Deed, GovernmentOffice, OfficeAppointment
from partnerships.permissions import OfficeRole
from reviews import actions
from reviews.actions import clock
from tests.world import SYSTEM


def leave(person):
    end_office_appointment(appointment=OfficeAppointment.objects.get(person=person), on=today(), by=SYSTEM)


def test_it_waits_again_and_the_log_says_why(office, deeds, letters):
    case = office.made("claimed")
    leave(office.world.reviewer)
    assert clock.return_claims() == 1
    back = actions.hold(case)
    assert (back.state, back.reviewer, back.claimed_at) == ("queued", None, None)
    deed = Deed.objects.latest("number")
    assert (deed.verb, deed.who, deed.about) == ("reviews.returned_to_queue", "Clock", office.world.reviewer)
    assert letters("waits_again") == ["Deputy", "Manager"]
    assert clock.return_claims() == 0
    assert deeds().count("returned_to_queue") == 1


def test_whose_reviewer_is_there_stays(office):
    office.made("claimed")
    assert clock.return_claims() == 0


def test_what_is_with_the_partnership_stays_there_without_a_reviewer(office, letters):
    case = office.made("sent_back")
    leave(office.world.reviewer)
    assert clock.return_claims() == 1
    assert (actions.hold(case).state, actions.hold(case).reviewer) == ("sent_back", None)
    assert letters("waits_again") == []
    office.answer(case)
    assert actions.hold(case).state == "queued"


def test_what_is_recommended_loses_nothing(office):
    case = office.made("recommended")
    leave(office.world.reviewer)
    assert clock.return_claims() == 0
    assert office.decide(case).recommended_by == office.world.reviewer


@pytest.mark.parametrize("how", ["another region", "account closed"])
def test_whoever_went_to_another_office_or_has_no_account_any_more_has_left(office, how):
    office.made("claimed")
    person = office.world.reviewer
    if how == "account closed":
        person.is_active = False
        person.save()
    else:
        leave(person)
        leeds = GovernmentOffice.objects.get(region__slug="yorkshire-and-the-humber")
        appoint_to_office(office=leeds, person=person, role=OfficeRole.REVIEWER, starts_on=today(), by=SYSTEM)
    assert clock.return_claims() == 1


def test_whoever_became_a_manager_has_not_left(office):
    office.made("claimed")
    person = office.world.reviewer
    leave(person)
    london = GovernmentOffice.objects.get(region__slug="london")
    appoint_to_office(office=london, person=person, role=OfficeRole.MANAGER, starts_on=today(), by=SYSTEM)
    assert clock.return_claims() == 0


def test_taken_back_by_another_clock_in_the_meantime_it_is_not_taken_back_again(office):
    """Both have found the case; the second looks again once it holds it, and finds who has taken it since."""
    case = office.made("claimed")
    leave(office.world.reviewer)
    with office.acting():
        assert clock.return_if_lapsed(actions.hold(case)) is True
    office.claim(case, "colleague")
    with office.acting():
        assert clock.return_if_lapsed(actions.hold(case)) is False
    assert actions.hold(case).reviewer == office.world.colleague
