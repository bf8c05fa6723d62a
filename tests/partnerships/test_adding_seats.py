"""A seat is put to the table."""

import datetime

import pytest
from django.db import IntegrityError, transaction

from core.refusals import NotPermitted
from partnerships.actions.seats import add_seat
from partnerships.models import GovernanceLayer, Seat, Sector
from partnerships.queries import balance, seat_count
from partnerships.tenancy.context import acting

DAY = datetime.date(2006, 1, 9)


def seat_of(world, by="officer", **values):
    """Put a seat for faith communities to the board's table."""
    given = {
        "partnership": world.southwark,
        "layer": GovernanceLayer.objects.get(code="strategic"),
        "sector": Sector.objects.get(code="faith"),
        "position": "Faith communities",
        "starts_on": DAY,
        "by": world.access(by),
    }
    return add_seat(**{**given, **values})


def test_a_new_seat_is_open(world, log):
    before = seat_count(world.southwark)
    with acting(world.southwark.pk, by=world.officer.pk):
        seat_of(world)
    assert seat_count(world.southwark) == before + 1
    (faith,) = (row for row in balance(world.southwark) if row.code == "faith")
    assert (faith.held, faith.open) == (0, 1)
    assert (log()[-1].verb, log()[-1].subject_label) == ("partnerships.seat_added", "Faith communities")


def test_a_seat_that_begins_tomorrow_is_not_there_today(world):
    before = seat_count(world.southwark)
    with acting(world.southwark.pk):
        seat_of(world, starts_on=datetime.date(2100, 1, 1))
    assert seat_count(world.southwark) == before


def test_two_seats_alike_are_two_seats(world):
    """A table has several seats of one name, such as six residents: adding twice is meant."""
    with acting(world.southwark.pk):
        seat_of(world)
        seat_of(world)
        assert Seat.objects.filter(position="Faith communities").count() == 2


@pytest.mark.parametrize("name", ["rep", "chair", "hackney_officer", "manager", "national", "future", "stranger"])
def test_nobody_else_can_add_one(world, name):
    with acting(world.southwark.pk), pytest.raises(NotPermitted, match="Co-ordinating officer can"):
        seat_of(world, by=name)
    assert not Seat.objects.filter(position="Faith communities").exists()


@pytest.mark.parametrize(
    "half", [{"sector": None}, {"position": None}, {"starts_on": None}, {"ends_on": datetime.date(2005, 1, 1)}]
)
def test_postgresql_refuses_a_half_written_seat(world, half):
    layer, sector = GovernanceLayer.objects.get(code="strategic"), Sector.objects.get(code="faith")
    whole = {"layer": layer, "sector": sector, "position": "Faith", "starts_on": DAY}
    with acting(world.southwark.pk), pytest.raises(IntegrityError), transaction.atomic():
        Seat.objects.create(partnership=world.southwark, **{**whole, **half})
