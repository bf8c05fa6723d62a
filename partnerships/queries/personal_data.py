"""Reads of what is held about one person: for themselves, for an officer of one partnership, before it is forgotten."""

from dataclasses import dataclass
from typing import Any

from django.db.models import Q
from django.utils.translation import gettext as _

from accounts.models import Person
from core.dates import today
from core.refusals import Text
from partnerships.forgetting import Holding, Rows, holdings
from partnerships.models import Appointment, OfficeAppointment, Partnership, Sitting
from partnerships.models.periods import overlapping
from partnerships.permissions import Perm
from partnerships.tenancy.access import Access
from partnerships.tenancy.context import reading_everywhere


@dataclass(frozen=True)
class Held:
    """How many rows of a kind there are about somebody, and what becomes of them."""

    title: Text
    count: int
    fate: Text
    goes: bool


def _rows(holding: Holding, person: Person, partnership: Partnership | None) -> Rows:
    rows = holding.rows(person)
    return rows.filter(partnership=partnership) if partnership else rows


def _of(partnership: Partnership | None) -> list[Holding]:
    return [holding for holding in holdings() if partnership is None or holding.is_of_partnerships]


def held(person: Person, partnership: Partnership | None = None) -> list[Held]:
    """What is held about somebody, in everything that is open; or what one partnership holds. One query a kind."""
    counted = ((holding, _rows(holding, person, partnership).count()) for holding in _of(partnership))
    return [Held(holding.title, count, holding.fate, holding.forget is not None) for holding, count in counted if count]


def personal_data(person: Person, partnership: Partnership | None = None) -> dict[str, Any]:
    """The same with every row, to be written as JSON: kind → rows, each with the address of its partnership."""
    return {holding.key: _told(holding, _rows(holding, person, partnership)) for holding in _of(partnership)}


def _told(holding: Holding, rows: Rows) -> list[dict[str, Any]]:
    told = {**({"partnership": "partnership__slug"} if holding.is_of_partnerships else {}), **holding.told}
    return [dict(zip(told, values, strict=True)) for values in rows.order_by("pk").values_list(*told.values())]


def partnerships_with(person: Person) -> list[Partnership]:
    """Every partnership that holds a row about somebody, in one order for everybody who locks them."""
    with reading_everywhere():
        found = {
            pk
            for holding in holdings()
            if holding.is_of_partnerships
            for pk in holding.rows(person).order_by().values_list("partnership", flat=True).distinct()
        }
        return list(Partnership.objects.filter(pk__in=found).order_by("pk"))


def hindrances(person: Person, *, by: Access) -> list[str]:
    """What somebody still holds, today or later, that must end before they can be anonymised; in words for `by`.

    Where `by` may not manage the members, no more is told than that there is something.
    """
    with reading_everywhere():
        sat = Sitting.objects.filter(Q(person=person) | Q(substitute=person)).select_related("seat", "partnership")
        roles = Appointment.objects.filter(person=person).select_related("partnership")
        found = [(row.partnership, row.seat.position) for row in overlapping(sat, today())]
        found += [(row.partnership, row.get_role_display()) for row in overlapping(roles, today())]
        offices = list(overlapping(OfficeAppointment.objects.filter(person=person).select_related("office"), today()))
    own = by.is_system or by.person_id == person.pk
    words = [
        _("%(place)s in %(partnership)s") % {"place": place, "partnership": partnership.short_name}
        for partnership, place in found
        if own or by.can(Perm.MANAGE_MEMBERS, partnership)
    ]
    words += [f"{row.get_role_display()}, {row.office or _('whole country')}" for row in offices if own]
    hidden = len(found) + len(offices) - len(words)
    return [*words, _("a role or a seat elsewhere")] if hidden else words
