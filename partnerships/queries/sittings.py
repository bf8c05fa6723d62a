"""Reads of who sat on a seat, and of what else somebody is in a partnership."""

import datetime
from typing import Any

from django.db.models import Q, QuerySet
from django.db.models.functions import Lower

from accounts.models import Person
from core.dates import today
from partnerships.models import Appointment, Partnership, Seat, Sitting
from partnerships.models.periods import overlapping


def sittings_of(seat: Seat) -> QuerySet[Sitting]:
    """Who sat, sits and will sit on a seat, the latest first."""
    sittings = Sitting.objects.filter(partnership=seat.partnership_id, seat=seat)
    return sittings.select_related("person", "substitute", "seat__partnership").order_by("-starts_on", "-pk")


def sits_from(partnership: Partnership | int, person: Person | int, day: datetime.date) -> QuerySet[Sitting]:
    """The sittings of a partnership by which somebody sits, or stands in, on a day or later."""
    own = Q(person=person) | Q(substitute=person)
    return overlapping(Sitting.objects.filter(own, partnership=partnership), day)


def appointments_from(partnership: Partnership | int, person: Person | int, day: datetime.date) -> QuerySet[Any]:
    """The appointments that somebody holds in a partnership on a day or later, by role."""
    held = Appointment.objects.filter(partnership=partnership, person=person)
    return overlapping(held, day).select_related("partnership", "person").order_by("role", "starts_on")


def known_people(partnership: Partnership) -> QuerySet[Person]:
    """Whoever has, or had, a role, a seat or a substitute's place in a partnership, by name."""
    here: dict[str, Any] = {"partnership": partnership}
    sittings = Sitting.objects.filter(**here)
    known = (
        Appointment.objects.filter(**here)
        .values("person")
        .union(sittings.values("person"), sittings.exclude(substitute=None).values("substitute"))
    )
    return Person.objects.filter(pk__in=known, anonymised_at=None).order_by(Lower("name"), "pk")


def open_again_since(seat: Seat) -> datetime.date | None:
    """The day on which the last of those who sat on it left; None if nobody ever did, or somebody sits or will."""
    ends = list(Sitting.objects.filter(partnership=seat.partnership_id, seat=seat).values_list("ends_on", flat=True))
    if not ends or None in ends:
        return None
    last = max(day for day in ends if day is not None)
    return last if last <= today() else None
