"""The log of a partnership, its first open seat, and partnerships of other areas."""

import datetime
from collections.abc import Callable
from typing import Any

import pytest

from partnerships.actions.partnerships import found
from partnerships.actions.seats import take_seat
from partnerships.models import Authority, Deed, Partnership, Seat, Sitting
from partnerships.tenancy.context import acting
from tests.world import SYSTEM, World

SAT_DOWN_ON = datetime.date(2006, 4, 1)


@pytest.fixture
def log(world: World) -> Callable[[], list[Deed]]:
    """The deeds of Southwark, the first first."""

    def deeds() -> list[Deed]:
        with acting(world.southwark.pk):
            return list(Deed.objects.order_by("number"))

    return deeds


@pytest.fixture
def open_seat(world: World) -> Seat:
    """Southwark's seat for a resident, which nobody holds."""
    return Seat.objects.select_related("partnership").get(partnership=world.southwark, position="Resident")


def enter(area: str, **values: Any) -> Partnership:
    """A partnership for an area, with the area's name unless another is given."""
    authority = Authority.objects.exclude(kind="county").get(name=area)
    names = {"name": f"{area} Partnership", "short_name": area, "slug": area.lower().replace(" ", "-")}
    return found(areas=[authority], by=SYSTEM, **{**names, **values})


@pytest.fixture
def rep_sits(world: World, open_seat: Seat) -> Sitting:
    """The rep sits on Southwark's seat for a resident since April 2006."""
    with acting(world.southwark.pk, by=world.officer.pk):
        sitting = take_seat(seat=open_seat, person=world.rep, starts_on=SAT_DOWN_ON, by=world.access("officer"))
        return Sitting.objects.select_related("partnership", "seat__partnership", "person").get(pk=sitting.pk)
