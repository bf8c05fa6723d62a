"""Points of contact are looked after by somebody: when they leave, another takes them over."""

from django.db import transaction
from django.db.models import QuerySet

from accounts.models import Person
from partnerships import deeds
from partnerships.handover import Duty, register
from partnerships.models import ContactPoint, Partnership
from partnerships.permissions import Perm
from partnerships.tenancy.access import Access


def contacts_of(partnership: Partnership, person: Person) -> QuerySet[ContactPoint]:
    """The points of contact that a person is."""
    rows = ContactPoint.objects.filter(partnership=partnership, person=person)
    return rows.select_related("partnership", "neighbourhood", "person").order_by("pk")


@transaction.atomic
def hand_over_contact(row: ContactPoint, *, to: Person, by: Access) -> None:
    """Another person stands behind a point of contact; where it bore the name or the address of the one before, theirs.

    An office's name and address stay, and so do telephone and opening hours. Raises NotPermitted.
    """
    by.require(Perm.EDIT_CONTACTS, row.partnership)
    rows = ContactPoint.objects.select_related("neighbourhood", "person").select_for_update(of=("self",), no_key=True)
    locked = rows.get(pk=row.pk, partnership=row.partnership_id)
    if locked.person is not None:
        locked.name = to.name if locked.name == locked.person.name else locked.name
        locked.email = to.email if locked.email == locked.person.email else locked.email
    locked.person = to
    locked.save(update_fields=["person", "name", "email"])
    deeds.record("partnerships.contact_handed_over", locked, by=by, about=to)


CONTACTS = Duty("contact", held_by=contacts_of, hand_over=hand_over_contact)


register(CONTACTS)
