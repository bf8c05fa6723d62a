"""The areas a partnership works for, each from one day to another."""

import datetime

from django.db import transaction
from django.utils.translation import gettext as _

from core.dates import long_date
from core.refusals import Already, WrongState
from partnerships import deeds
from partnerships.actions.closing import held
from partnerships.models import Authority, Partnership, PartnershipArea
from partnerships.models.periods import overlapping
from partnerships.permissions import Perm
from partnerships.queries import areas_on
from partnerships.tenancy.access import Access


class LastArea(WrongState):
    """A partnership without an area is none."""

    def sentence(self) -> str:
        return _("The partnership works for no other area on that day. Add one first, or end the partnership.")


@transaction.atomic
def add_area(
    *, partnership: Partnership, authority: Authority, starts_on: datetime.date, by: Access
) -> PartnershipArea:
    """Work for an area more from a day on. Others may work for it too: a county's partnership and a district's.

    Raises NotPermitted, Already if it is an area, or will be, WrongState if it is of another region, or did not exist.
    """
    by.require(Perm.CLOSE_PARTNERSHIP, partnership)
    held(partnership)
    if authority.region_id != partnership.region_id:
        raise WrongState(_("add an area of another region"), authority.name)
    if not Authority.objects.existing_on(starts_on).filter(pk=authority.pk).exists():
        raise WrongState(_("add an area from a day on which it did not exist"), authority.name)
    known = PartnershipArea.objects.filter(partnership=partnership, authority=authority)
    if overlapping(known, starts_on).exists():
        raise Already(_("%(area)s is one of the areas already.") % {"area": authority.name})
    area = PartnershipArea.objects.create(partnership=partnership, authority=authority, starts_on=starts_on)
    deeds.record("partnerships.area_added", area, by=by, changes={"starts_on": [None, starts_on.isoformat()]})
    return area


@transaction.atomic
def end_area(*, area: PartnershipArea, on: datetime.date, reason: str, by: Access) -> PartnershipArea:
    """Stop working for an area: the day is the first without it.

    Raises NotPermitted, Already if it has ended or ends sooner, LastArea if no other is left on that day.
    """
    by.require(Perm.CLOSE_PARTNERSHIP, area.partnership)
    held(area.partnership)
    areas = PartnershipArea.objects.select_related("authority").filter(partnership=area.partnership)
    ending = areas.get(pk=area.pk)
    if ending.ends_on is not None and ending.ends_on <= on:
        words = {"area": ending.authority.name, "day": long_date(ending.ends_on)}
        raise Already(_("%(area)s is no longer an area from %(day)s on.") % words)
    if not areas_on(on).filter(partnership=area.partnership).exclude(pk=ending.pk).exists():
        raise LastArea
    before, ending.ends_on = ending.ends_on, max(on, ending.starts_on) if ending.starts_on else on
    ending.save(update_fields=["ends_on"])
    changes = {"ends_on": [before.isoformat() if before else None, ending.ends_on.isoformat()]}
    deeds.record("partnerships.area_ended", ending, by=by, reason=reason, changes=changes)
    return ending
