"""Partners as they stand on paper: by their organisation, else by their role. A change of people changes nothing."""

from collections.abc import Callable, Sequence
from datetime import date, datetime
from typing import TypeVar

from django.db.models import Q, QuerySet
from django.db.models.functions import Lower
from django.utils.translation import gettext as _

from accreditation.models import Score, SelfAssessment, SignOff
from core.dates import LONDON
from partnerships.models import Appointment, Organisation, Partnership, Sitting
from partnerships.models.periods import holding
from partnerships.permissions import PERMISSIONS, Perm, Role

Row = TypeVar("Row", Score, SignOff)

# The role in which somebody takes part, the weightiest first.
PARTNERS = [role for role in (Role.CHAIR, *Role) if Perm.TAKE_PART in PERMISSIONS[role]]


def speaks_for(partnership: Partnership, person_id: int | None) -> QuerySet[Organisation]:
    """The organisations for which somebody sits, or stands in, today: those in whose name they may score and sign."""
    own = Q(person=person_id) | Q(substitute=person_id)
    seated = holding(Sitting.objects.filter(own, partnership=partnership), partnership.last_day)
    return Organisation.objects.filter(pk__in=seated.values("seat__organisation")).order_by(Lower("name"))


def labels(assessment: SelfAssessment, rows: Sequence[Row], when: Callable[[Row], datetime]) -> dict[int, str]:
    """Row → who it is from: the organisation, else the role that the person had on the day. One query."""
    people = {row.person_id for row in rows if row.organisation_id is None}
    held: dict[int, list[Appointment]] = {}
    if people:
        roles = Appointment.objects.filter(partnership=assessment.partnership_id, person__in=people)
        for appointment in roles.order_by("starts_on", "pk"):
            held.setdefault(appointment.person_id, []).append(appointment)
    return {
        row.pk: row.organisation.name
        if row.organisation is not None
        else _role(held.get(row.person_id, []), when(row).astimezone(LONDON).date())
        for row in rows
    }


def _role(appointments: Sequence[Appointment], day: date) -> str:
    on_the_day = {
        each.role for each in appointments if each.starts_on <= day and (each.ends_on is None or each.ends_on > day)
    }
    return next((str(role.label) for role in PARTNERS if role in on_the_day), _("A partner"))


def partners_of(partnership: Partnership) -> list[Appointment]:
    """Whoever takes part today, by their weightiest role; each with the person, by name."""
    held = holding(Appointment.objects.filter(partnership=partnership, role__in=PARTNERS), partnership.last_day)
    rows = held.select_related("person").filter(person__is_active=True)
    weight = {role: place for place, role in enumerate(PARTNERS)}
    first: dict[int, Appointment] = {}
    for row in sorted(rows, key=lambda each: (weight[Role(each.role)], each.pk)):
        first.setdefault(row.person_id, row)
    return sorted(first.values(), key=lambda each: (each.person.name.casefold(), each.pk))
