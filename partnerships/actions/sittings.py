"""How a seat is left: its holder goes, somebody follows or nobody does, the seat itself ends; and who stands in."""

import datetime
from collections.abc import Collection, Mapping

from django.db import transaction
from django.utils.translation import gettext as _

from accounts.models import Person
from core.dates import date_time, long_date, today
from core.refusals import Already
from partnerships import deeds
from partnerships.actions.leaving import Heirs, end_access, hand_over_tasks
from partnerships.actions.newcomers import entered
from partnerships.actions.seats import check_substitute, locked_seat, take_seat
from partnerships.models import Deed, Invitation, Partnership, Seat, Sitting
from partnerships.models.periods import overlapping
from partnerships.newcomers import Somebody
from partnerships.permissions import Perm
from partnerships.queries.deeds import last_deed_of
from partnerships.tenancy.access import Access

LEFT = "partnerships.seat_left"
ENDED = "partnerships.seat_ended"


@transaction.atomic
def set_substitute(
    *, sitting: Sitting, substitute: Somebody | None, ending: Collection[int] = (), by: Access
) -> Sitting:
    """Somebody known or new stands in for whoever sits, from now on; None if nobody does.

    `ending` are the numbers of appointments that whoever stood in before loses with it. Raises NotPermitted, Already if
    it is so, or if the sitting is over.
    """
    by.require(Perm.MANAGE_MEMBERS, sitting.partnership)
    locked = locked_sitting(sitting)
    refuse_left(locked)
    before, after = locked.substitute, entered(substitute) if substitute else None
    if before == after:
        name = after.name if after else _("Nobody")
        raise Already(_("%(name)s stands in for this seat already.") % {"name": name})
    check_substitute(locked.person, after)
    locked.substitute = after
    locked.save(update_fields=["substitute"])
    if before is not None:
        deeds.record("partnerships.substitute_released", locked, by=by, about=before)
        end_access(locked.partnership, before, on=today(), ending=ending, as_member=False, reason="", by=by)
    if after is not None:
        deeds.record("partnerships.substitute_named", locked, by=by, about=after)
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
    refuse_left(locked, by_the=ends_on)
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
    successor: Somebody,
    on: datetime.date,
    reason: str,
    ending: Collection[int] = (),
    heirs: Mapping[str, Person | None] | None = None,
    by: Access,
) -> Sitting:
    """Somebody leaves a seat on the day on which another, known or new, takes it (see `vacate` and `take_seat`).

    Where `heirs` name nobody (None), the successor takes over.
    """
    by.require(Perm.MANAGE_MEMBERS, sitting.partnership)
    follows = entered(successor)
    if follows == sitting.person:
        raise Already(_("%(name)s holds this seat already.") % {"name": follows.name})
    taking_over = {key: heir or follows for key, heir in (heirs or {}).items()}
    left = vacate(sitting=sitting, on=on, reason=reason, ending=ending, heirs=taking_over, by=by)
    return take_seat(seat=left.seat, person=follows, starts_on=left.ends_on or on, by=by)


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
    refuse_ended(locked, by_the=ends_on)
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


def refuse_left(sitting: Sitting, by_the: datetime.date | None = None) -> None:
    """Raises Already, with who said so and when, if a sitting is over; or if it ends by a day at the latest."""
    ends_on = sitting.ends_on
    if ends_on is None or ends_on > max(by_the or today(), today()):
        return
    over = (
        _("%(name)s holds this seat no longer since %(day)s.")
        if ends_on <= today()
        else _("%(name)s leaves this seat on %(day)s already.")
    )
    raise Already(_told(over % {"name": sitting.person.name, "day": long_date(ends_on)}, sitting, LEFT))


def refuse_ended(seat: Seat, by_the: datetime.date | None = None) -> None:
    """The same for a seat."""
    ends_on = seat.ends_on
    if ends_on is None or ends_on > max(by_the or today(), today()):
        return
    over = _("This seat ended on %(day)s.") if ends_on <= today() else _("This seat ends on %(day)s already.")
    raise Already(_told(over % {"day": long_date(ends_on)}, seat, ENDED))


def locked_sitting(sitting: Sitting) -> Sitting:
    """The sitting as it is now, and nobody else's until the end of the transaction: the partnership first."""
    Partnership.objects.select_for_update(of=("self",), no_key=True).get(pk=sitting.partnership_id)
    sittings = Sitting.objects.select_related("partnership", "seat__partnership", "person", "substitute")
    rows = sittings.select_for_update(of=("self",), no_key=True)
    return rows.get(pk=sitting.pk, partnership=sitting.partnership_id)


def _told(said: str, row: Seat | Sitting, verb: str) -> str:
    try:
        deed = last_deed_of(row, verb)
    except Deed.DoesNotExist:
        return said
    return f"{said} " + _("%(who)s entered that on %(at)s.") % {"who": deed.who, "at": date_time(deed.at)}
