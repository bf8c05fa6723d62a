"""Founding partnerships."""

import datetime
from collections.abc import Sequence

from django.db import transaction
from django.utils.translation import gettext as _

from core.refusals import Already, NotPermitted
from partnerships import deeds
from partnerships.actions.groups import make_groups
from partnerships.models import Authority, Organisation, Partnership, PartnershipArea
from partnerships.queries import FIRST_NRF_YEAR, NRF, areas_of_fund
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
    with acting(partnership.pk, by=by.person_id):
        PartnershipArea.objects.bulk_create(
            PartnershipArea(partnership=partnership, authority=authority, starts_on=founded_on) for authority in areas
        )
        deeds.record("partnerships.founded", partnership, by=by)
    return partnership
