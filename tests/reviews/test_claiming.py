"""Taking a case: one reviewer has it, the second is told who and when."""

import datetime

import pytest

from core.dates import date_time, today
from core.refusals import Already, Incomplete, NotPermitted, WrongState
from partnerships.actions.offices import end_office_appointment
from partnerships.actions.roles import appoint
from partnerships.actions.seats import take_seat
from partnerships.models import Deed, OfficeAppointment, Seat
from partnerships.permissions import Role
from partnerships.tenancy.access import Access
from reviews import actions, queries
from reviews.actions import Interested
from tests.world import SYSTEM


def leave(person):
    end_office_appointment(appointment=OfficeAppointment.objects.get(person=person), on=today(), by=SYSTEM)


def test_a_reviewer_takes_it(office, deeds):
    case = office.claim(office.submit())
    assert (case.state, case.reviewer) == ("claimed", office.world.reviewer)
    assert case.claimed_at is not None
    assert deeds() == ["submitted", "claimed"]


def test_the_second_is_told_who_and_when(office, deeds):
    case = office.made("claimed")
    at = date_time(case.claimed_at)
    with pytest.raises(Already, match=f"Reviewer took this case on {at}. A manager can assign it"):
        office.claim(case, "colleague")
    with pytest.raises(Already, match=f"You took this case on {at} already"):
        office.claim(case)
    assert deeds() == ["submitted", "claimed"]


def test_nobody_takes_one_without_saying_that_they_have_no_interest(office):
    case = office.submit()
    with pytest.raises(Incomplete) as refused:
        actions.claim(case=case, no_interest=False, by=office.by("reviewer"))
    assert [gap.anchor for gap in refused.value.gaps] == ["id_no_interest"]


@pytest.mark.parametrize("name", ["chair", "national", "national_team", "other_reviewer", "stranger"])
def test_only_the_regions_own_reviewers_do(office, name):
    case = office.submit()
    with pytest.raises(NotPermitted, match="A reviewer of the Government Office can"):
        office.claim(case, name)


def test_the_system_itself_reviews_nothing(office):
    case = office.submit()
    with pytest.raises(NotPermitted):
        actions.claim(case=case, no_interest=True, by=Access.of_system("Test"))


def test_a_claim_of_somebody_who_has_left_counts_as_free(office, deeds):
    case = office.made("claimed")
    leave(office.world.reviewer)
    assert office.claim(case, "colleague").reviewer == office.world.colleague
    assert deeds() == ["submitted", "claimed", "returned_to_queue", "claimed"]
    back = Deed.objects.get(verb="reviews.returned_to_queue")
    assert (back.who, back.about) == ("Clock", office.world.reviewer)


def test_a_seat_at_the_table_is_an_interest(office):
    case = office.submit()
    seat = Seat.objects.get(partnership=office.world.southwark, position="Resident")
    take_seat(seat=seat, person=office.world.reviewer, starts_on=today(), by=SYSTEM)
    with pytest.raises(Interested, match=r"a seat in Southwark: Resident.*Stand aside"):
        office.claim(case)


def test_a_role_is_an_interest_also_one_that_has_ended_since_or_has_not_begun(office, on):
    case = office.submit()
    person, southwark = office.world.reviewer, office.world.southwark
    role = {"partnership": southwark, "person": person, "role": Role.MEMBER, "by": SYSTEM}
    month = datetime.timedelta(days=30)
    appoint(starts_on=today() - month, ends_on=today() - month / 2, **role)
    assert queries.interest_of(person.pk, case) is None  # it was over before the case was opened
    appoint(starts_on=today() + month, **role)
    assert "a role in Southwark: Member representative" in str(queries.interest_of(person.pk, case))
    on(today() + 3 * month)
    with pytest.raises(Interested):
        office.claim(case)


def test_whoever_stood_aside_does_not_take_it_after_all(office):
    case = office.submit()
    actions.recuse(case=case, reason="I know them.", by=office.by("reviewer"))
    with pytest.raises(Interested, match="stood aside on"):
        office.claim(case)


def test_interests_of_many_are_found_in_three_queries(office, django_assert_num_queries):
    case = office.submit()
    people = queries.office_of(case)
    assert {person.name for person in people} == {"Reviewer", "Colleague", "Manager", "Deputy"}
    with django_assert_num_queries(3):
        assert queries.impartial(people, case) == people


@pytest.mark.parametrize("state", ["sent_back", "recommended", "decided", "withdrawn"])
def test_what_does_not_wait_is_not_taken(office, state):
    case = office.made(state)
    with pytest.raises(WrongState):
        office.claim(case, "colleague")
