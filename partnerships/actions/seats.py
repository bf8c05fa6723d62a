"""Seats: what they are for, and who takes one. How one is left again stands in `sittings`."""

import datetime
from collections.abc import Collection, Iterable

from django.db import transaction
from django.utils.translation import gettext as _

from accounts.models import Person
from core.dates import long_date
from core.refusals import Already
from partnerships import deeds
from partnerships.actions.newcomers import entered
from partnerships.actions.overtaking import refuse_overtaken
from partnerships.models import (
    GovernanceLayer,
    Membership,
    Organisation,
    Partnership,
    Seat,
    SeatGroup,
    Sector,
    Sitting,
    UnderrepresentedGroup,
)
from partnerships.models.periods import holding, overlapping
from partnerships.newcomers import Somebody
from partnerships.permissions import Perm
from partnerships.tenancy.access import Access


class NoMember(Already):
    """The organisation that a seat is for is no member on the seat's first day."""


@transaction.atomic
def add_seat(
    *,
    partnership: Partnership,
    layer: GovernanceLayer,
    sector: Sector,
    position: str,
    organisation: Organisation | None = None,
    starts_on: datetime.date,
    speaks_for: Iterable[UnderrepresentedGroup] = (),
    by: Access,
) -> Seat:
    """Put a seat to the table; nobody holds it yet. Raises NotPermitted, NoMember."""
    by.require(Perm.MANAGE_MEMBERS, partnership)
    if organisation is not None:
        _check_membership(partnership, organisation, starts_on)
    seat = Seat.objects.create(
        partnership=partnership,
        layer=layer,
        sector=sector,
        organisation=organisation,
        position=position,
        starts_on=starts_on,
    )
    speaking = list(speaks_for)
    _set_groups(seat, speaking)
    changes = {"speaks_for": [None, _names(speaking)]} if speaking else {}
    deeds.record("partnerships.seat_added", seat, by=by, changes=changes)
    return seat


@transaction.atomic
def change_seat(
    *, seat: Seat, position: str, speaks_for: Iterable[UnderrepresentedGroup], seen: str, by: Access
) -> Seat:
    """Another name for the position, other groups it speaks for. For another organisation there is another seat.

    `seen` is the seal of the values (`values_of`) that the writer saw. Raises NotPermitted, Conflict with both when
    somebody changed it in between.
    """
    by.require(Perm.MANAGE_MEMBERS, seat.partnership)
    locked, groups = locked_seat(seat), list(speaks_for)
    theirs, mine = values_of(locked), {"position": position, "speaks_for": _names(groups)}
    if mine == theirs:
        return locked
    refuse_overtaken(locked, mine=mine, theirs=theirs, seen=seen)
    locked.position = position
    locked.save(update_fields=["position"])
    _set_groups(locked, groups)
    changes = {name: [theirs[name], mine[name]] for name in mine if mine[name] != theirs[name]}
    deeds.record("partnerships.seat_changed", locked, by=by, changes=changes)
    return locked


@transaction.atomic
def take_seat(
    *, seat: Seat, person: Somebody, starts_on: datetime.date, substitute: Person | None = None, by: Access
) -> Sitting:
    """Somebody known or new sits on an open seat from a day on, as long as there is the seat.

    Raises NotPermitted, Already if somebody holds it, or will, or if there is no such seat on that day.
    """
    by.require(Perm.MANAGE_MEMBERS, seat.partnership)
    locked = locked_seat(seat)
    if starts_on < locked.starts_on:
        raise Already(_("There is no such seat before %(day)s.") % {"day": long_date(locked.starts_on)})
    if locked.ends_on is not None and starts_on >= locked.ends_on:
        raise Already(_("There is no such seat from %(day)s on.") % {"day": long_date(locked.ends_on)})
    if overlapping(Sitting.objects.filter(seat=seat), starts_on, locked.ends_on).exists():
        raise Already(_("Somebody holds this seat already: %(seat)s.") % {"seat": seat.position})
    holder = entered(person)
    check_substitute(holder, substitute)
    sitting = Sitting.objects.create(
        partnership_id=seat.partnership_id,
        seat=locked,
        person=holder,
        substitute=substitute,
        starts_on=starts_on,
        ends_on=locked.ends_on,
    )
    deeds.record("partnerships.seat_taken", sitting, by=by, about=holder)
    if substitute is not None:
        deeds.record("partnerships.substitute_named", sitting, by=by, about=substitute)
    return sitting


def locked_seat(seat: Seat) -> Seat:
    """The seat as it is now, and nobody else's until the end of the transaction: the partnership first."""
    Partnership.objects.select_for_update(of=("self",), no_key=True).get(pk=seat.partnership_id)
    seats = Seat.objects.select_related("partnership").select_for_update(of=("self",), no_key=True)
    return seats.get(pk=seat.pk, partnership=seat.partnership_id)


def check_substitute(person: Person, substitute: Person | None) -> None:
    """Raises Already where the two are one: nobody stands in for themselves."""
    if substitute == person:
        raise Already(_("%(name)s holds this seat: somebody else stands in for them.") % {"name": person.name})


def groups_of(seat: Seat) -> list[UnderrepresentedGroup]:
    """The groups a seat speaks for, those that are not named any more as well."""
    return list(UnderrepresentedGroup.objects.filter(seats__seat=seat).order_by("pk"))


def values_of(seat: Seat) -> dict[str, str]:
    """What the form of a seat shows and a save compares."""
    return {"position": seat.position, "speaks_for": _names(groups_of(seat))}


def _check_membership(partnership: Partnership, organisation: Organisation, day: datetime.date) -> None:
    memberships = Membership.objects.filter(partnership=partnership, organisation=organisation)
    if holding(memberships, day).exists():
        return
    later = overlapping(memberships, day).order_by("starts_on").first()
    if later is not None:
        words = {"organisation": organisation.name, "day": long_date(later.starts_on)}
        raise NoMember(_("%(organisation)s is a member from %(day)s on: its seat begins then or later.") % words)
    words = {"organisation": organisation.name, "day": long_date(day)}
    raise NoMember(_("%(organisation)s is not a member on %(day)s.") % words)


def _set_groups(seat: Seat, groups: Collection[UnderrepresentedGroup]) -> None:
    """Make these the groups the seat speaks for, and no others."""
    wanted, spoken = {group.pk for group in groups}, {group.pk for group in groups_of(seat)}
    SeatGroup.objects.filter(seat=seat, group__in=spoken - wanted).delete()
    SeatGroup.objects.bulk_create(
        SeatGroup(partnership_id=seat.partnership_id, seat=seat, group_id=pk) for pk in sorted(wanted - spoken)
    )


def _names(groups: Iterable[UnderrepresentedGroup]) -> str:
    return ", ".join(sorted(group.name for group in groups))
