"""Reads of seats: who sits where on a day, and how the sides of the table are balanced."""

import datetime
from dataclasses import dataclass
from typing import Any

from django.db.models import Exists, OuterRef, QuerySet
from django.db.models.functions import Lower
from django.utils.safestring import SafeString

from core import charts
from core.dates import today
from partnerships.models import Partnership, Seat, Sitting
from partnerships.models.periods import holding


def seats_of(partnership: Partnership, on: datetime.date | None = None) -> QuerySet[Any]:
    """The seats that exist on a day (today), whether anybody held them then, and who."""
    day = on or today()
    sitting = holding(Sitting.objects.filter(seat=OuterRef("pk"), partnership=partnership), day)
    seats: QuerySet[Any] = (
        holding(Seat.objects.filter(partnership=partnership), day)
        .select_related("sector", "layer", "organisation")
        .annotate(
            held=Exists(sitting),
            holder=sitting.values("person__name")[:1],
            held_since=sitting.values("starts_on")[:1],
        )
        .order_by("layer_id", "sector__order", Lower("position"), "pk")
    )
    return seats


def seat_count(partnership: Partnership) -> int:
    """How many seats the board has today."""
    return holding(Seat.objects.filter(partnership=partnership, layer__code="strategic"), today()).count()


@dataclass(frozen=True)
class SectorSeats:
    """The board's seats of one sector."""

    code: str
    name: str
    label: str
    held: int
    open: int

    @property
    def dots(self) -> SafeString:
        """One dot a seat."""
        return charts.dots(self.held, self.open)


def balance(partnership: Partnership) -> list[SectorSeats]:
    """The board's seats by sector, today; sectors without a seat are left out."""
    sectors: dict[str, list[Any]] = {}
    for seat in seats_of(partnership).filter(layer__code="strategic"):
        sectors.setdefault(seat.sector.code, []).append(seat)
    return [
        SectorSeats(
            code=code,
            name=seats[0].sector.plural,
            label=seats[0].sector.short_name,
            held=sum(1 for seat in seats if seat.held),
            open=sum(1 for seat in seats if not seat.held),
        )
        for code, seats in sectors.items()
    ]
