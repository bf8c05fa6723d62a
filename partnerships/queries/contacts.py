"""Reads of points of contact: whom everybody may turn to, and who of the partnership stands behind it."""

from typing import Any

from django.db.models import Q, QuerySet
from django.db.models.functions import Lower

from accounts.models import Person
from core.dates import today
from partnerships.models import Appointment, ContactPoint, Neighbourhood, Partnership, Sitting
from partnerships.models.periods import holding

FIELDS = ("name", "email", "telephone", "address", "getting_involved", "person")


def first_contact(partnership: Partnership) -> ContactPoint | None:
    """The first point of contact of the whole partnership, if it has named one."""
    return ContactPoint.objects.filter(partnership=partnership, neighbourhood=None).first()


def contact_of(neighbourhood: Neighbourhood) -> ContactPoint | None:
    """The point of contact of a neighbourhood, if it has its own."""
    found = ContactPoint.objects.filter(partnership=neighbourhood.partnership_id, neighbourhood=neighbourhood)
    return found.select_related("person").first()


def contacts_of(neighbourhoods: QuerySet[Neighbourhood], partnership: Partnership) -> dict[int, ContactPoint]:
    """The points of contact of neighbourhoods, by their numbers."""
    points = ContactPoint.objects.filter(partnership=partnership, neighbourhood__in=neighbourhoods.values("pk"))
    return {point.neighbourhood_id: point for point in points if point.neighbourhood_id}


def contact_values(point: ContactPoint | None) -> dict[str, Any]:
    """What the form of a point of contact shows and a save compares; before there is one, nothing."""
    if point is None:
        return {**dict.fromkeys(FIELDS, ""), "person": None}
    return {name: getattr(point, "person_id" if name == "person" else name) for name in FIELDS}


def people_here(partnership: Partnership, also: int | None = None) -> QuerySet[Person]:
    """Whoever has a role or a seat in a partnership today, by name; `also` somebody who is named already."""
    appointments = holding(Appointment.objects.filter(partnership=partnership), today())
    sittings = holding(Sitting.objects.filter(partnership=partnership), today())
    here = Q(pk__in=appointments.values("person")) | Q(pk__in=sittings.values("person")) | Q(pk=also)
    return Person.objects.filter(here).order_by(Lower("name"), "pk")
