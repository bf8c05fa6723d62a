"""How a seat is left: its holder goes, somebody follows or nobody does, the seat itself ends; and who stands in."""

import datetime
from collections.abc import Collection

from django.db import transaction
from django.utils.translation import gettext as _

from accounts.models import Person
from core.dates import date_time, long_date, today
from core.refusals import Already
from partnerships import deeds
from partnerships.actions.leaving import Heirs, end_access, hand_over_tasks
from partnerships.actions.seats import check_substitute, locked_seat, take_seat
from partnerships.models import Deed, Invitation, Partnership, Seat, Sitting
from partnerships.models.periods import overlapping
from partnerships.permissions import Perm
from partnerships.queries.deeds import last_deed_of
from partnerships.tenancy.access import Access

LEFT = "partnerships.seat_left"
ENDED = "partnerships.seat_ended"


@transaction.atomic
def set_substitute(*, sitting: Sitting, substitute: Person | None, ending: Collection[int] = (), by: Access) -> Sitting:
    """Somebody stands in for whoever sits, from now on; None if nobody does.

    `ending` are the numbers of appointments that whoever stood in before loses with it. Raises NotPermitted, Already if
    it is so, or if the sitting is over.
    """
    by.require(Perm.MANAGE_MEMBERS, sitting.partnership)
    locked = locked_sitting(sitting)
    before = locked.substitute
    if _is_over(locked):
        raise Already(_left_already(locked))
    if before == substitute:
        name = substitute.name if substitute else _("Nobody")
        raise Already(_("%(name)s stands in for this seat already.") % {"name": name})
    check_substitute(locked.person, substitute)
    locked.substitute = substitute
    locked.save(update_fields=["substitute"])
    if before is not None:
        deeds.record("partnerships.substitute_released", locked, by=by, about=before)
        end_access(locked.partnership, before, on=today(), ending=ending, as_member=False, reason="", by=by)
    if substitute is not None:
        deeds.record("partnerships.substitute_named", locked, by=by, about=substitute)
    return locked


@transaction.atomic
def vacate(
    *,
    sitting: Sitting,
    on: datetime.date,
    reason: str,
    ending: Collection[int] = (),
    heirs: Heirs | None = None,
    by: Access,
) -> Sitting:
    """Somebody sits no longer from a day on. What is dated ahead can be brought forward, not put off.

    With the seat ends, on that day or now, their role as a member representative, unless they sit elsewhere here, and
    the appointments with the numbers `ending`; what they look after goes to `heirs` now.
    Raises NotPermitted, Already (who said so, and when) if they have left or leave no later, LastOfficer, Incomplete if
    something they look after would be left with nobody.
    """
    by.require(Perm.MANAGE_MEMBERS, sitting.partnership)
    locked = locked_sitting(sitting)
    ends_on = max(on, locked.starts_on)
    if locked.ends_on is not None and (_is_over(locked) or locked.ends_on <= ends_on):
        raise Already(_left_already(locked))
    before, locked.ends_on = locked.ends_on, ends_on
    locked.save(update_fields=["ends_on"])
    changes = {"ends_on": [before.isoformat() if before else None, ends_on.isoformat()]}
    deeds.record(LEFT, locked, by=by, about=locked.person, reason=reason, changes=changes)
    keeps_place = end_access(
        locked.partnership, locked.person, on=ends_on, ending=ending, as_member=True, reason=reason, by=by
    )
    hand_over_tasks(locked.partnership, locked.person, heirs=heirs or {}, keeps_place=keeps_place, by=by)
    return locked


@transaction.atomic
def replace(
    *,
    sitting: Sitting,
    successor: Person,
    substitute: Person | None = None,
    on: datetime.date,
    reason: str,
    ending: Collection[int] = (),
    heirs: Heirs | None = None,
    by: Access,
) -> Sitting:
    """Somebody leaves a seat on the day on which another takes it (see `vacate` and `take_seat`)."""
    left = vacate(sitting=sitting, on=on, reason=reason, ending=ending, heirs=heirs, by=by)
    if left.person == successor:
        raise Already(_("%(name)s holds this seat already.") % {"name": successor.name})
    day = left.ends_on or on
    return take_seat(seat=left.seat, person=successor, substitute=substitute, starts_on=day, by=by)


@transaction.atomic
def end_seat(
    *,
    seat: Seat,
    on: datetime.date,
    reason: str,
    ending: Collection[int] = (),
    heirs: Heirs | None = None,
    by: Access,
) -> Seat:
    """Take a seat from the table from a day on; whoever sits there, or would, leaves it (see `vacate`).

    Raises besides: Already (who said so, and when) if it has ended or ends no later, or if somebody is invited to it.
    """
    by.require(Perm.MANAGE_MEMBERS, seat.partnership)
    locked = locked_seat(seat)
    ends_on = max(on, locked.starts_on)
    if locked.ends_on is not None and locked.ends_on <= max(ends_on, today()):
        raise Already(_seat_ended_already(locked))
    invited = Invitation.objects.filter(partnership=locked.partnership, seat=locked)
    if any(invitation.is_open for invitation in invited):
        raise Already(_("Somebody is invited to this seat. Revoke the invitation first."))
    for sitting in overlapping(Sitting.objects.select_related("partnership").filter(seat=locked), ends_on):
        vacate(sitting=sitting, on=ends_on, reason=reason, ending=ending, heirs=heirs, by=by)
    before, locked.ends_on = locked.ends_on, ends_on
    locked.save(update_fields=["ends_on"])
    changes = {"ends_on": [before.isoformat() if before else None, ends_on.isoformat()]}
    deeds.record(ENDED, locked, by=by, reason=reason, changes=changes)
    return locked


def locked_sitting(sitting: Sitting) -> Sitting:
    """The sitting as it is now, and nobody else's until the end of the transaction: the partnership first."""
    Partnership.objects.select_for_update(of=("self",), no_key=True).get(pk=sitting.partnership_id)
    sittings = Sitting.objects.select_related("partnership", "seat__partnership", "person", "substitute")
    rows = sittings.select_for_update(of=("self",), no_key=True)
    return rows.get(pk=sitting.pk, partnership=sitting.partnership_id)


def _is_over(sitting: Sitting) -> bool:
    return sitting.ends_on is not None and sitting.ends_on <= today()


def _left_already(sitting: Sitting) -> str:
    """That somebody has left, or will, and, where the log knows, who said so and when."""
    if sitting.ends_on is None:
        raise ValueError("this sitting has no end")
    over = (
        _("%(name)s holds this seat no longer since %(day)s.")
        if _is_over(sitting)
        else _("%(name)s leaves this seat on %(day)s already.")
    )
    return _told(over % {"name": sitting.person.name, "day": long_date(sitting.ends_on)}, sitting, LEFT)


def _seat_ended_already(seat: Seat) -> str:
    if seat.ends_on is None:
        raise ValueError("this seat has no end")
    over = _("This seat ended on %(day)s.") if seat.ends_on <= today() else _("This seat ends on %(day)s already.")
    return _told(over % {"day": long_date(seat.ends_on)}, seat, ENDED)


def _told(said: str, row: Seat | Sitting, verb: str) -> str:
    try:
        deed = last_deed_of(row, verb)
    except Deed.DoesNotExist:
        return said
    return f"{said} " + _("%(who)s entered that on %(at)s.") % {"who": deed.who, "at": date_time(deed.at)}
