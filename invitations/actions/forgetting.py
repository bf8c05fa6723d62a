"""Emptying what an invitation says of a person, once it is of no more use."""

import datetime

from django.db import transaction
from django.db.models import Q
from django.utils import timezone

from partnerships import deeds
from partnerships.models import Invitation, Partnership
from partnerships.tenancy.access import Access

# Time for an officer to see who did not answer, and to ask anew.
KEPT_FOR = datetime.timedelta(days=90)


@transaction.atomic
def forget(*, partnership: Partnership, by: Access) -> int:
    """Empty name and address of what was answered, withdrawn or has expired 90 days ago. Returns how many rows.

    Who accepted stays known as a person. What expired is closed with it, so that the address can be invited anew.
    """
    now = timezone.now()
    rows = Invitation.objects.filter(due_to_forget(now), partnership=partnership).select_for_update(no_key=True)
    for invitation in rows:
        lapsed = invitation.accepted_at is None and invitation.revoked_at is None
        if lapsed:
            invitation.revoked_at = now
        invitation.email = invitation.name = ""
        invitation.save(update_fields=["email", "name", "revoked_at"])
        if lapsed:
            deeds.record("invitations.lapsed", invitation, by=by)
    return len(rows)


def due_to_forget(now: datetime.datetime) -> Q:
    """Rows that say who was invited though it has not mattered for 90 days."""
    before = now - KEPT_FOR
    over = Q(accepted_at__lt=before) | Q(revoked_at__lt=before) | Q(expires_at__lt=before, accepted_at=None)
    return over & ~(Q(email="") & Q(name=""))
