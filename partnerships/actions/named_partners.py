"""Named partners: which members an agreement names as having a duty to co-operate."""

import datetime

from django.db import transaction
from django.utils.translation import gettext as _

from core.dates import long_date, today
from core.refusals import Already
from partnerships import deeds
from partnerships.models import DutyPartner, Membership, NamedPartner
from partnerships.models.periods import overlapping
from partnerships.permissions import Perm
from partnerships.tenancy.access import Access


@transaction.atomic
def name_partner(
    *, membership: Membership, duty: DutyPartner, agreement: str, starts_on: datetime.date, by: Access
) -> NamedPartner:
    """Mark a member as a partner that an agreement names, from a day on.

    The duty belongs to the agreement: it holds also after the membership ends. Raises NotPermitted, Already if the
    agreement names it so already, or will.
    """
    by.require(Perm.MANAGE_MEMBERS, membership.partnership)
    Membership.objects.select_for_update(of=("self",), no_key=True).get(pk=membership.pk)
    own = {"partnership_id": membership.partnership_id, "organisation_id": membership.organisation_id}
    named = NamedPartner.objects.filter(**own, duty=duty, agreement=agreement)
    if overlapping(named, starts_on).exists():
        raise Already(_("“%(agreement)s” names this member already.") % {"agreement": agreement})
    naming = NamedPartner.objects.create(**own, duty=duty, agreement=agreement, starts_on=starts_on)
    changes = {"agreement": [None, agreement], "duty": [None, duty.name]}
    deeds.record("partnerships.named", naming, by=by, changes=changes)
    return naming


@transaction.atomic
def end_naming(*, naming: NamedPartner, on: datetime.date, reason: str, by: Access) -> NamedPartner:
    """End such a mark on a day, the first on which it no longer holds; brought forward it can be, not put off.

    Raises NotPermitted, Already if it has ended or ends sooner.
    """
    by.require(Perm.MANAGE_MEMBERS, naming.partnership)
    locked = NamedPartner.objects.select_for_update(of=("self",), no_key=True).get(pk=naming.pk)
    if locked.ends_on is not None and (locked.ends_on <= today() or locked.ends_on <= on):
        raise Already(_("This ends, or ended, on %(day)s.") % {"day": long_date(locked.ends_on)})
    before, locked.ends_on = locked.ends_on, max(on, locked.starts_on)
    locked.save(update_fields=["ends_on"])
    changes = {
        "agreement": [locked.agreement, locked.agreement],
        "ends_on": [before.isoformat() if before else None, locked.ends_on.isoformat()],
    }
    deeds.record("partnerships.naming_ended", locked, by=by, reason=reason, changes=changes)
    return locked
