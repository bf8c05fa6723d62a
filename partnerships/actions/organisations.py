"""The entries of the shared directory. A partnership changes those that it keeps; see docs/adr/0009."""

import datetime
from collections.abc import Mapping
from typing import Any

from django.db import IntegrityError, transaction
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from core.dates import long_date
from core.refusals import Already, NotPermitted
from partnerships import deeds
from partnerships.models import Membership, Organisation, OrganisationIdentifier, Partnership, Sector
from partnerships.permissions import Perm
from partnerships.queries.organisations import keeper_of, may_change_entry, standing
from partnerships.tenancy.access import Access

WHO = gettext_lazy("Whoever runs the system")


class InDirectory(Already):
    """The directory has it already, as `organisation`: that is the one to take."""

    def __init__(self, organisation: Organisation) -> None:
        super().__init__(_("The directory has this already: %(name)s.") % {"name": organisation.name})
        self.organisation = organisation


def enter(
    *,
    partnership: Partnership,
    name: str,
    sector: Sector,
    kind: str = "",
    website: str = "",
    numbers: Mapping[str, str],
    by: Access,
) -> Organisation:
    """Put an organisation into the directory; the partnership keeps the entry. `numbers` are by register.

    Part of another deed, which records it. Raises NotPermitted, InDirectory if a number or the name stands there.
    """
    by.require(Perm.MANAGE_MEMBERS, partnership)
    _check_standing(name, numbers)
    try:
        with transaction.atomic():
            organisation = Organisation.objects.create(
                name=name, sector=sector, kind=kind, website=website, kept_by=partnership
            )
            OrganisationIdentifier.objects.bulk_create(
                OrganisationIdentifier(organisation=organisation, scheme=scheme, value=value)
                for scheme, value in numbers.items()
            )
    except IntegrityError:  # somebody entered it since the check
        _check_standing(name, numbers)
        raise
    return organisation


@transaction.atomic
def change_entry(
    *, membership: Membership, name: str, sector: Sector, kind: str, website: str, by: Access
) -> Organisation:
    """Change what the directory says of a member. The same again changes nothing.

    An entry that nobody keeps is from then on kept by the partnership. Raises NotPermitted, InDirectory.
    """
    organisation = _locked(membership, by)
    wanted = {"name": name, "sector": sector, "kind": kind, "website": website}
    changes = {
        field: [_said(getattr(organisation, field)), _said(value)]
        for field, value in wanted.items()
        if getattr(organisation, field) != value
    }
    if not changes:
        return organisation
    if "name" in changes:
        _check_standing(name, {}, but_not=organisation.pk)
    for field, value in wanted.items():
        setattr(organisation, field, value)
    organisation.kept_by_id = membership.partnership_id
    organisation.save(update_fields=[*wanted, "kept_by"])
    deeds.record("partnerships.entry_changed", organisation, by=by, changes=changes, partnership=membership.partnership)
    return organisation


@transaction.atomic
def change_number(
    *, membership: Membership, scheme: str, value: str, on: datetime.date | None, by: Access
) -> OrganisationIdentifier | None:
    """Give a member another number of a register from a day on, or (an empty value) none; the one it had ends there.

    History keeps what it had. The same again changes nothing. The day may be unknown for a first number only.
    Raises NotPermitted, InDirectory if another organisation has it, Already if the day is before the number it ends.
    """
    organisation = _locked(membership, by)
    now = OrganisationIdentifier.objects.filter(organisation=organisation, scheme=scheme, ends_on=None).first()
    before = now.value if now else ""
    if before == value:
        return now
    if value:
        _check_standing("", {scheme: value}, but_not=organisation.pk)
    if now is not None:
        _end(now, on)
    added = None
    if value:
        added = OrganisationIdentifier.objects.create(
            organisation=organisation, scheme=scheme, value=value, starts_on=on
        )
    changes = {scheme: [before or None, value or None]}
    partnership = membership.partnership
    deeds.record("partnerships.number_changed", organisation, by=by, changes=changes, partnership=partnership)
    return added


def _end(identifier: OrganisationIdentifier, on: datetime.date | None) -> None:
    """It holds no more from a day on. Raises Already when the day is unknown, or before the number's own."""
    if on is None:
        raise Already(_("Enter the day from which %(number)s holds no more.") % {"number": identifier.value})
    if identifier.starts_on is not None and on < identifier.starts_on:
        words = {"number": identifier.value, "day": long_date(identifier.starts_on)}
        raise Already(_("%(number)s holds since %(day)s: the day must be that one or later.") % words)
    identifier.ends_on = on
    identifier.save(update_fields=["ends_on"])


@transaction.atomic
def keep(*, organisation: Organisation, partnership: Partnership, by: Access) -> Organisation:
    """Let a partnership look after an entry from now on: for entries that several use and nobody keeps.

    Raises NotPermitted for everybody but the system's own commands, Already if the partnership keeps it.
    """
    if not by.is_system:
        raise NotPermitted(_("say who keeps an entry of the directory"), WHO)
    locked = Organisation.objects.select_for_update(of=("self",), no_key=True).get(pk=organisation.pk)
    before = keeper_of(locked)
    if before == partnership:
        raise Already(_("%(partnership)s keeps this entry already.") % {"partnership": partnership.short_name})
    locked.kept_by = partnership
    locked.save(update_fields=["kept_by"])
    changes = {"kept_by": [before.short_name if before else None, partnership.short_name]}
    deeds.record("partnerships.entry_taken_on", locked, by=by, changes=changes, partnership=partnership)
    return locked


def check_may_change(membership: Membership, by: Access) -> None:
    """Raises NotPermitted, saying who can, unless the member's entry is this partnership's to change, and `by` may."""
    by.require(Perm.MANAGE_MEMBERS, membership.partnership)
    if not may_change_entry(membership.organisation, membership.partnership):
        keeper = keeper_of(membership.organisation)
        raise NotPermitted(_("change this entry of the directory"), keeper.name if keeper else WHO)


def _locked(membership: Membership, by: Access) -> Organisation:
    """The member's entry, held until the end of the deed, if it may be changed."""
    held = Organisation.objects.select_for_update(of=("self",), no_key=True).get(pk=membership.organisation_id)
    membership.organisation = held
    check_may_change(membership, by)
    return held


def _check_standing(name: str, numbers: Mapping[str, str], but_not: int | None = None) -> None:
    """Raises InDirectory if the directory has a number, or the name."""
    found = standing(name, numbers, but_not)
    if found is not None:
        raise InDirectory(found)


def _said(value: Any) -> str | None:
    return str(value) or None
