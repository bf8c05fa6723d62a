"""Reads of seats: who sits where on a day, and how the sides of the table are balanced."""

import datetime
from dataclasses import dataclass
from typing import Any

from django.db.models import BigIntegerField, Case, Count, F, FilteredRelation, OuterRef, Q, QuerySet, Subquery, When
from django.db.models.functions import Lower
from django.utils.safestring import SafeString

from core import charts
from core.dates import LONDON, today
from partnerships.models import Organisation, Partnership, Seat, Sitting
from partnerships.models.periods import holding

BOARD = "strategic"


def seats_of(partnership: Partnership, on: datetime.date | None = None) -> QuerySet[Any]:
    """The seats of a day (today, or its last): whether anybody held them then, who, since when, and who stood in.

    For a day in the past `organisation_name` and `substitute` are as they were known on that day (see `then`).
    """
    day = on or partnership.last_day
    past = day < today()
    held_on = Q(sittings__ends_on__isnull=True) | Q(sittings__ends_on__gt=day)
    seats: QuerySet[Any] = (
        holding(Seat.objects.filter(partnership=partnership), day)
        .select_related("sector", "layer", "organisation")
        .annotate(
            sitting=FilteredRelation(
                "sittings", condition=held_on & Q(sittings__starts_on__lte=day, sittings__partnership=partnership)
            ),
            held=Q(sitting__isnull=False),
            holder=F("sitting__person__name"),
            substitute=then(Sitting, "sitting", "substitute__name", day) if past else F("sitting__substitute__name"),
            organisation_name=then(Organisation, "organisation", "name", day) if past else F("organisation__name"),
            held_since=F("sitting__starts_on"),
        )
        .order_by("layer_id", "sector__order", Lower("position"), "pk")
    )
    return seats


def then(model: Any, reference: str, field: str, day: datetime.date) -> Subquery:
    """What a column of a row said at the end of a London day, from the history that triggers write.

    `reference` is the column of the outer query that bears the row's number. A row that was entered after that day, as
    the seats of 2005 were, speaks as it was first entered.
    """
    events = model._meta.get_field("events").related_model
    midnight = datetime.datetime.combine(day + datetime.timedelta(days=1), datetime.time(), LONDON)
    # The last event before midnight comes first (its number is the greatest), else the first one after it.
    latest = Case(
        When(pgh_created_at__lt=midnight, then=-F("pgh_id")), default=F("pgh_id"), output_field=BigIntegerField()
    )
    return Subquery(events.objects.filter(pgh_obj=OuterRef(reference)).order_by(latest).values(field)[:1])


def seat_count(partnership: Partnership) -> int:
    """How many seats the board has today, or had on the last day."""
    return holding(Seat.objects.filter(partnership=partnership, layer__code=BOARD), partnership.last_day).count()


@dataclass(frozen=True)
class SectorSeats:
    """A body's seats of one sector."""

    code: str
    name: str
    label: str
    held: int
    open: int

    @property
    def dots(self) -> SafeString:
        """One dot a seat."""
        return charts.dots(self.held, self.open)


def balance(partnership: Partnership, on: datetime.date | None = None, *, body: str = BOARD) -> list[SectorSeats]:
    """A body's seats (the board's) by sector, on a day (today); sectors without a seat are left out."""
    sector = ("sector__order", "sector__code", "sector__plural", "sector__short_name")
    counted = (
        seats_of(partnership, on)
        .filter(layer__code=body)
        .order_by("sector__order")
        .values(*sector)
        .annotate(of_held=Count("sitting"), of_all=Count("pk"))
        .values_list(*sector, "of_held", "of_all")
    )
    return [
        SectorSeats(code=code, name=plural, label=short_name, held=held, open=seats - held)
        for _order, code, plural, short_name, held, seats in counted
    ]
