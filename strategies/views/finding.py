"""Finding a strategy or a part through the partnership the reader has open; anything else is 404."""

from typing import Any, TypeVar

from django.db.models import Model, QuerySet
from django.http import Http404

from partnerships.models import Partnership
from strategies.models import Action, Issue, Objective, Priority, Strategy

Row = TypeVar("Row", bound=Model)

# A part's kind in an address → its model, and the way from it to its strategy.
KINDS: dict[str, tuple[type[Any], str]] = {
    "issues": (Issue, "strategy"),
    "priorities": (Priority, "strategy"),
    "objectives": (Objective, "priority__strategy"),
    "actions": (Action, "objective__priority__strategy"),
}


def find_strategy(partnership: Partnership, pk: int) -> Strategy:
    """Raises Http404."""
    return _one(Strategy.objects.filter(pk=pk, partnership=partnership).select_related("partnership__region"))


def find_part(strategy: Strategy, kind: str, pk: int) -> Any:
    """A part of this strategy. Raises Http404."""
    if kind not in KINDS:
        raise Http404
    model, way = KINDS[kind]
    return _one(model.objects.filter(pk=pk, **{way: strategy}).select_related("partnership", way))


def _one(rows: QuerySet[Row]) -> Row:
    row = rows.first()
    if row is None:
        raise Http404
    return row
