"""Partnerships that end, for the tests about it: a second table of London with people and places of its own."""

import datetime
from typing import Any

from core.dates import today
from partnerships.actions.closing import end
from partnerships.models import ContactPoint, Neighbourhood, NeighbourhoodArea, Partnership
from partnerships.tenancy.access import Access
from partnerships.tenancy.context import acting
from tests.world import SYSTEM, World

REASON = "The boroughs work as one"
TOMORROW = datetime.timedelta(days=1)


def ended(partnership: Partnership, *, successor: Partnership | None = None, by: Access = SYSTEM) -> Partnership:
    """End a partnership today."""
    with acting(partnership.pk, by=by.person_id):
        return end(partnership=partnership, on=today(), reason=REASON, successor=successor, by=by)


def neighbourhood(world: World, slug: str, name: str, *codes: str, contact: str = "") -> Neighbourhood:
    """A neighbourhood with its small areas."""
    of: dict[str, Any] = {"partnership": world.partnerships[slug]}
    with acting(of["partnership"].pk):
        place = Neighbourhood.objects.create(name=name, **of)
        NeighbourhoodArea.objects.bulk_create(NeighbourhoodArea(neighbourhood=place, code=code, **of) for code in codes)
        if contact:
            ContactPoint.objects.create(neighbourhood=place, name=contact, **of)
    return place
