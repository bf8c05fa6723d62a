"""Points of contact: naming, changing and taking off whom everybody may turn to."""

from collections.abc import Mapping
from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _

from accounts.models import Person
from core.refusals import Gap, Incomplete
from partnerships import deeds
from partnerships.actions.neighbourhoods import refuse_ended
from partnerships.actions.overtaking import refuse_overtaken
from partnerships.models import ContactPoint, Neighbourhood, Partnership
from partnerships.permissions import Perm
from partnerships.queries.contacts import contact_values, people_here
from partnerships.tenancy.access import Access

FORGOTTEN = ("name", "email", "telephone", "address")  # of people: neither log nor history keeps what they were
SOMETHING = "…"  # stands for it in the log, which tells that it changed
LONGEST_IN_A_DEED = 200


@transaction.atomic
def save_contact(
    *,
    partnership: Partnership,
    neighbourhood: Neighbourhood | None = None,
    name: str,
    email: str,
    telephone: str,
    address: str,
    getting_involved: str,
    person: Person | None,
    seen: str,
    by: Access,
) -> ContactPoint:
    """Name or change the point of contact of a partnership, or of one of its neighbourhoods.

    `seen` is the seal of the values (`contact_values`) that the writer saw. `person` is who of the partnership stands
    behind it, whom no public page names. Raises NotPermitted, Conflict with both when somebody saved it in between,
    Incomplete when nobody could be reached by it, Already when the neighbourhood has ended.
    """
    row, theirs = _held(partnership, neighbourhood, by)
    reached = {"name": name, "email": email, "telephone": telephone, "address": address}
    mine = {**reached, "getting_involved": getting_involved, "person": person.pk if person else None}
    if row is not None and mine == theirs:
        return row  # also for whoever sends the same a second time
    if row is not None:
        refuse_overtaken(row, mine=mine, theirs=theirs, seen=seen)
    _refuse_gaps(partnership, name=name, ways=[email, telephone, address], person=person, before=theirs["person"])
    verb = "changed" if row else "added"
    row = row or ContactPoint(partnership=partnership, neighbourhood=neighbourhood)
    for field, value in {**reached, "getting_involved": getting_involved, "person": person}.items():
        setattr(row, field, value)
    row.save()
    deeds.record(f"partnerships.point_of_contact_{verb}", row, by=by, about=person, changes=_changes(theirs, mine))
    return row


@transaction.atomic
def remove_contact(
    *, partnership: Partnership, neighbourhood: Neighbourhood | None = None, seen: str, by: Access
) -> None:
    """Take a point of contact off the public pages. Nothing happens where there is none.

    Raises NotPermitted, Conflict when somebody saved it after the writer looked, Already when the neighbourhood has
    ended.
    """
    row, theirs = _held(partnership, neighbourhood, by)
    if row is None:
        return
    refuse_overtaken(row, mine={}, theirs=theirs, seen=seen)
    deeds.record("partnerships.point_of_contact_removed", neighbourhood or partnership, by=by)
    row.delete()


def _held(
    partnership: Partnership, neighbourhood: Neighbourhood | None, by: Access
) -> tuple[ContactPoint | None, dict[str, Any]]:
    """The point of contact as it is now, with its values; nobody else writes one of the partnership meanwhile."""
    by.require(Perm.EDIT_CONTACTS, partnership)
    Partnership.objects.select_for_update(of=("self",), no_key=True).get(pk=partnership.pk)
    if neighbourhood is not None:
        neighbourhood.refresh_from_db()
        refuse_ended(neighbourhood)
    points = ContactPoint.objects.filter(partnership=partnership, neighbourhood=neighbourhood)
    row = points.select_for_update(of=("self",), no_key=True).select_related("neighbourhood", "person").first()
    return row, contact_values(row)


def _refuse_gaps(
    partnership: Partnership, *, name: str, ways: list[str], person: Person | None, before: int | None
) -> None:
    """Raises Incomplete when nobody is named, or there is no way to reach them, or the person is not of here."""
    gaps = []
    if not name:
        gaps.append(Gap(_("Enter whom to ask for"), anchor="id_name"))
    if not any(ways):
        gaps.append(Gap(_("Enter an e-mail address, a telephone number or an address"), anchor="id_email"))
    if person is not None and person.pk != before and not people_here(partnership).filter(pk=person.pk).exists():
        gaps.append(Gap(_("Choose somebody who has a role or a seat here"), anchor="id_person"))
    if gaps:
        raise Incomplete(gaps)


def _changes(before: Mapping[str, Any], after: Mapping[str, Any]) -> dict[str, list[str | None]]:
    """What changed, for the log. Whom it is about stands in the deed itself, by number."""
    return {
        name: [_told(name, before[name]), _told(name, value)]
        for name, value in after.items()
        if value != before[name] and name != "person"
    }


def _told(name: str, value: str) -> str | None:
    if name in FORGOTTEN:
        return SOMETHING if value else None
    return value if len(value) <= LONGEST_IN_A_DEED else f"{value[: LONGEST_IN_A_DEED - 1]}…"
