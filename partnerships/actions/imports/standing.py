"""What stands in a partnership before an import: members, seats, who sits and sat on them, groups."""

import datetime
from collections import defaultdict
from collections.abc import Iterable
from typing import Protocol

from partnerships.actions.imports.names import same
from partnerships.models import Membership, Partnership, Seat, SeatGroup, Sitting, UnderrepresentedGroup

# Body, position, organisation (a number, or a name while it is new) and first day: what makes a row and a seat one.
SeatKey = tuple[int, str, int | str | None, datetime.date]


class Dated(Protocol):
    """Anything that holds from a day until a day."""

    starts_on: datetime.date
    ends_on: datetime.date | None


def overlap(rows: Iterable[Dated], starts_on: datetime.date, ends_on: datetime.date | None) -> list[Dated]:
    """Those that hold on a day of a period."""
    return [
        row
        for row in rows
        if (row.ends_on is None or row.ends_on > starts_on) and (ends_on is None or row.starts_on < ends_on)
    ]


class Standing:
    """One look at a partnership. Five statements, however much there is."""

    def __init__(self, partnership: Partnership) -> None:
        self.seats: dict[SeatKey, list[Seat]] = defaultdict(list)
        for seat in Seat.objects.filter(partnership=partnership).select_related("sector").order_by("pk"):
            key = (seat.layer_id, same(seat.position), seat.organisation_id, seat.starts_on)
            self.seats[key].append(seat)
        self.sittings: dict[int, list[Sitting]] = defaultdict(list)
        for sitting in Sitting.objects.filter(partnership=partnership).order_by("starts_on"):
            self.sittings[sitting.seat_id].append(sitting)
        self.memberships: dict[int, list[Membership]] = defaultdict(list)
        for membership in Membership.objects.filter(partnership=partnership):
            self.memberships[membership.organisation_id].append(membership)
        groups = UnderrepresentedGroup.objects.filter(partnership=partnership)
        self.groups = {same(group.name): group for group in groups}
        self.speaks_for: dict[int, list[str]] = defaultdict(list)
        links = SeatGroup.objects.filter(partnership=partnership).values_list("seat_id", "group__name")
        for seat_id, name in links:
            self.speaks_for[seat_id].append(name)
