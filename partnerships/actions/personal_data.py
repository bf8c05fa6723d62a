"""Handing out what a partnership holds about a person, and taking a person's name out of the system."""

from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from accounts.models import Person
from core.refusals import Already, Gap, Incomplete, NotPermitted
from partnerships import deeds
from partnerships.forgetting import holdings
from partnerships.models import OfficeAppointment, Partnership
from partnerships.permissions import Perm
from partnerships.queries.personal_data import hindrances, partnerships_with, personal_data
from partnerships.tenancy.access import Access
from partnerships.tenancy.context import acting

ANONYMISE = gettext_lazy("Anonymise this person")


@transaction.atomic
def hand_out_data(*, partnership: Partnership, person: Person, by: Access) -> dict[str, Any]:
    """What a partnership holds about somebody, for them to have; the log says that it was handed out.

    Raises NotPermitted.
    """
    by.require(Perm.MANAGE_MEMBERS, partnership)
    told = {"name": person.name, "partnership": partnership.name, **personal_data(person, partnership)}
    deeds.record("partnerships.data_handed_out", person, by=by, about=person, partnership=partnership)
    return told


@transaction.atomic
def anonymise(*, person: Person, reason: str, by: Access) -> Person:
    """Take a person's name and addresses out of the whole system, for ever. Nothing brings them back.

    What they did and held stays, under a number: no deed of a log changes, so every chain holds. Done by an officer who
    manages the members of every partnership that holds something about them, by themselves, or by whoever runs the
    service. Raises NotPermitted, Already, Incomplete with what must end first, or without a reason.
    """
    locked = Person.objects.select_for_update(of=("self",)).get(pk=person.pk)  # also against new roles and seats
    if locked.anonymised_at is not None:
        raise Already(_("This person is anonymised already."))
    concerned = partnerships_with(locked)
    check_may_anonymise(locked, concerned, by)
    gaps = [
        Gap(_("Still held: %(place)s. It must end first") % {"place": place}) for place in hindrances(locked, by=by)
    ]
    gaps += _gaps_of_reason(reason, locked)
    if gaps:
        raise Incomplete(gaps)
    for partnership in concerned:
        with acting(partnership.pk, by=by.person_id, even_if_over=True):
            _forget(locked, partnership)
            deeds.record("partnerships.anonymised", locked, by=by, about=locked, reason=reason, partnership=partnership)
    _forget(locked, None)
    return Person.objects.get(pk=locked.pk)


def check_may_anonymise(person: Person, concerned: list[Partnership], by: Access) -> None:
    """Raises NotPermitted, saying who may: not where others hold something about them too."""
    if by.is_system or (by.person_id is not None and by.person_id == person.pk):
        return
    elsewhere = (
        person.is_superuser
        or OfficeAppointment.objects.filter(person=person).exists()
        or not concerned
        or not all(by.can(Perm.MANAGE_MEMBERS, partnership) for partnership in concerned)
    )
    if elsewhere:
        raise NotPermitted(ANONYMISE, _("Whoever runs the service"))


def _forget(person: Person, partnership: Partnership | None) -> None:
    for holding in holdings():
        if holding.forget is not None and holding.is_of_partnerships == (partnership is not None):
            rows = holding.rows(person)
            holding.forget(rows.filter(partnership=partnership) if partnership else rows, person)


def _gaps_of_reason(reason: str, person: Person) -> list[Gap]:
    said = reason.casefold()
    if not said.strip():
        return [Gap(_("Enter the reason"), anchor="id_reason")]
    if person.name.casefold() in said or person.email in said:
        return [Gap(_("Leave name and address out of the reason: it stays in the log"), anchor="id_reason")]
    return []
