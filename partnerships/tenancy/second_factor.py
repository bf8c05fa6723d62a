"""Who must prove in a second way who they are, and by when.

Whoever holds one of `PROTECTED_ROLES` has `SECOND_FACTOR_GRACE_DAYS` days for it, from the day on which they were
entered in such a role, or, if that is later, from the day on which the role began.
"""

import datetime
from dataclasses import dataclass

from allauth.mfa.models import Authenticator
from django.conf import settings
from django.db.models import Exists, Min
from django.db.models.functions import Greatest, TruncDate

from accounts.models import GroupMembership, Person
from core.dates import LONDON, today
from partnerships.permissions import PROTECTED_ROLES

# Codes on paper help somebody who has lost the other; they are not one.
SECOND_FACTORS = (Authenticator.Type.TOTP, Authenticator.Type.WEBAUTHN)


@dataclass(frozen=True)
class SecondFactor:
    """Whether somebody needs one, whether they have one, and the last day (London) on which they can do without."""

    needed: bool = False
    has: bool = False
    due_on: datetime.date = datetime.date.max

    @property
    def missing(self) -> bool:
        """Needed, and not there."""
        return self.needed and not self.has

    @property
    def overdue(self) -> bool:
        """Missing, and the time for it is over: partnership pages stay closed."""
        return self.missing and self.due_on < today()


def second_factor(person: Person) -> SecondFactor:
    """How it stands with somebody today, in one query. The earliest of the current memberships counts."""
    asked_on = Min(Greatest(TruncDate("entered_at", tzinfo=LONDON), "starts_on"))
    has = Exists(Authenticator.objects.filter(user=person, type__in=SECOND_FACTORS))
    held = GroupMembership.current_on(today()).filter(person=person, group__role_group__role__in=PROTECTED_ROLES)
    row = held.values("person").annotate(asked_on=asked_on, has=has).order_by("person").first()
    if row is None:
        return SecondFactor()
    grace = datetime.timedelta(days=settings.SECOND_FACTOR_GRACE_DAYS)
    return SecondFactor(needed=True, has=row["has"], due_on=row["asked_on"] + grace)
