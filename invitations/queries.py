"""Named reads of invitations."""

import datetime

from django.conf import settings
from django.db import models
from django.db.models import Case, Exists, OuterRef, QuerySet, Value, When
from django.db.models.functions import Coalesce, Lower
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from accounts.models import Person
from core.dates import LONDON, today
from invitations import keys
from partnerships.models import Appointment, Invitation, Partnership, Seat, Sitting
from partnerships.models.periods import holding, overlapping
from partnerships.permissions import Role
from partnerships.queries.people import NO_PASSWORD


def open_until() -> datetime.datetime:
    """The last second of the last day (London's) on which an invitation of now can be accepted."""
    last = today() + datetime.timedelta(days=settings.INVITATION_DAYS)
    return datetime.datetime.combine(last, datetime.time(23, 59, 59), LONDON)


class State(models.TextChoices):
    """What has become of an invitation."""

    OPEN = "open", _("Open")
    ACCEPTED = "accepted", _("Accepted")
    EXPIRED = "expired", _("Expired")
    REVOKED = "revoked", _("Withdrawn")


def invitations_of(partnership: Partnership) -> QuerySet[Invitation]:
    """All invitations of a partnership, each with its `state` and `who` it is about, by the name they have now."""
    state = Case(
        When(accepted_at__isnull=False, then=Value(State.ACCEPTED)),
        When(revoked_at__lt=models.F("expires_at"), then=Value(State.REVOKED)),
        When(expires_at__gt=timezone.now(), then=Value(State.OPEN)),
        default=Value(State.EXPIRED),
    )
    rows = Invitation.objects.filter(partnership=partnership).annotate(
        state=state, who=Coalesce("accepted_by__name", "name")
    )
    return rows.select_related("seat", "invited_by", "accepted_by")


def open_invitations(partnership: Partnership) -> QuerySet[Invitation]:
    """Those that can be accepted now, the oldest letter first."""
    rows = Invitation.objects.filter(
        partnership=partnership, accepted_at=None, revoked_at=None, expires_at__gt=timezone.now()
    )
    return rows.select_related("seat").order_by("sent_at", "pk")


def to_remind(partnership: Partnership) -> QuerySet[Invitation]:
    """Open invitations about which no letter was asked for today: a letter of today would be open for longer."""
    return open_invitations(partnership).filter(expires_at__lt=open_until())


def invitation_of(partnership: Partnership, key: keys.Key) -> Invitation | None:
    """The invitation that a letter of this partnership is about, whatever has become of it since."""
    if key.partnership_id != partnership.pk:
        return None
    rows = Invitation.objects.filter(partnership=partnership, pk=key.invitation_id)
    return rows.select_related("partnership", "seat", "invited_by").first()


def open_seats(partnership: Partnership) -> QuerySet[Seat]:
    """Seats that nobody holds or is invited to."""
    held = overlapping(Sitting.objects.filter(seat=OuterRef("pk"), partnership=partnership), today())
    invited = open_invitations(partnership).filter(seat=OuterRef("pk")).order_by()
    seats = holding(Seat.objects.filter(partnership=partnership), today())
    return seats.filter(~Exists(held), ~Exists(invited)).order_by("layer_id", "sector__order", Lower("position"))


def holders_without_account(partnership: Partnership) -> QuerySet[Person]:
    """Who sits on a seat today, has never chosen a password, and is neither appointed nor invited here."""
    sitting = holding(Sitting.objects.filter(person=OuterRef("pk"), partnership=partnership), today())
    appointed = Appointment.objects.filter(person=OuterRef("pk"), partnership=partnership, role=Role.MEMBER)
    asked = Invitation.objects.filter(
        partnership=partnership, email=OuterRef("email"), role=Role.MEMBER, accepted_at=None, revoked_at=None
    )
    return (
        Person.objects.filter(NO_PASSWORD, is_active=True)
        .filter(Exists(sitting), ~Exists(overlapping(appointed, today())), ~Exists(asked))
        .annotate(seat=sitting.order_by("pk").values("seat__position")[:1])
        .order_by(Lower("name"), "pk")
    )
