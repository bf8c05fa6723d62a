"""Reads of partnerships, places and published facts about them."""

import datetime
from collections.abc import Iterable
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from django.db.models import Count, Prefetch, Q, QuerySet
from django.db.models.functions import Lower

from partnerships.models import Eligibility, Figure, FundTotal, Partnership, PartnershipArea, Region
from partnerships.permissions import Perm
from partnerships.tenancy.access import Access

NRF = "nrf"
FIRST_NRF_YEAR = datetime.date(
    2001, 4, 1
)  # the period in which 88 areas received the fund; another list followed in 2006


def directory() -> QuerySet[Partnership]:
    """Every partnership with its region, areas and successor, by name; also those that have ended."""
    areas = Prefetch("areas", PartnershipArea.objects.select_related("authority").order_by(Lower("authority__name")))
    return Partnership.objects.select_related("region", "successor").prefetch_related(areas).in_order()


def letters() -> list[str]:
    """The letters with which a partnership's short name begins."""
    names = Partnership.objects.order_by().values_list("short_name", flat=True)
    return sorted({name[0].upper() for name in names})


def regions_of(partnerships: Iterable[int]) -> QuerySet[Region]:
    """The regions in which these partnerships are, by name."""
    return Region.objects.filter(partnerships__in=partnerships).distinct().order_by("name")


def regions() -> QuerySet[Any]:
    """The nine regions with how many partnerships each has, and how many of their areas received the NRF.

    An area counts once, whichever partnerships work for it now or did before a merge.
    """
    received = areas_of_fund(NRF, FIRST_NRF_YEAR).values("authority")
    return (
        Region.objects.select_related("office")
        .annotate(
            partnership_count=Count("partnerships", distinct=True),
            nrf_count=Count(
                "partnerships__areas__authority",
                filter=Q(partnerships__areas__authority__in=received),
                distinct=True,
            ),
        )
        .order_by("name")
    )


def reached_by(access: Access) -> QuerySet[Partnership]:
    """The partnerships somebody has a role in, or reviews; a national viewer's list is the directory."""
    return Partnership.objects.filter(pk__in=access.where(Perm.VIEW_INTERNAL)).select_related("region").in_order()


def areas_on(day: datetime.date) -> QuerySet[PartnershipArea]:
    """What partnerships worked for on a day; an unknown beginning counts as always."""
    return PartnershipArea.objects.filter(
        Q(starts_on__isnull=True) | Q(starts_on__lte=day), Q(ends_on__isnull=True) | Q(ends_on__gt=day)
    )


def areas_of(partnership: Partnership) -> list[str]:
    """The names of the areas a partnership works for, or did on its last day."""
    areas = areas_on(partnership.last_day).filter(partnership=partnership).order_by(Lower("authority__name"))
    return list(areas.values_list("authority__name", flat=True))


def fund_totals(fund: str = NRF) -> QuerySet[FundTotal]:
    """What a fund paid in England, year by year."""
    return FundTotal.objects.filter(fund=fund).order_by("financial_year")


def areas_of_fund(fund: str, from_year: datetime.date) -> QuerySet[Eligibility]:
    """The areas that received a fund in the period that began on a day."""
    return Eligibility.objects.filter(fund=fund, period_from=from_year, status=Eligibility.Status.ELIGIBLE)


@dataclass(frozen=True)
class AreaFigures:
    """The figures of some measures in one period: code → value, for the area, its region and England.

    `name` is the area's; empty where nothing was counted for it.
    """

    area: dict[str, Decimal]
    region: dict[str, Decimal]
    england: dict[str, Decimal]
    name: str = ""


def figures(partnership: Partnership, codes: Iterable[str], period: str) -> AreaFigures:
    """What is counted for the partnership's first area in a period. A measure that was not counted is missing."""
    area = areas_on(partnership.last_day).filter(partnership=partnership).order_by("pk").values("authority_id")[:1]
    rows = Figure.objects.filter(
        Q(authority__in=area) | Q(region=partnership.region_id) | Q(authority=None, region=None),
        measure__code__in=list(codes),
        period=period,
    ).values_list("measure__code", "authority__name", "region_id", "value")
    places: dict[str, dict[str, Decimal]] = {"area": {}, "region": {}, "england": {}}
    name = ""
    for code, authority, region_id, value in rows:
        name = authority or name
        places["area" if authority else "region" if region_id else "england"][code] = _plain(value)
    return AreaFigures(**places, name=name)


def _plain(value: Decimal) -> Decimal:
    """Without the noughts that only the column asks for: 165 and 31.3, not 165.0000."""
    return value.quantize(Decimal(1)) if value == value.to_integral_value() else value.normalize()
