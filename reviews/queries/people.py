"""Who may deal with a case, who must stand aside, and who is written to."""

from collections.abc import Iterable
from typing import Any

from django.db.models import Q, QuerySet
from django.db.models.functions import Lower
from django.utils import timezone
from django.utils.translation import gettext as _

from accounts.models import Person
from core.dates import LONDON, long_date, today
from core.refusals import Text
from partnerships.models import Appointment, OfficeAppointment, Partnership, Sitting
from partnerships.models.periods import holding, overlapping
from partnerships.permissions import PERMISSIONS, OfficeRole, Perm, Role
from reviews.models import Case, Recusal


def people_with(permission: Perm, case: Case) -> list[Person]:
    """Whoever of the Government Office of a case, or of the whole country, holds a permission today, by name."""
    return list(_by_name(_appointed(permission, case.partnership)))


def holds_now(permission: Perm, person_id: int, case: Case) -> bool:
    """Whether somebody of the Government Office holds a permission on a case today."""
    return _appointed(permission, case.partnership).filter(person=person_id).exists()


def reviews_still(case: Case) -> bool:
    """Whether whoever has taken a case may review it today: they are in office, and have no interest."""
    if case.reviewer_id is None:
        return False
    return holds_now(Perm.REVIEW, case.reviewer_id, case) and interest_of(case.reviewer_id, case) is None


def interest_of(person_id: int, case: Case) -> Text | None:
    """Why somebody takes no part in a case, in words to stand in brackets; None if they may."""
    return interests(case, [person_id]).get(person_id)


def interests(case: Case, people: Iterable[int]) -> dict[int, Text]:
    """Whoever of these people takes no part in a case, with the reason: in three queries, however many.

    That is who has stood aside, and who has had a role or a seat in the partnership at any time since the case was
    opened, or will have one.
    """
    ids = list(people)
    since = timezone.localtime(case.opened_at, LONDON).date()
    name = case.partnership.short_name
    found: dict[int, Text] = {}
    own = Q(person__in=ids) | Q(substitute__in=ids)
    sittings = overlapping(Sitting.objects.filter(own, partnership=case.partnership_id), since)
    for sitting in sittings.select_related("seat"):
        words = _("a seat in %(name)s: %(seat)s") % {"name": name, "seat": sitting.seat.position}
        found |= {pk: words for pk in (sitting.person_id, sitting.substitute_id) if pk in ids}
    roles = Appointment.objects.filter(person__in=ids, partnership=case.partnership_id)
    for appointment in overlapping(roles, since):
        words = _("a role in %(name)s: %(role)s") % {"name": name, "role": appointment.get_role_display()}
        found[appointment.person_id] = words
    for recusal in Recusal.objects.filter(partnership=case.partnership_id, case=case, person__in=ids):
        found[recusal.person_id] = _("stood aside on %(day)s") % {"day": long_date(recusal.at)}
    return found


def impartial(people: Iterable[Person], case: Case) -> list[Person]:
    """Of these people those who may deal with the case, in their order."""
    everybody = list(people)
    aside = interests(case, [person.pk for person in everybody])
    return [person for person in everybody if person.pk not in aside]


def chair_and_officers(partnership: Partnership) -> list[Person]:
    """Whom the partnership's letters go to: who chairs and who co-ordinates it today, by name."""
    roles = holding(Appointment.objects.filter(partnership=partnership), today())
    return list(_by_name(roles.filter(role__in=[Role.CHAIR, Role.OFFICER], person__is_active=True)))


def office_of(case: Case) -> list[Person]:
    """Whom the office's letters about a case go to: its reviewers and managers of today, by name."""
    return people_with(Perm.REVIEW, case)


def staff_of(region_id: int, permission: Perm = Perm.REVIEW) -> QuerySet[Person]:
    """Whoever reviews (or may do something else) for the Government Office of a region today, by name."""
    return _by_name(in_office(permission).filter(office__region=region_id))


def in_office(permission: Perm) -> QuerySet[OfficeAppointment]:
    """The appointments of today, of any office and of the whole country, that hold a permission."""
    roles = [role for role in OfficeRole if permission in PERMISSIONS[role]]
    return holding(OfficeAppointment.objects.filter(role__in=roles, person__is_active=True), today())


def _appointed(permission: Perm, partnership: Partnership) -> QuerySet[OfficeAppointment]:
    where = Q(office__region=partnership.region_id) | Q(office__isnull=True)
    return in_office(permission).filter(where)


def _by_name(appointments: QuerySet[Any]) -> QuerySet[Person]:
    return Person.objects.filter(pk__in=appointments.values("person")).order_by(Lower("name"), "pk")
