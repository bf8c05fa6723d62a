"""Named reads of partnerships and places, for every app above."""

import datetime
from collections.abc import Iterable
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from django.db import connection
from django.db.models import Count, Exists, OuterRef, Q, QuerySet
from django.db.models.functions import Lower
from django.utils.safestring import SafeString

from core import charts
from core.dates import today
from partnerships.models import (
    Deed,
    Eligibility,
    Figure,
    FundTotal,
    Membership,
    Organisation,
    Partnership,
    PartnershipArea,
    Region,
    Seat,
    Sitting,
)
from partnerships.models.deeds import seal_of
from partnerships.permissions import Perm
from partnerships.tenancy.access import Access

NRF = "nrf"
FIRST_NRF_YEAR = datetime.date(
    2001, 4, 1
)  # the period in which 88 areas received the fund; another list followed in 2006


def directory() -> QuerySet[Partnership]:
    """Every partnership with its region, by name."""
    return Partnership.objects.select_related("region").in_order()


def letters() -> list[str]:
    """The letters with which a partnership's short name begins."""
    names = Partnership.objects.order_by().values_list("short_name", flat=True)
    return sorted({name[0].upper() for name in names})


def regions() -> QuerySet[Any]:
    """The nine regions with how many partnerships each has, and how many of them receive the NRF."""
    return (
        Region.objects.select_related("office")
        .annotate(
            partnership_count=Count("partnerships"),
            nrf_count=Count("partnerships", filter=Q(partnerships__receives_nrf=True)),
        )
        .order_by("name")
    )


def reached_by(access: Access) -> QuerySet[Partnership]:
    """The partnerships somebody has a role in, or reviews; a national viewer's list is the directory."""
    return Partnership.objects.filter(pk__in=access.where(Perm.VIEW_INTERNAL)).select_related("region").in_order()


def areas_of(partnership: Partnership) -> list[str]:
    """The names of the areas a partnership works for."""
    areas = PartnershipArea.objects.filter(partnership=partnership).order_by(Lower("authority__name"))
    return list(areas.values_list("authority__name", flat=True))


def fund_totals(fund: str = NRF) -> QuerySet[FundTotal]:
    """What a fund paid in England, year by year."""
    return FundTotal.objects.filter(fund=fund).order_by("financial_year")


def areas_of_fund(fund: str, from_year: datetime.date) -> QuerySet[Eligibility]:
    """The areas that received a fund in the period that began on a day."""
    return Eligibility.objects.filter(fund=fund, period_from=from_year, status=Eligibility.Status.ELIGIBLE)


# Seats


def seats_of(partnership: Partnership, on: datetime.date | None = None) -> QuerySet[Any]:
    """The seats that exist on a day (today), whether anybody held them then, and who."""
    day = on or today()
    sitting = _holding(Sitting.objects.filter(seat=OuterRef("pk"), partnership=partnership), day)
    seats: QuerySet[Any] = (
        _holding(Seat.objects.filter(partnership=partnership), day)
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
    return _holding(Seat.objects.filter(partnership=partnership, layer__code="strategic"), today()).count()


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


def _holding(rows: QuerySet[Any], day: datetime.date) -> QuerySet[Any]:
    return rows.filter(Q(ends_on__isnull=True) | Q(ends_on__gt=day), starts_on__lte=day)


def members_of(partnership: Partnership) -> QuerySet[Organisation]:
    """The organisations that are members today, with their sector."""
    memberships = _holding(Membership.objects.filter(partnership=partnership), today())
    return (
        Organisation.objects.filter(memberships__in=memberships)
        .select_related("sector")
        .order_by("sector__order", Lower("name"))
    )


def members_or(partnership: Partnership, also: Iterable[int]) -> QuerySet[Organisation]:
    """The members of today and some other organisations, such as those a row names already."""
    members = _holding(Membership.objects.filter(partnership=partnership), today())
    return Organisation.objects.filter(Q(pk__in=members.values("organisation")) | Q(pk__in=list(also))).order_by(
        Lower("name")
    )


# Activity


def deeds_of(partnership: Partnership) -> QuerySet[Deed]:
    """What was done in a partnership, the latest first."""
    return Deed.objects.filter(partnership=partnership).order_by("-number")


@dataclass(frozen=True)
class BrokenDeed:
    """A deed that is not what was written: a number is missing before it (it does not follow), or its seal is wrong."""

    slug: str
    number: int
    follows: bool


BROKEN = f"""
SELECT partnership.slug, checked.number, checked.follows
FROM (
    SELECT deed.partnership_id, deed.number, deed.number = lag(deed.number, 1, 0::bigint) OVER chain + 1 AS follows,
           deed.seal = {seal_of("deed", "lag(deed.seal) OVER chain")} AS is_sealed
    FROM partnerships_deed AS deed
    WHERE %(partnership)s::bigint IS NULL OR deed.partnership_id = %(partnership)s
    WINDOW chain AS (PARTITION BY deed.partnership_id ORDER BY deed.number)
) AS checked JOIN partnerships_partnership AS partnership ON partnership.id = checked.partnership_id
WHERE NOT (checked.follows AND checked.is_sealed)
ORDER BY partnership.slug, checked.number
"""  # noqa: S608  (no value of anybody's is in it)


def broken_deeds(partnership: Partnership | None = None) -> list[BrokenDeed]:
    """The deeds, of one partnership or of all that are open, that do not follow from the one before. None is right."""
    with connection.cursor() as cursor:
        cursor.execute(BROKEN, {"partnership": partnership.pk if partnership else None})
        return [BrokenDeed(*row) for row in cursor.fetchall()]


# Figures


@dataclass(frozen=True)
class AreaFigures:
    """The figures of some measures in one period: code → value, for the area, its region and England."""

    area: dict[str, Decimal]
    region: dict[str, Decimal]
    england: dict[str, Decimal]


def figures(partnership: Partnership, codes: Iterable[str], period: str) -> AreaFigures:
    """What is counted for the partnership's first area in a period. A measure that was not counted is missing."""
    area = PartnershipArea.objects.filter(partnership=partnership).order_by("pk").values("authority_id")[:1]
    rows = Figure.objects.filter(
        Q(authority__in=area) | Q(region=partnership.region_id) | Q(authority=None, region=None),
        measure__code__in=list(codes),
        period=period,
    ).values_list("measure__code", "authority_id", "region_id", "value")
    found = AreaFigures({}, {}, {})
    for code, authority_id, region_id, value in rows:
        place = found.area if authority_id else found.region if region_id else found.england
        place[code] = _plain(value)
    return found


def _plain(value: Decimal) -> Decimal:
    """Without the noughts that only the column asks for: 165 and 31.3, not 165.0000."""
    return value.quantize(Decimal(1)) if value == value.to_integral_value() else value.normalize()
