"""Reads of the heads of the logs: where they stand, and where they were seen to stand before."""

from collections.abc import Iterable
from dataclasses import dataclass

from django.db.models import Exists, OuterRef, QuerySet

from partnerships.models import ChainHead, Deed, Partnership


@dataclass(frozen=True, order=True)
class Head:
    """The last deed of a partnership's log: its number and its seal."""

    slug: str
    number: int
    seal: str


def heads_of(partnerships: "QuerySet[Partnership]") -> list[Head]:
    """Where the logs of these partnerships stand now, of those that are open and have begun."""
    last = Deed.objects.filter(partnership__in=partnerships).order_by("partnership", "-number").distinct("partnership")
    return sorted(Head(*row) for row in last.values_list("partnership__slug", "number", "seal"))


def lost_heads(partnerships: "QuerySet[Partnership]") -> list[Head]:
    """Heads that were noted and are in the logs no more: deeds were cut off, or sealed anew. None is right."""
    deed = Deed.objects.filter(partnership=OuterRef("partnership"), number=OuterRef("number"), seal=OuterRef("seal"))
    lost = ChainHead.objects.filter(~Exists(deed), partnership__in=partnerships)
    return sorted(Head(*row) for row in lost.values_list("partnership__slug", "number", "seal"))


def heads_not_found(told: Iterable[Head]) -> list[Head]:
    """Of heads that a letter tells, those that are in no log that is open."""
    told = set(told)
    deeds = Deed.objects.filter(partnership__slug__in={head.slug for head in told})
    found = deeds.filter(number__in={head.number for head in told}).values_list("partnership__slug", "number", "seal")
    return sorted(told - {Head(*row) for row in found})
