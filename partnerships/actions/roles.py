"""Appointing people to roles. The appointment is the truth; the role's group follows in the same transaction."""

import datetime

from django.contrib.auth.models import Group, Permission
from django.contrib.contenttypes.models import ContentType
from django.db import transaction
from django.db.models import Count
from django.utils.translation import gettext as _

from accounts.models import GroupMembership, Person
from core.dates import long_date, today
from core.refusals import Already, NotPermitted
from partnerships import deeds
from partnerships.models import (
    Appointment,
    GovernmentOffice,
    OfficeAppointment,
    Partnership,
    PartnershipGroupPermission,
    RoleGroup,
)
from partnerships.models.periods import overlapping
from partnerships.permissions import PERMISSIONS, OfficeRole, Perm, Role
from partnerships.tenancy.access import Access


def grant() -> None:
    """Give each role's group the permissions that `PERMISSIONS` says, on every partnership: after each migrate.

    A release that knows a permission or a role more, or takes one away, needs no migration for it.
    """
    permissions = _permissions()
    if not permissions:
        return
    complete = RoleGroup.objects.exclude(partnership=None).values("partnership").annotate(roles=Count("pk"))
    lacking = Partnership.objects.exclude(pk__in=complete.filter(roles=len(Role)).values("partnership"))
    for partnership in lacking.only("region"):  # a column that a reversed migration took is not asked for
        _holders(partnership)
    granted = PartnershipGroupPermission.objects.values_list("group_id", "content_object_id", "permission_id", "pk")
    stands = {(group, partnership, permission): pk for group, partnership, permission, pk in granted}
    wanted = _wanted(permissions)
    PartnershipGroupPermission.objects.bulk_create(
        PartnershipGroupPermission(group_id=group, content_object_id=partnership, permission_id=permission)
        for group, partnership, permission in sorted(wanted - stands.keys())
    )
    PartnershipGroupPermission.objects.filter(pk__in=[stands[key] for key in stands.keys() - wanted]).delete()


def _wanted(permissions: dict[str, Permission]) -> set[tuple[int, int, int]]:
    """Group, partnership, permission, as `PERMISSIONS` says: for a partnership's own groups, and its office's."""
    in_region: dict[int, list[int]] = {}
    for partnership_id, office_id in Partnership.objects.values_list("pk", "region__office"):
        in_region.setdefault(office_id, []).append(partnership_id)
    return {
        (holder.group_id, partnership_id, permissions[perm].pk)
        for holder in RoleGroup.objects.exclude(partnership=None, office=None)
        for partnership_id in (
            [holder.partnership_id] if holder.partnership_id else in_region.get(holder.office_id or 0, [])
        )
        for perm in PERMISSIONS[holder.role]
    }


def make_groups(partnership: Partnership) -> None:
    """Give a new partnership a group for each role, and its Government Office's groups their permissions on it."""
    permissions = _permissions()
    PartnershipGroupPermission.objects.bulk_create(
        PartnershipGroupPermission(group=group, content_object=partnership, permission=permissions[perm])
        for role, group in _holders(partnership)
        for perm in PERMISSIONS[role]
    )


def _holders(partnership: Partnership) -> list[tuple[Role | OfficeRole, Group]]:
    """The groups that hold permissions on a partnership: of its own roles, and of its Government Office's."""
    office = GovernmentOffice.objects.get(region_id=partnership.region_id)
    own: list[tuple[Role | OfficeRole, Group]] = [(role, _group(role=role, partnership=partnership)) for role in Role]
    return own + [(role, _group(role=role, office=office)) for role in OfficeRole if role != OfficeRole.NATIONAL]


@transaction.atomic
def appoint(
    *,
    partnership: Partnership,
    person: Person,
    role: Role,
    starts_on: datetime.date,
    ends_on: datetime.date | None = None,
    by: Access,
) -> Appointment:
    """Appoint somebody to a role from a day on, perhaps until a day.

    Raises NotPermitted, Already if they hold it on a day of that time.
    """
    by.require(Perm.MANAGE_MEMBERS, partnership)
    Partnership.objects.select_for_update(of=("self",), no_key=True).get(pk=partnership.pk)
    held = Appointment.objects.filter(partnership=partnership, person=person, role=role)
    if overlapping(held, starts_on, ends_on).exists():
        raise Already(_("%(name)s holds this role already: %(role)s.") % {"name": person.name, "role": role.label})
    appointment = Appointment.objects.create(
        partnership=partnership,
        person=person,
        role=role,
        starts_on=starts_on,
        ends_on=ends_on,
        appointed_by_id=by.person_id,
    )
    group = _group(role=role, partnership=partnership)
    # Somebody released on their first day may be appointed anew: then the group has a row of that day.
    GroupMembership.objects.update_or_create(
        person=person, group=group, starts_on=starts_on, defaults={"ends_on": ends_on}
    )
    deeds.record("partnerships.appointed", appointment, by=by, about=person, changes={"role": [None, role]})
    return appointment


@transaction.atomic
def end_appointment(*, appointment: Appointment, on: datetime.date, reason: str, by: Access) -> Appointment:
    """End an appointment on a day; that day it no longer holds, so if it is today access ends in this moment.

    What is dated ahead can be brought forward, not put off.
    Raises NotPermitted, Already if it has ended or ends sooner.
    """
    by.require(Perm.MANAGE_MEMBERS, appointment.partnership)
    locked = Appointment.objects.select_for_update(of=("self",), no_key=True).get(pk=appointment.pk)
    if locked.ends_on is not None and locked.ends_on <= today():
        raise Already(_("This appointment ended on %(day)s.") % {"day": long_date(locked.ends_on)})
    if locked.ends_on is not None and locked.ends_on < on:
        raise Already(_("This appointment ends on %(day)s already.") % {"day": long_date(locked.ends_on)})
    before, locked.ends_on = locked.ends_on, max(on, locked.starts_on)
    locked.save(update_fields=["ends_on"])
    GroupMembership.objects.filter(
        person_id=locked.person_id,
        group=_group(role=Role(locked.role), partnership=locked.partnership),
        starts_on=locked.starts_on,
    ).update(ends_on=max(on, locked.starts_on))
    changes = {"ends_on": [before.isoformat() if before else None, locked.ends_on.isoformat()]}
    deeds.record("partnerships.appointment_ended", locked, by=by, about=locked.person, reason=reason, changes=changes)
    return locked


@transaction.atomic
def appoint_to_office(
    *, office: GovernmentOffice | None, person: Person, role: OfficeRole, starts_on: datetime.date, by: Access
) -> OfficeAppointment:
    """Appoint somebody in a Government Office, or as a national viewer (no office).

    Raises NotPermitted for everybody but the system's own commands, Already if they hold the role.
    """
    if not by.is_system:
        raise NotPermitted(role.label)
    if OfficeAppointment.objects.filter(office=office, person=person, role=role, ends_on=None).exists():
        raise Already(_("%(name)s holds this role already: %(role)s.") % {"name": person.name, "role": role.label})
    appointment = OfficeAppointment.objects.create(office=office, person=person, role=role, starts_on=starts_on)
    group = _group(role=role, office=office)
    if role == OfficeRole.NATIONAL:
        permissions = _permissions()
        group.permissions.set(permissions[perm] for perm in PERMISSIONS[role])
    GroupMembership.objects.create(person=person, group=group, starts_on=starts_on)
    return appointment


def _permissions() -> dict[str, Permission]:
    content_type = ContentType.objects.get_for_model(Partnership)
    return {row.codename: row for row in Permission.objects.filter(content_type=content_type)}


def _group(
    *, role: Role | OfficeRole, partnership: Partnership | None = None, office: GovernmentOffice | None = None
) -> Group:
    """The group that holds a role; made when it is first asked for."""
    scope = f"partnership {partnership.pk}" if partnership else f"office {office.pk}" if office else "national"
    group, made = Group.objects.get_or_create(name=f"{role.value}, {scope}")
    if made:
        RoleGroup.objects.create(group=group, partnership=partnership, office=office, role=role)
    return group
