"""Merging partnerships, into a new one or into one of them. The old ones end and stay as they were, for reading."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _

from accounts.models import GroupMembership
from core.dates import today
from core.refusals import Already, WrongState
from partnerships import deeds
from partnerships.actions.closing import close, ended_already, held, refuse_if_hindered, seal
from partnerships.actions.groups import group_of
from partnerships.actions.partnerships import enter
from partnerships.models import (
    Appointment,
    Authority,
    ContactPoint,
    MemberContact,
    Membership,
    NamedPartner,
    Neighbourhood,
    NeighbourhoodArea,
    Organisation,
    Partnership,
    PartnershipArea,
    Seat,
    Sitting,
)
from partnerships.permissions import Perm, Role
from partnerships.queries.merging_partnerships import Plan, plan, possible_areas
from partnerships.queries.places import areas_on
from partnerships.tenancy.access import Access
from partnerships.tenancy.context import acting, reading


@dataclass(frozen=True)
class NewPartnership:
    """What a partnership is called that a merge founds."""

    name: str
    short_name: str
    slug: str
    accountable_body: Organisation | None = None


@transaction.atomic
def merge(
    *,
    parts: Sequence[Partnership],
    into: Partnership | NewPartnership,
    areas: Sequence[Authority],
    reason: str,
    seen: str | None = None,
    by: Access,
) -> Partnership:
    """End partnerships today in favour of one successor, which takes over what `plan` says. Returns the successor.

    `seen` is the seal of the plan that whoever confirms has read; None for the system's own commands.
    Raises NotPermitted, Already if one has ended, something else would be done now or the name is taken, Hindered,
    WrongState if the areas are of another region.
    """
    for part in parts:
        by.require(Perm.CLOSE_PARTNERSHIP, part)
    locked = held(*parts)
    stays = next((part for part in locked if isinstance(into, Partnership) and part.pk == into.pk), None)
    for part in locked:
        if part.ended_on is not None:
            raise Already(ended_already(part))
        if part != stays:
            refuse_if_hindered(part)
    _refuse_areas(locked, stays, areas, by)
    successor = stays or _found(into, areas, by)
    ending = [part for part in locked if part != stays]
    for part in ending:
        part.ended_on, part.successor = today(), successor
        with acting(part.pk, by=by.person_id, even_if_over=True):
            seal(part, reason=reason, by=by)
    with reading([part.pk for part in locked], by=by.person_id):
        made = plan(locked, stays)
    if seen is not None and made.seal != seen:
        raise Already(_("Something has changed since you opened this page. Look at it again before you confirm."))
    for part in ending:
        with acting(part.pk, by=by.person_id, even_if_over=True):
            close(part, by=by)
    with acting(successor.pk, by=by.person_id):
        _set_areas(successor, areas, by)
        _take_over(made, successor, reason, by)
    return successor


def _refuse_areas(
    parts: Sequence[Partnership], stays: Partnership | None, areas: Sequence[Authority], by: Access
) -> None:
    """One region, which is that of the partnership that stays; and nobody takes an area that was none of theirs."""
    regions = {area.region_id for area in areas} | ({stays.region_id} if stays else set())
    possible = set(possible_areas(parts).values_list("pk", flat=True))
    if len(regions) != 1 or not areas or not (by.is_system or possible.issuperset(area.pk for area in areas)):
        names = ", ".join(area.name for area in areas) or _("none")
        raise WrongState(_("merge the partnerships for these areas"), names)


def _found(new: Any, areas: Sequence[Authority], by: Access) -> Partnership:
    successor = enter(
        name=new.name,
        short_name=new.short_name,
        slug=new.slug,
        areas=areas,
        accountable_body=new.accountable_body,
        founded_on=today(),
    )
    with acting(successor.pk, by=by.person_id):
        deeds.record("partnerships.founded", successor, by=by)
    return successor


def _set_areas(successor: Partnership, areas: Sequence[Authority], by: Access) -> None:
    """These from today on, and no others."""
    day, wanted = today(), {area.pk for area in areas}
    since = [None, day.isoformat()]
    standing = list(areas_on(day).filter(partnership=successor).select_related("authority"))
    gone = [row for row in standing if row.authority_id not in wanted]
    for row in gone:
        row.ends_on = day
        row.save(update_fields=["ends_on"])
    come = wanted - {row.authority_id for row in standing}
    new = PartnershipArea.objects.bulk_create(
        PartnershipArea(partnership=successor, authority=area, starts_on=day) for area in areas if area.pk in come
    )
    deeds.record_all("partnerships.area_ended", _alone(gone), by=by, changes=lambda row: {"ends_on": since})
    deeds.record_all("partnerships.area_added", _alone(new), by=by, changes=lambda row: {"starts_on": since})


def _take_over(made: Plan, successor: Partnership, reason: str, by: Access) -> None:
    """Write the rows anew in the successor, from today on."""
    memberships = _copies(Membership, made.memberships.rows, successor)
    _copies(MemberContact, made.contacts_at_members, successor, membership=memberships)
    named = _copies(NamedPartner, made.named_partners.rows, successor)
    seats = _copies(Seat, made.seats.rows, successor)
    sittings = _copies(Sitting, made.sittings, successor, seat=seats)
    places = _copies(Neighbourhood, made.neighbourhoods.rows, successor, names=made.renamed)
    _copies(NeighbourhoodArea, made.small_areas.rows, successor, neighbourhood=places)
    _copies(ContactPoint, made.contact_points, successor, neighbourhood=places)
    appointments = _appoint(made.appointments.rows, successor, by)
    counts = {
        "member organisations": [0, len(memberships)],
        "seats": [0, len(seats)],
        "appointments": [0, len(appointments)],
        "neighbourhoods": [0, len(places)],
    }
    names = ", ".join(part.name for part in made.ending)
    deeds.record("partnerships.took_over", successor, by=by, reason=reason, changes={"from": [None, names], **counts})
    for rows in (memberships, named, seats, places):
        deeds.record_all("partnerships.taken_over", _alone(rows.values()), by=by)
    held_by = ((row, row.person) for row in (*sittings.values(), *appointments))
    deeds.record_all("partnerships.taken_over", held_by, by=by)


def _copies(
    model: Any,
    rows: Sequence[Any],
    successor: Partnership,
    *,
    names: Mapping[int, str] | None = None,
    **parents: Mapping[int, Any],
) -> dict[int, Any]:
    """The same rows in the successor, by the number of the old one. `parents` give the new rows that they hang on."""
    own = [field for field in model._meta.concrete_fields if field.name not in {"id", "partnership", *parents}]
    copies = {}
    for row in rows:
        values = dict(_held(row, field) for field in own)
        if "starts_on" in values:
            values["starts_on"] = max(values["starts_on"], today())
        if names and row.pk in names:
            values["name"] = names[row.pk]
        hung = {name: new.get(getattr(row, f"{name}_id")) for name, new in parents.items()}
        copies[row.pk] = model(partnership=successor, **values, **hung)
    model.objects.bulk_create(list(copies.values()), batch_size=500)
    return copies


def _held(row: Any, field: Any) -> tuple[str, Any]:
    """What a column holds; a row that came with the query as itself, so that the log need not ask for its name."""
    name = field.name if field.is_relation and field.is_cached(row) else field.attname
    return name, getattr(row, name)


def _appoint(rows: Sequence[Appointment], successor: Partnership, by: Access) -> list[Appointment]:
    """The appointments, and with each its place in the role's group."""
    made = [
        Appointment(
            partnership=successor,
            person=row.person,
            role=row.role,
            starts_on=max(row.starts_on, today()),
            ends_on=row.ends_on,
            appointed_by_id=by.person_id,
        )
        for row in rows
    ]
    Appointment.objects.bulk_create(made)
    groups = {role: group_of(role=Role(role), partnership=successor) for role in {row.role for row in made}}
    for row in made:
        GroupMembership.objects.update_or_create(
            person=row.person, group=groups[row.role], starts_on=row.starts_on, defaults={"ends_on": row.ends_on}
        )
    return made


def _alone(rows: Any) -> list[tuple[Any, None]]:
    return [(row, None) for row in rows]
