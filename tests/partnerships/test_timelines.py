"""A page with a past shows it: the deeds of one thing and of what belongs to it."""

import datetime

import pytest

from partnerships import deeds, queries
from partnerships.actions.seats import take_seat
from partnerships.models import Appointment, ContactPoint, MemberContact, Membership, Neighbourhood
from partnerships.tenancy.context import acting

DAY = datetime.date(2006, 5, 3)


@pytest.fixture
def past(world, open_seat):
    """Somebody took the resident's seat; a contact, a neighbourhood and a point of contact were noted."""
    officer = world.access("officer")
    with acting(world.southwark.pk, by=world.officer.pk):
        take_seat(seat=open_seat, person=world.rep, starts_on=DAY, by=officer)
        membership = Membership.objects.filter(partnership=world.southwark).first()
        neighbourhood = Neighbourhood.objects.create(partnership=world.southwark, name="Peckham", starts_on=DAY)
        own = {"partnership": world.southwark}
        for verb, row in (
            ("test.contact_noted", MemberContact.objects.create(membership=membership, **own)),
            ("test.neighbourhood_added", neighbourhood),
            ("test.point_added", ContactPoint.objects.create(neighbourhood=neighbourhood, name="Desk", **own)),
            ("test.point_added", ContactPoint.objects.create(name="Town hall", **own)),
        ):
            deeds.record(verb, row, by=officer)
    return {"seat": open_seat, "membership": membership, "neighbourhood": neighbourhood}


def told(world, row, name="officer"):
    """The verbs in the timeline of a row, without their app, the latest first."""
    with acting(world.southwark.pk):
        found = queries.timeline(row, partnership=world.southwark, by=world.access(name))
        return [deed.verb.split(".")[1] for deed in found]


def test_each_thing_tells_its_own_past_and_that_of_what_belongs_to_it(world, past):
    assert told(world, past["seat"]) == ["seat_taken", "seat_added"]
    assert told(world, past["membership"]) == ["contact_noted", "joined"]
    assert told(world, past["neighbourhood"]) == ["point_added", "neighbourhood_added"]
    assert told(world, world.southwark) == ["point_added", "founded"]


def test_a_person_tells_what_was_done_about_them(world, past):
    assert told(world, world.rep) == ["seat_taken", "appointed"]
    with acting(world.southwark.pk):
        appointment = Appointment.objects.get(person=world.rep)
    assert told(world, appointment) == ["appointed"]


def test_a_person_of_two_partnerships_tells_in_each_only_what_was_done_there(world):
    assert told(world, world.dual) == ["appointed"]


def test_it_is_one_query_with_who_did_it_and_whom_it_is_about(world, past, django_assert_num_queries):
    officer = world.access("officer")
    with acting(world.southwark.pk), django_assert_num_queries(1):
        found = queries.timeline(past["seat"], partnership=world.southwark, by=officer)
        assert [(deed.who, deed.what) for deed in found] == [("Officer", "Rep (Resident)"), ("Test", "Resident")]


def test_whoever_may_not_see_the_log_sees_no_timeline(world, past):
    for name, sees in (("chair", True), ("manager", True), ("rep", False), ("reviewer", False)):
        with acting(world.southwark.pk):
            found = queries.timeline(past["seat"], partnership=world.southwark, by=world.access(name))
        assert (found is not None) is sees, name
