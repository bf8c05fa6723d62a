"""Somebody sits on a seat."""

import datetime
import threading
from concurrent.futures import ThreadPoolExecutor

import pytest
from django.db import IntegrityError, connection, transaction

from core.refusals import Already, NotPermitted
from partnerships.actions.seats import take_seat
from partnerships.models import Seat, Sitting
from partnerships.queries import seats_of
from partnerships.tenancy.context import acting
from tests.conftest import as_owner

DAY = datetime.date(2006, 5, 3)


def test_somebody_takes_an_open_seat(world, open_seat, log):
    with acting(world.southwark.pk, by=world.officer.pk):
        take_seat(seat=open_seat, person=world.rep, substitute=world.dual, starts_on=DAY, by=world.access("officer"))
    seat = seats_of(world.southwark).get(pk=open_seat.pk)
    assert (seat.held, seat.holder, seat.held_since) == (True, "Rep", DAY)
    assert (seat.substitute, seat.organisation) == ("Dual", None)
    deed, other = log()[-2:]
    assert (deed.verb, deed.subject_label, deed.about) == ("partnerships.seat_taken", "Resident", world.rep)
    assert (deed.changes, deed.what) == ({}, "Rep (Resident)")
    assert (other.verb, other.what, str(other.words)) == (
        "partnerships.substitute_named",
        "Dual (Resident)",
        "stands in",
    )


def test_a_seat_is_taken_once(world, open_seat, log):
    officer = world.access("officer")
    with acting(world.southwark.pk, by=world.officer.pk):
        take_seat(seat=open_seat, person=world.rep, starts_on=DAY, by=officer)
        before = log()
        for person in (world.rep, world.dual):
            with pytest.raises(Already, match="Somebody holds this seat already: Resident"):
                take_seat(seat=open_seat, person=person, starts_on=DAY, by=officer)
    assert log() == before


def test_who_sat_there_is_known_for_every_day(world, open_seat):
    """The past does not change when somebody follows."""
    officer, handover = world.access("officer"), datetime.date(2007, 4, 1)
    with acting(world.southwark.pk, by=world.officer.pk):
        first = take_seat(seat=open_seat, person=world.rep, starts_on=DAY, by=officer)
        Sitting.objects.filter(pk=first.pk).update(ends_on=handover)
        with pytest.raises(Already):
            take_seat(seat=open_seat, person=world.dual, starts_on=datetime.date(2007, 3, 31), by=officer)
        take_seat(seat=open_seat, person=world.dual, starts_on=handover, by=officer)

    def holder(day):
        return seats_of(world.southwark, on=day).get(pk=open_seat.pk).holder

    days = [datetime.date(2006, 5, 2), DAY, datetime.date(2007, 3, 31), handover, None]
    assert [holder(day) for day in days] == [None, "Rep", "Rep", "Dual", "Dual"]


@pytest.mark.parametrize("name", ["rep", "chair", "hackney_officer", "reviewer", "national", "lapsed", "stranger"])
def test_nobody_else_can_seat_people(world, open_seat, name):
    with acting(world.southwark.pk), pytest.raises(NotPermitted, match="Co-ordinating officer can"):
        take_seat(seat=open_seat, person=world.rep, starts_on=DAY, by=world.access(name))
    assert not Sitting.objects.filter(seat=open_seat).exists()


def test_postgresql_refuses_half_written_sittings_and_two_on_one_seat(world, open_seat):
    whole = {"partnership": world.southwark, "seat": open_seat, "person": world.rep, "starts_on": DAY}
    with acting(world.southwark.pk):
        Sitting.objects.create(**whole)
        for half in ({"person": None}, {"starts_on": None}, {"ends_on": datetime.date(2005, 1, 1)}):
            with pytest.raises(IntegrityError), transaction.atomic():
                Sitting.objects.create(**{**whole, **half})
        with pytest.raises(IntegrityError, match="one_person_on_a_seat"), transaction.atomic():
            Sitting.objects.create(**{**whole, "person": world.dual, "starts_on": datetime.date(2008, 1, 1)})


def test_postgresql_refuses_a_seat_of_another_partnership(world, open_seat):
    refused = pytest.raises(IntegrityError, match="partnerships_sitting_seat_same_partnership")
    with as_owner(), refused, transaction.atomic():
        Sitting.objects.create(partnership=world.hackney, seat=open_seat, person=world.rep, starts_on=DAY)


@pytest.mark.django_db(transaction=True)
def test_of_two_who_take_it_at_once_one_gets_it(world):
    seat = Seat.objects.select_related("partnership").get(partnership=world.southwark, position="Resident")
    start, officer = threading.Barrier(2), world.access("officer")

    def take(person):
        try:
            with acting(world.southwark.pk, by=world.officer.pk):
                start.wait(timeout=10)
                return take_seat(seat=seat, person=person, starts_on=DAY, by=officer)
        except Exception as error:
            return error
        finally:
            connection.close()

    with ThreadPoolExecutor(2) as pool:
        outcomes = list(pool.map(take, [world.rep, world.dual]))
    assert sorted(type(outcome).__name__ for outcome in outcomes) == ["Already", "Sitting"]
    assert Sitting.objects.filter(seat=seat).count() == 1
