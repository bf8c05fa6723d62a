"""Reads of neighbourhoods: which there are, their small areas, how deprived these are."""

import datetime
from collections import Counter
from collections.abc import Collection, Iterable
from dataclasses import dataclass, field
from functools import cached_property
from typing import Any

from django.db.models import Count, IntegerField, OuterRef, Q, QuerySet, Subquery
from django.db.models.functions import Lower
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from core import charts
from core.dates import today
from partnerships.models import (
    Authority,
    DeprivationRank,
    Neighbourhood,
    NeighbourhoodArea,
    Partnership,
    PartnershipArea,
    SmallArea,
)
from partnerships.models.periods import holding
from partnerships.queries.deprivation import EDITIONS, Standing, loaded_editions, standings


def neighbourhoods_of(partnership: Partnership) -> QuerySet[Neighbourhood]:
    """All neighbourhoods that a partnership has, had or will have, by name."""
    return Neighbourhood.objects.filter(partnership=partnership).order_by(Lower("name"), "pk")


def present_neighbourhoods(partnership: Partnership, on: datetime.date | None = None) -> QuerySet[Neighbourhood]:
    """Those that a partnership has on a day (today)."""
    return holding(neighbourhoods_of(partnership), on or today())


def counted(neighbourhoods: QuerySet[Neighbourhood], edition: int | None) -> QuerySet[Any]:
    """The same with numbers of small areas: `area_count`; `ranked`, `worst_tenth`, `worst_fifth` in an edition."""
    decile = DeprivationRank.objects.filter(small_area__code=OuterRef("code"), edition=edition or 0).values("decile")
    areas = (
        NeighbourhoodArea.objects.filter(neighbourhood=OuterRef("pk"), partnership=OuterRef("partnership"))
        .annotate(decile=Subquery(decile[:1]))
        .order_by()
        .values("neighbourhood")
    )

    def number(condition: Q) -> Subquery:
        rows = areas.annotate(number=Count("pk", filter=condition)).values("number")
        return Subquery(rows, output_field=IntegerField())

    return neighbourhoods.annotate(
        area_count=number(Q()),
        ranked=number(Q(decile__gte=1)),
        worst_tenth=number(Q(decile=1)),
        worst_fifth=number(Q(decile__lte=2)),
    )


@dataclass(frozen=True)
class ShownArea:
    """A small area of a neighbourhood. `by_edition` begins with the latest; `elsewhere` names others' authority."""

    code: str
    name: str
    known: bool
    elsewhere: str
    by_edition: list[tuple[int, Standing | None]]

    @property
    def latest(self) -> Standing | None:
        """Where it stands in the latest edition that ranks it."""
        return next((standing for _year, standing in self.by_edition if standing), None)


@dataclass(frozen=True)
class Deprivation:
    """The small areas of a neighbourhood and how deprived they are. `editions` rank at least one, the latest first."""

    areas: list[ShownArea]
    editions: list[int]
    sources: list[str] = field(default_factory=list)
    any_loaded: bool = False

    @cached_property
    def summaries(self) -> list["Summary"]:
        """The counts for each edition."""
        return [
            Summary(year, Counter(standing.decile for area in self.areas if (standing := area.by_edition[place][1])))
            for place, year in enumerate(self.editions)
        ]

    @property
    def unknown(self) -> list[ShownArea]:
        """Areas that no loaded table has; nobody can tell while no table is loaded."""
        return [area for area in self.areas if self.any_loaded and not area.known]

    @property
    def elsewhere(self) -> list[ShownArea]:
        """Areas that lie outside the areas of the partnership, as the tables say."""
        return [area for area in self.areas if area.elsewhere]


@dataclass(frozen=True)
class Summary:
    """How many small areas of a neighbourhood stand in which tenth of England in one edition."""

    edition: int
    deciles: Counter[int]

    @property
    def ranked(self) -> int:
        """Areas that the edition ranks."""
        return self.deciles.total()

    @property
    def worst_tenth(self) -> int:
        """Among the most deprived tenth of England."""
        return self.deciles[1]

    @property
    def worst_fifth(self) -> int:
        """Among the most deprived fifth, those of the tenth included."""
        return self.deciles[1] + self.deciles[2]

    @property
    def of_england(self) -> int:
        """How many small areas the edition ranks in all of England."""
        return EDITIONS[self.edition].areas

    @property
    def words(self) -> str:
        """What the chart says."""
        text = ngettext(
            "%(worst)d of %(count)d small area is among the most deprived fifth of England",
            "%(worst)d of %(count)d small areas are among the most deprived fifth of England",
            self.ranked,
        )
        return text % {"worst": self.worst_fifth, "count": self.ranked}

    def chart(self, key: str, source: str) -> SafeString:
        """How many areas stand in each tenth of England."""
        names = {1: _("Most deprived tenth"), 10: _("Least deprived tenth")}
        values = [(names.get(tenth, _("Tenth %(n)d") % {"n": tenth}), self.deciles[tenth]) for tenth in range(1, 11)]
        unit = _("Small areas by tenth of England, Index of Multiple Deprivation %(year)d") % {"year": self.edition}
        return charts.bars(
            key, self.words, unit, values, highlight=[name for name, _count in values[:2]], source=source
        )


def deprivation_of(neighbourhood: Neighbourhood) -> Deprivation:
    """The small areas of a neighbourhood with their ranks, in a constant number of queries."""
    codes = codes_of(neighbourhood)
    found = standings(codes)
    known = {area.code: area for area in SmallArea.objects.filter(code__in=codes).select_related("authority")}
    outside = _outside(neighbourhood.partnership_id, known.values())
    editions = sorted({year for by_year in found.values() for year in by_year}, reverse=True)
    sources = DeprivationRank.objects.filter(edition__in=editions[:1], small_area__code__in=codes)
    return Deprivation(
        areas=[
            ShownArea(
                code=code,
                name=known[code].name if code in known else "",
                known=code in known,
                elsewhere=outside.get(code, ""),
                by_edition=[(year, found.get(code, {}).get(year)) for year in editions],
            )
            for code in codes
        ],
        editions=editions,
        sources=list(sources.values_list("source", flat=True).distinct()),
        any_loaded=bool(editions) or DeprivationRank.objects.exists(),
    )


def codes_of(neighbourhood: Neighbourhood) -> list[str]:
    """The codes of its small areas, in order."""
    areas = NeighbourhoodArea.objects.filter(partnership=neighbourhood.partnership_id, neighbourhood=neighbourhood)
    return list(areas.order_by("code").values_list("code", flat=True))


def values_of(neighbourhood: Neighbourhood) -> dict[str, Any]:
    """What the form of a neighbourhood shows and a save compares."""
    return {"name": neighbourhood.name, "about": neighbourhood.about, "codes": codes_of(neighbourhood)}


def has_ended(neighbourhood: Neighbourhood) -> bool:
    """Whether it is none any more today."""
    return neighbourhood.ends_on is not None and neighbourhood.ends_on <= today()


def with_codes(neighbourhoods: QuerySet[Neighbourhood], codes: Collection[str]) -> dict[str, str]:
    """Which of these codes are small areas of those of the neighbourhoods that have not ended: code → its name."""
    present = neighbourhoods.filter(Q(ends_on=None) | Q(ends_on__gt=today())).values("pk")
    areas = NeighbourhoodArea.objects.filter(neighbourhood__in=present, code__in=codes)
    return dict(areas.values_list("code", "neighbourhood__name"))


def latest_edition() -> int | None:
    """The latest edition that is loaded."""
    return next(iter(loaded_editions()), None)


def _outside(partnership_id: int, areas: Iterable[SmallArea]) -> dict[str, str]:
    """Small areas in others' authorities: code → its name. An own one's districts, successors, predecessors are own."""
    own = PartnershipArea.objects.filter(partnership=partnership_id).values("authority")
    within = Authority.objects.filter(
        Q(pk__in=own) | Q(county__in=own) | Q(precedents__predecessor__in=own) | Q(successions__successor__in=own)
    )
    inside = set(within.values_list("pk", flat=True))
    return {area.code: area.authority.name for area in areas if area.authority and area.authority_id not in inside}
