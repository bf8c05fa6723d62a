"""Founding partnerships, and changing what they are called."""

import datetime
from collections.abc import Sequence
from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _

from core.refusals import Already, NotPermitted
from partnerships import deeds
from partnerships.actions.closing import held
from partnerships.actions.groups import make_groups
from partnerships.models import Authority, Organisation, Partnership, PartnershipArea
from partnerships.permissions import Perm
from partnerships.queries import FIRST_NRF_YEAR, NRF, areas_of_fund
from partnerships.queries.settings import last_deed_to
from partnerships.tenancy.access import Access
from partnerships.tenancy.context import acting


@transaction.atomic
def found(
    *,
    name: str,
    short_name: str,
    slug: str,
    areas: Sequence[Authority],
    accountable_body: Organisation | None = None,
    founded_on: datetime.date | None = None,
    by: Access,
) -> Partnership:
    """Enter a partnership with its areas and the groups of its roles. The region is that of its first area.

    Raises NotPermitted for everybody but the system's own commands, Already if name or address is taken.
    """
    if not by.is_system:
        raise NotPermitted(_("found a partnership"), _("Whoever runs the system"))
    partnership = enter(
        name=name,
        short_name=short_name,
        slug=slug,
        areas=areas,
        accountable_body=accountable_body,
        founded_on=founded_on,
    )
    with acting(partnership.pk, by=by.person_id):
        PartnershipArea.objects.bulk_create(
            PartnershipArea(partnership=partnership, authority=authority, starts_on=founded_on) for authority in areas
        )
        deeds.record("partnerships.founded", partnership, by=by)
    return partnership


def enter(
    *,
    name: str,
    short_name: str,
    slug: str,
    areas: Sequence[Authority],
    accountable_body: Organisation | None,
    founded_on: datetime.date | None,
) -> Partnership:
    """The row of a new partnership and the groups of its roles: for whoever founds one, alone or by a merge.

    Raises Already if name or address is taken.
    """
    if Partnership.objects.filter(slug=slug).exists():
        raise Already(_("There is a partnership at this address already: %(slug)s.") % {"slug": slug})
    if Partnership.objects.filter(name=name).exists():
        raise Already(_("There is a partnership of this name already: %(name)s.") % {"name": name})
    partnership = Partnership.objects.create(
        name=name,
        short_name=short_name,
        slug=slug,
        region_id=areas[0].region_id,
        accountable_body=accountable_body,
        founded_on=founded_on,
        receives_nrf=areas_of_fund(NRF, FIRST_NRF_YEAR).filter(authority__in=areas).exists(),
    )
    make_groups(partnership)
    return partnership


@transaction.atomic
def change_details(
    *,
    partnership: Partnership,
    name: str,
    short_name: str,
    accountable_body: Organisation | None,
    version: int,
    by: Access,
) -> Partnership:
    """Call a partnership something else, or let another body answer for its money. Its address stays.

    `version` is the number of the last deed to it that the writer saw. The same once more changes nothing.
    Raises NotPermitted, Already if somebody else bears the name or was quicker.
    """
    by.require(Perm.MANAGE_MEMBERS, partnership)
    (changing,) = held(partnership)
    wanted: dict[str, Any] = {"name": name, "short_name": short_name, "accountable_body": accountable_body}
    changes = {
        field: [str(getattr(changing, field) or ""), str(value or "")]
        for field, value in wanted.items()
        if getattr(changing, field) != value
    }
    if not changes:
        return changing
    if last_deed_to(changing) != version:
        raise Already(_("Somebody changed this since you opened the page. What stands now is above the form."))
    if Partnership.objects.filter(name=name).exclude(pk=changing.pk).exists():
        raise Already(_("There is a partnership of this name already: %(name)s.") % {"name": name})
    for field, value in wanted.items():
        setattr(changing, field, value)
    changing.save(update_fields=list(changes))
    deeds.record("partnerships.details_changed", changing, by=by, changes=changes)
    return changing
