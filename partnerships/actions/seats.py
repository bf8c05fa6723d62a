"""Seats: who sits where."""

import datetime

from django.db import transaction
from django.utils.translation import gettext as _

from accounts.models import Person
from core.refusals import Already
from partnerships import deeds
from partnerships.models import GovernanceLayer, Organisation, Partnership, Seat, Sector, Sitting
from partnerships.models.periods import overlapping
from partnerships.permissions import Perm
from partnerships.tenancy.access import Access


@transaction.atomic
def add_seat(
    *,
    partnership: Partnership,
    layer: GovernanceLayer,
    sector: Sector,
    position: str,
    organisation: Organisation | None = None,
    starts_on: datetime.date,
    by: Access,
) -> Seat:
    """Put a seat to the table; nobody holds it yet. Raises NotPermitted."""
    by.require(Perm.MANAGE_MEMBERS, partnership)
    seat = Seat.objects.create(
        partnership=partnership,
        layer=layer,
        sector=sector,
        organisation=organisation,
        position=position,
        starts_on=starts_on,
    )
    deeds.record("partnerships.seat_added", seat, by=by)
    return seat


@transaction.atomic
def take_seat(
    *, seat: Seat, person: Person, starts_on: datetime.date, substitute: Person | None = None, by: Access
) -> Sitting:
    """Somebody sits on an open seat from a day on. Raises NotPermitted, Already if somebody holds it, or will."""
    by.require(Perm.MANAGE_MEMBERS, seat.partnership)
    Seat.objects.select_for_update(of=("self",), no_key=True).get(pk=seat.pk)
    if overlapping(Sitting.objects.filter(seat=seat), starts_on).exists():
        raise Already(_("Somebody holds this seat already: %(seat)s.") % {"seat": seat.position})
    sitting = Sitting.objects.create(
        partnership_id=seat.partnership_id, seat=seat, person=person, substitute=substitute, starts_on=starts_on
    )
    deeds.record("partnerships.seat_taken", sitting, by=by, about=person)
    return sitting
