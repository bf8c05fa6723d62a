"""What a merge of partnerships would take over and what not: the page shows it, the action does it.

Nothing is moved: what is taken over begins anew on the day of the merge, and the old rows end on it.
"""

import datetime
import hashlib
import json
from collections.abc import Callable, Hashable, Iterable, Sequence
from dataclasses import dataclass, field
from typing import Any, Generic, TypeVar

from django.db.models import Model, QuerySet

from core.dates import today
from core.refusals import Text
from partnerships.ending import left_behind
from partnerships.models import (
    Appointment,
    Authority,
    ContactPoint,
    Invitation,
    MemberContact,
    Membership,
    NamedPartner,
    Neighbourhood,
    NeighbourhoodArea,
    Partnership,
    Seat,
    Sitting,
    Succession,
)
from partnerships.models.periods import overlapping
from partnerships.queries.places import areas_on

Row = TypeVar("Row", bound=Model)
LONGEST_NAME = 100  # of a neighbourhood


@dataclass
class Taken(Generic[Row]):
    """Rows of one kind: those that are taken over, and those that are there already and so are counted once."""

    rows: list[Row] = field(default_factory=list)
    twice: list[Row] = field(default_factory=list)


@dataclass
class Plan:
    """Everything that a merge would do. `into` is None when a new partnership is founded."""

    parts: list[Partnership]
    into: Partnership | None
    areas: list[Authority] = field(default_factory=list)
    memberships: Taken[Membership] = field(default_factory=Taken)
    contacts_at_members: list[MemberContact] = field(default_factory=list)
    named_partners: Taken[NamedPartner] = field(default_factory=Taken)
    seats: Taken[Seat] = field(default_factory=Taken)
    side_by_side: list[Seat] = field(default_factory=list)  # of an organisation that has one from another as well
    sittings: list[Sitting] = field(default_factory=list)
    appointments: Taken[Appointment] = field(default_factory=Taken)
    neighbourhoods: Taken[Neighbourhood] = field(default_factory=Taken)
    small_areas: Taken[NeighbourhoodArea] = field(default_factory=Taken)
    renamed: dict[int, str] = field(default_factory=dict)  # neighbourhood → the name it gets
    contact_points: list[ContactPoint] = field(default_factory=list)
    invitations: int = 0
    remains: list[tuple[Partnership, list[Text]]] = field(default_factory=list)

    @property
    def ending(self) -> list[Partnership]:
        """Those that end."""
        return [part for part in self.parts if self.into is None or part.pk != self.into.pk]

    @property
    def seal(self) -> str:
        """Changes whenever the merge would do something else: whoever confirms has seen what is done."""
        taken: list[Taken[Any]] = [
            self.memberships,
            self.named_partners,
            self.seats,
            self.appointments,
            self.neighbourhoods,
        ]
        listed: list[list[Any]] = [
            *([row.pk for row in kind.rows] for kind in taken),
            *([row.pk for row in kind.twice] for kind in taken),
            [row.pk for row in (*self.contacts_at_members, *self.sittings)],
            [row.pk for row in (*self.small_areas.rows, *self.contact_points)],
            [self.invitations, *(part.pk for part in self.parts), self.into.pk if self.into else None],
        ]
        return hashlib.sha256(json.dumps(listed).encode()).hexdigest()


def plan(parts: Sequence[Partnership], into: Partnership | None) -> Plan:
    """What a merge would do today. The parts are open for reading."""
    made = Plan(parts=sorted(parts, key=lambda part: part.pk), into=into)
    ending = made.ending
    made.areas = proposed_areas(made.parts)
    made.memberships = _once(Membership, made, lambda row: row.organisation_id, "organisation")
    contacts = MemberContact.objects.filter(membership__in=made.memberships.rows)
    made.contacts_at_members = list(contacts.order_by("pk"))
    made.named_partners = _once(
        NamedPartner, made, lambda row: (row.organisation_id, row.duty_id, row.agreement), "organisation"
    )
    _seats(made)
    made.appointments = _once(Appointment, made, lambda row: (row.person_id, row.role), "person")
    made.appointments.rows = [row for row in made.appointments.rows if row.person.is_active]
    _neighbourhoods(made)
    made.contact_points = _contact_points(made)
    made.invitations = Invitation.objects.filter(partnership__in=ending, accepted_at=None, revoked_at=None).count()
    made.remains = [(part, left_behind(part)) for part in ending]
    return made


def proposed_areas(parts: Sequence[Partnership]) -> list[Authority]:
    """The areas of the parts today; in the place of one that does not exist any more, its successors."""
    day = today()
    now = set(areas_on(day).filter(partnership__in=parts).values_list("authority_id", flat=True))
    standing = set(Authority.objects.existing_on(day).filter(pk__in=now).values_list("pk", flat=True))
    heirs = _heirs(now - standing, day)
    return list(Authority.objects.filter(pk__in=standing | heirs or now).order_by("name", "pk"))


def possible_areas(parts: Sequence[Partnership]) -> QuerySet[Authority]:
    """What a merged partnership may work for: the areas of its parts, and their successors."""
    now = set(areas_on(today()).filter(partnership__in=parts).values_list("authority_id", flat=True))
    return Authority.objects.filter(pk__in=now | _heirs(now, today())).order_by("name", "pk")


def _heirs(areas: set[int], day: datetime.date) -> set[int]:
    """Who took over from these by a day, also from those who did so in between."""
    heirs: set[int] = set()
    following = areas
    while following:
        successions = Succession.objects.filter(predecessor__in=following, on__lte=day)
        following = set(successions.values_list("successor_id", flat=True)) - heirs
        heirs |= following
    return set(Authority.objects.existing_on(day).filter(pk__in=heirs).values_list("pk", flat=True))


def _rows(model: type[Row], partnerships: Iterable[Partnership], *related: str) -> list[Row]:
    """What holds today or later, of several partnerships in their order."""
    ids = [partnership.pk for partnership in partnerships]
    rows = overlapping(model._default_manager.filter(partnership__in=ids), today())
    return list(rows.select_related(*related, "partnership").order_by("partnership_id", "pk"))


def _once(model: type[Row], made: Plan, key: Callable[[Any], Hashable], *related: str) -> Taken[Row]:
    """Of the rows of those that end: each that the others have at that time too is counted once."""
    taken: Taken[Row] = Taken()
    known: dict[Hashable, list[Any]] = {}
    if made.into:
        for row in _rows(model, [made.into]):
            known.setdefault(key(row), []).append(row)
    for row in _rows(model, made.ending, *related):
        same = known.setdefault(key(row), [])
        if any(_meet(row, other) for other in same):
            taken.twice.append(row)
        else:
            taken.rows.append(row)
            same.append(row)
    return taken


def _meet(one: Any, other: Any) -> bool:
    """Whether two hold on a day together, from today on."""
    begins = max(one.starts_on, other.starts_on, today())
    return all(row.ends_on is None or row.ends_on > begins for row in (one, other))


def _seats(made: Plan) -> None:
    """All seats, but one that the same person holds for the same organisation in the same body already."""
    sittings = _rows(Sitting, made.parts, "person")
    holders: dict[int, list[int]] = {}
    for sitting in sittings:
        holders.setdefault(sitting.seat_id, []).append(sitting.person_id)

    def same(seat: Seat) -> Hashable:
        people = tuple(holders.get(seat.pk, []))
        return (seat.layer_id, seat.organisation_id, people) if seat.organisation_id and people else ("alone", seat.pk)

    made.seats = _once(Seat, made, same, "organisation", "sector", "layer")
    made.side_by_side = _side_by_side(made)
    kept = {seat.pk for seat in made.seats.rows}
    made.sittings = [sitting for sitting in sittings if sitting.seat_id in kept]


def _side_by_side(made: Plan) -> list[Seat]:
    """The seats of organisations that would have one of each partnership: two people, so both are taken over."""
    standing = _rows(Seat, [made.into], "organisation") if made.into else []
    sides: dict[Hashable, list[Seat]] = {}
    for seat in (*standing, *made.seats.rows):
        if seat.organisation_id:
            sides.setdefault((seat.layer_id, seat.organisation_id), []).append(seat)
    return [seat for seats in sides.values() if len({seat.partnership_id for seat in seats}) > 1 for seat in seats]


def _neighbourhoods(made: Plan) -> None:
    """The same name with the same small areas is the same place; a name alone that is taken gets more behind it."""
    areas: dict[int, set[str]] = {}
    parts = {"partnership__in": made.parts}
    for pk, code in NeighbourhoodArea.objects.filter(**parts).values_list("neighbourhood_id", "code"):
        areas.setdefault(pk, set()).add(code)

    def same(row: Neighbourhood) -> Hashable:
        return (row.name.casefold(), *sorted(areas[row.pk])) if row.pk in areas else ("alone", row.pk)

    made.neighbourhoods = _once(Neighbourhood, made, same)
    names = Neighbourhood.objects.filter(partnership=made.into).values_list("name", flat=True)
    used = {name.casefold() for name in names}
    for row in made.neighbourhoods.rows:
        name = row.name
        if name.casefold() in used:
            behind = f" ({row.partnership.short_name})"[:LONGEST_NAME]
            name = made.renamed[row.pk] = f"{name[: LONGEST_NAME - len(behind)]}{behind}"
        used.add(name.casefold())
    _small_areas(made)


def _small_areas(made: Plan) -> None:
    """A small area belongs to one neighbourhood of a partnership at a time: the first keeps it."""
    kept = [row.pk for row in made.neighbourhoods.rows]
    standing = overlapping(Neighbourhood.objects.filter(partnership=made.into), today())
    used = set(NeighbourhoodArea.objects.filter(neighbourhood__in=standing).values_list("code", flat=True))
    for area in NeighbourhoodArea.objects.filter(neighbourhood__in=kept).order_by("partnership_id", "pk"):
        (made.small_areas.twice if area.code in used else made.small_areas.rows).append(area)
        used.add(area.code)


def _contact_points(made: Plan) -> list[ContactPoint]:
    """Those of the neighbourhoods; the partnership's own is that of the one that goes on, else of the first."""
    kept = [row.pk for row in made.neighbourhoods.rows]
    points = ContactPoint.objects.filter(partnership__in=made.ending).order_by("partnership_id", "pk")
    has_its_own = ContactPoint.objects.filter(partnership=made.into, neighbourhood=None).exists()
    own = [] if made.into and has_its_own else list(points.filter(neighbourhood=None)[:1])
    return [*own, *points.filter(neighbourhood__in=kept)]
