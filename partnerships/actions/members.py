"""Members: which organisations belong to a partnership, from when until when, and whom to ask there."""

import datetime
from collections.abc import Mapping

from django.db import transaction
from django.utils.translation import gettext as _

from core.dates import long_date, today
from core.refusals import Already
from partnerships import deeds
from partnerships.actions.organisations import enter
from partnerships.actions.sittings import end_seat
from partnerships.models import MemberContact, Membership, Organisation, Partnership, Seat, Sector
from partnerships.models.periods import overlapping
from partnerships.permissions import Perm
from partnerships.queries.members import seats_after
from partnerships.tenancy.access import Access


class HasSeats(Already):
    """A member that is to leave has seats that stay; `seats` are these."""

    def __init__(self, seats: list[Seat]) -> None:
        super().__init__(_("It has seats that do not end: %(seats)s.") % {"seats": ", ".join(map(str, seats))})
        self.seats = seats


@transaction.atomic
def join(
    *,
    partnership: Partnership,
    organisation: Organisation,
    starts_on: datetime.date,
    contact: Mapping[str, str] | None = None,
    by: Access,
) -> Membership:
    """Make an organisation a member from a day on; `contact` (see `save_contact`) is whom to ask there.

    Raises NotPermitted, Already if it is one, or will be, or if its entry was merged into another.
    """
    by.require(Perm.MANAGE_MEMBERS, partnership)
    Partnership.objects.select_for_update(of=("self",), no_key=True).get(pk=partnership.pk)
    _check_not_merged(organisation)
    memberships = Membership.objects.filter(partnership=partnership, organisation=organisation)
    if overlapping(memberships, starts_on).exists():
        raise Already(_("%(organisation)s is a member already.") % {"organisation": organisation.name})
    membership = Membership.objects.create(partnership=partnership, organisation=organisation, starts_on=starts_on)
    deeds.record("partnerships.joined", membership, by=by, changes={"organisation": [None, organisation.name]})
    if contact is not None:
        save_contact(membership=membership, **contact, by=by)
    return membership


@transaction.atomic
def join_as_new(
    *,
    partnership: Partnership,
    name: str,
    sector: Sector,
    kind: str = "",
    website: str = "",
    numbers: Mapping[str, str],
    starts_on: datetime.date,
    contact: Mapping[str, str] | None = None,
    by: Access,
) -> Membership:
    """Enter an organisation that the directory lacks, and make it a member; the partnership keeps its entry.

    Raises NotPermitted, InDirectory if it is there.
    """
    organisation = enter(
        partnership=partnership, name=name, sector=sector, kind=kind, website=website, numbers=numbers, by=by
    )
    return join(partnership=partnership, organisation=organisation, starts_on=starts_on, contact=contact, by=by)


@transaction.atomic
def end_membership(
    *, membership: Membership, on: datetime.date, reason: str, with_seats: bool = False, by: Access
) -> Membership:
    """End a membership on a day, the first on which it no longer holds; what is dated ahead is brought forward only.

    `with_seats` ends the organisation's seats on that day too, and so what whoever sits on them may do.
    Raises NotPermitted, Already if it has ended or ends sooner, HasSeats if there are seats and they are to stay.
    """
    by.require(Perm.MANAGE_MEMBERS, membership.partnership)
    Partnership.objects.select_for_update(of=("self",), no_key=True).get(pk=membership.partnership_id)
    locked = Membership.objects.select_for_update(of=("self",), no_key=True).get(pk=membership.pk)
    if locked.ends_on is not None and (locked.ends_on <= today() or locked.ends_on <= on):
        raise Already(_("This membership ends, or ended, on %(day)s.") % {"day": long_date(locked.ends_on)})
    before, locked.ends_on = locked.ends_on, max(on, locked.starts_on)
    seats = list(seats_after(locked, locked.ends_on))
    if seats and not with_seats:
        raise HasSeats(seats)
    for seat in seats:
        end_seat(seat=seat, on=locked.ends_on, reason=reason, by=by)
    locked.save(update_fields=["ends_on"])
    changes = {"ends_on": [before.isoformat() if before else None, locked.ends_on.isoformat()]}
    deeds.record("partnerships.left", locked, by=by, reason=reason, changes=changes)
    return locked


@transaction.atomic
def save_contact(*, membership: Membership, name: str, email: str, telephone: str, by: Access) -> MemberContact | None:
    """Note whom to ask at a member; three empty texts take the note out. The log names nobody. Raises NotPermitted."""
    by.require(Perm.MANAGE_MEMBERS, membership.partnership)
    Membership.objects.select_for_update(of=("self",), no_key=True).get(pk=membership.pk)
    contact = MemberContact.objects.filter(partnership=membership.partnership_id, membership=membership).first()
    contact = contact or MemberContact(partnership_id=membership.partnership_id, membership=membership)
    wanted = {"name": name, "email": email, "telephone": telephone}
    if all(getattr(contact, field) == text for field, text in wanted.items()):
        return contact if contact.pk else None
    if not any(wanted.values()):
        contact.delete()
        deeds.record("partnerships.contact_removed", membership, by=by)
        return None
    verb = "partnerships.contact_changed" if contact.pk else "partnerships.contact_noted"
    for field, text in wanted.items():
        setattr(contact, field, text)
    contact.save()
    deeds.record(verb, membership, by=by)
    return contact


def _check_not_merged(organisation: Organisation) -> None:
    """Held until the end of the deed, so that nobody merges it meanwhile. Raises Already."""
    locked = Organisation.objects.select_for_update(of=("self",), no_key=True).get(pk=organisation.pk)
    if locked.merged_into is not None:
        names = {"name": locked.name, "kept": locked.merged_into.name}
        raise Already(_("%(name)s was merged into %(kept)s: take that entry.") % names)
