"""What somebody sees before they merge two entries of the directory: what moves where, and what stands in the way."""

import hashlib
import json
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property

from django.db import models
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from core.refusals import Text
from partnerships.models import Organisation, OrganisationIdentifier, Partnership
from partnerships.permissions import Perm
from partnerships.queries.merging.relations import relations
from partnerships.queries.merging.steps import Plan, plan
from partnerships.queries.organisations import keeper_of
from partnerships.tenancy.access import Access
from partnerships.tenancy.context import reading_everywhere

WHAT_BECOMES: dict[str, Text] = {
    "moves": gettext_lazy("moved to the entry that is kept"),
    "united": gettext_lazy("united with one that overlaps in time"),
    "grows": gettext_lazy("extended over what is united with it"),
    "ends": gettext_lazy("ended, because the entry that is kept has its own"),
    "goes": gettext_lazy("taken out, because the entry that is kept stands there too"),
}


@dataclass(frozen=True)
class Line:
    """So many things of a kind, in one partnership or (None) in the directory, and what becomes of them."""

    partnership: Partnership | None
    kind: str
    count: int
    becomes: Text


@dataclass(frozen=True)
class Preview:
    """A merge before it is done.

    `concerned` are the partnerships that have a row of either entry, or keep one. `foreign` says that some of them are
    not managed by whoever asks: then they may not merge, and see no line of those. `obstacles` and `warnings` are
    sentences; with an obstacle nobody may merge.
    """

    plan: Plan
    concerned: list[Partnership]
    foreign: bool
    obstacles: list[str]
    warnings: list[str]

    @cached_property
    def seal(self) -> str:
        """One word for what is shown, so that a merge knows whether it is still so."""
        steps = [step.as_journal() for step in self.plan.steps]
        return hashlib.sha256(json.dumps(steps, sort_keys=True).encode()).hexdigest()

    def lines(self, by: Access) -> list[Line]:
        """What becomes of how many, in what all share and in the partnerships whose members somebody manages."""
        places: dict[int | None, Partnership | None] = {None: None}
        places |= {row.pk: row for row in self.concerned if by.holds(Perm.MANAGE_MEMBERS, row)}
        counted = Counter((step.partnership, step.model, step.change) for step in self.plan.steps)
        return [
            Line(places[place], _kind(model, count), count, WHAT_BECOMES[change])
            for (place, model, change), count in counted.items()
            if place in places
        ]


def preview(kept: Organisation, merged: Organisation, by: Access) -> Preview:
    """What merging one entry into another would do, and whether somebody may. Reads rows of every partnership."""
    with reading_everywhere(by=by.person_id):
        planned = plan(kept, merged)
        concerned = list(Partnership.objects.filter(pk__in=_concerned(kept, merged)).order_by("pk"))
        numbers = [_numbers(kept), _numbers(merged)]
    return Preview(
        plan=planned,
        concerned=concerned,
        foreign=not all(by.holds(Perm.MANAGE_MEMBERS, partnership) for partnership in concerned),
        obstacles=list(_obstacles(planned, *numbers)),
        warnings=list(_warnings(planned)),
    )


def _kind(model: type[models.Model], count: int) -> str:
    names = model._meta.verbose_name, model._meta.verbose_name_plural
    return str(names[0] if count == 1 else names[1])


def _concerned(kept: Organisation, merged: Organisation) -> set[int]:
    """The partnerships that have a row of either entry, or look after one."""
    found = {keeper.pk for keeper in map(keeper_of, (kept, merged)) if keeper}
    for relation in relations():
        if relation.tenant is not None:
            rows = relation.rows(kept.pk) | relation.rows(merged.pk)
            found |= set(rows.order_by().values_list(relation.tenant, flat=True).distinct())
    return found


def _numbers(organisation: Organisation) -> dict[str, str]:
    """Its numbers of today, by register."""
    return dict(organisation.identifiers.filter(ends_on=None).values_list("scheme", "value"))


def _obstacles(planned: Plan, kept: dict[str, str], merged: dict[str, str]) -> Iterator[str]:
    """Why these two are not one, or cannot become one."""
    names = {"kept": planned.kept.name, "merged": planned.merged.name}
    for scheme in (OrganisationIdentifier.Scheme.CHARITY, OrganisationIdentifier.Scheme.COMPANY):
        if scheme in kept and scheme in merged and kept[scheme] != merged[scheme]:
            words = _("They are two bodies: each has its own number (%(register)s: %(first)s and %(second)s).")
            yield words % {"register": scheme.label, "first": kept[scheme], "second": merged[scheme]}
    if planned.merged.authority_id and planned.merged.authority_id != planned.kept.authority_id:
        words = _("“%(merged)s” stands for a local authority. Keep that entry, and merge “%(kept)s” into it.")
        if planned.kept.authority_id:
            words = _("“%(merged)s” and “%(kept)s” stand for two local authorities.")
        yield words % names
    for kind, count in planned.twice.items():
        words = _("Both stand in the same place and say something of their own there: %(kind)s (%(count)d).")
        yield words % {"kind": kind, "count": count}


def _warnings(planned: Plan) -> Iterator[str]:
    """What is odd about it, though it can be right."""
    kept, merged = planned.kept, planned.merged
    if kept.sector_id != merged.sector_id:
        words = _("They are of different sectors: “%(kept)s” is %(first)s, “%(merged)s” is %(second)s.")
        sectors = {"first": kept.sector.name, "second": merged.sector.name}
        yield words % {"kept": kept.name, "merged": merged.name, **sectors}
