"""Reads of a body's balance against the composition that the partnership wants."""

from __future__ import annotations

import datetime
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from django.db.models import Count, Q, QuerySet
from django.db.models.functions import Lower
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from core import charts
from core.dates import today
from partnerships.models import (
    CompositionTarget,
    DutyPartner,
    GovernanceLayer,
    NamedPartner,
    Partnership,
    Sector,
    UnderrepresentedGroup,
)
from partnerships.models.periods import holding
from partnerships.queries.seats import seats_of


def bodies() -> QuerySet[GovernanceLayer]:
    """The bodies a partnership can have: the board first."""
    return GovernanceLayer.objects.order_by("pk")


def current_groups(partnership: Partnership, also: Iterable[int] = ()) -> QuerySet[UnderrepresentedGroup]:
    """The under-represented groups that a partnership names today, and some by number, by name."""
    named = Q(ends_on=None) | Q(ends_on__gt=today()) | Q(pk__in=list(also))
    return UnderrepresentedGroup.objects.filter(named, partnership=partnership).order_by(Lower("name"))


@dataclass(frozen=True)
class Side:
    """The seats of one sector of a body, or those that speak for one group. `wanted` is None where nothing is set."""

    pk: int
    name: str
    short_name: str
    wanted: int | None
    held: int
    open: int

    @property
    def seats(self) -> int:
        """Held and open."""
        return self.held + self.open

    @property
    def dots(self) -> SafeString:
        """One dot a seat."""
        return charts.dots(self.held, self.open)

    @property
    def difference(self) -> str:
        """How far the seats are from what is wanted, in words; empty where nothing is set."""
        if self.wanted is None:
            return ""
        apart = self.seats - self.wanted
        if apart == 0:
            return _("as wanted")
        if apart < 0:
            return ngettext("%(count)d fewer than wanted", "%(count)d fewer than wanted", -apart) % {"count": -apart}
        return ngettext("%(count)d more than wanted", "%(count)d more than wanted", apart) % {"count": apart}

    @property
    def short_by(self) -> int:
        """How many held seats there are fewer than wanted; none where nothing is set."""
        return max((self.wanted or 0) - self.held, 0)

    @property
    def lacks(self) -> str:
        """What keeps the side from being as wanted, in words: too few held seats, open ones; empty if nothing does."""
        words = []
        if self.short_by:
            fewer = ngettext("%(count)d fewer than wanted", "%(count)d fewer than wanted", self.short_by)
            words.append(fewer % {"count": self.short_by})
        if self.open:
            words.append(ngettext("%(count)d open seat", "%(count)d open seats", self.open) % {"count": self.open})
        return ", ".join(words)


@dataclass(frozen=True)
class Duty:
    """A kind of partner under the duty to co-operate, and whom the agreements of the partnership name for it."""

    name: str
    partners: list[NamedPartner]


@dataclass(frozen=True)
class Composition:
    """How a body is composed, and what is missing. Every sector and every group of the partnership is there."""

    body: GovernanceLayer
    sectors: list[Side]
    groups: list[Side]
    duties: list[Duty]
    seated: frozenset[int]  # organisations with a seat on the body

    @property
    def held(self) -> int:
        """Seats that somebody holds."""
        return sum(side.held for side in self.sectors)

    @property
    def open(self) -> int:
        """Seats that nobody holds."""
        return sum(side.open for side in self.sectors)

    @property
    def is_set(self) -> bool:
        """Whether the partnership has said what it wants of this body."""
        return any(side.wanted is not None for side in (*self.sectors, *self.groups))

    @property
    def short_by(self) -> int:
        """How many seats of sectors are not held though they are wanted. Those of groups are among them."""
        return sum(side.short_by for side in self.sectors)

    @property
    def lacking(self) -> list[Side]:
        """Sectors and groups with fewer held seats than wanted, or with open ones."""
        return [side for side in (*self.sectors, *self.groups) if side.lacks]

    @property
    def missing_sectors(self) -> list[Side]:
        """Sectors nobody sits for, unless the partnership wants none."""
        return [side for side in self.sectors if not side.held and side.wanted != 0]

    @property
    def missing_groups(self) -> list[Side]:
        """Groups nobody speaks for, unless the partnership wants no seat of this body for them."""
        return [side for side in self.groups if not side.held and side.wanted != 0]

    @property
    def unseated_partners(self) -> list[NamedPartner]:
        """Named partners without a seat on this body, each once."""
        named = {row.organisation_id: row for duty in self.duties for row in duty.partners}
        return [row for organisation, row in named.items() if organisation not in self.seated]

    @property
    def ring(self) -> SafeString:
        """The seats round one table."""
        sides = [charts.Sector(side.name, side.short_name, side.held, side.open) for side in self.sectors]
        return charts.seat_ring("table", sides)


def composition(partnership: Partnership, body: GovernanceLayer, on: datetime.date | None = None) -> Composition:
    """A body's seats, held and open, by sector and group, on a day (today), against what is wanted."""
    seats: QuerySet[Any] = seats_of(partnership, on).filter(layer=body).order_by()
    targets = CompositionTarget.objects.filter(partnership=partnership, layer=body)
    by_sector = _counted(seats, "sector")
    by_group = _counted(seats.filter(speaks_for__isnull=False), "speaks_for__group")
    of_sector = {row.sector_id: row.seats for row in targets if row.sector_id}
    of_group = {row.group_id: row.seats for row in targets if row.group_id}
    return Composition(
        body=body,
        sectors=[
            Side(row.pk, row.plural, row.short_name, of_sector.get(row.pk), *by_sector.get(row.pk, (0, 0)))
            for row in Sector.objects.order_by("order")
        ],
        groups=[
            Side(row.pk, row.name, row.name, of_group.get(row.pk), *by_group.get(row.pk, (0, 0)))
            for row in current_groups(partnership)
        ],
        duties=_duties(partnership, on or today()),
        seated=frozenset(seats.exclude(organisation=None).values_list("organisation", flat=True)),
    )


def _counted(seats: QuerySet[Any], column: str) -> dict[int, tuple[int, int]]:
    """Held and open seats by the value of a column."""
    counted = seats.values(column).annotate(of_held=Count("sitting"), of_all=Count("pk"))
    return {key: (held, seats - held) for key, held, seats in counted.values_list(column, "of_held", "of_all")}


def _duties(partnership: Partnership, day: datetime.date) -> list[Duty]:
    """Every kind of partner, with those named on a day."""
    named: dict[int, list[NamedPartner]] = {}
    rows = holding(NamedPartner.objects.filter(partnership=partnership), day)
    for row in rows.select_related("organisation").order_by(Lower("organisation__name"), "agreement"):
        named.setdefault(row.duty_id, []).append(row)
    return [Duty(kind.name, named.get(kind.pk, [])) for kind in DutyPartner.objects.order_by("pk")]
