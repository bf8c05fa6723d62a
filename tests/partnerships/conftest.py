"""The log of a partnership, its first open seat, and partnerships of other areas."""

from collections.abc import Callable
from typing import Any

import pytest

from partnerships.actions.partnerships import found
from partnerships.models import Authority, Deed, Partnership, Seat
from partnerships.tenancy.context import acting
from tests.world import SYSTEM, World


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
