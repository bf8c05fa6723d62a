"""Members: which organisations belong to a partnership, and from when until when."""

import datetime

from django.db import transaction
from django.utils.translation import gettext as _

from core.refusals import Already
from partnerships import deeds
from partnerships.models import Membership, Organisation, Partnership
from partnerships.models.periods import overlapping
from partnerships.permissions import Perm
from partnerships.tenancy.access import Access


@transaction.atomic
def join(*, partnership: Partnership, organisation: Organisation, starts_on: datetime.date, by: Access) -> Membership:
    """Make an organisation a member from a day on. Raises NotPermitted, Already if it is one, or will be."""
    by.require(Perm.MANAGE_MEMBERS, partnership)
    Partnership.objects.select_for_update(of=("self",), no_key=True).get(pk=partnership.pk)
    memberships = Membership.objects.filter(partnership=partnership, organisation=organisation)
    if overlapping(memberships, starts_on).exists():
        raise Already(_("%(organisation)s is a member already.") % {"organisation": organisation.name})
    membership = Membership.objects.create(partnership=partnership, organisation=organisation, starts_on=starts_on)
    deeds.record("partnerships.joined", membership, by=by, changes={"organisation": [None, organisation.name]})
    return membership
