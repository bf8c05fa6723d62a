"""Appointing people to Government Offices, or for the whole country: what the system's own commands do, nobody else."""

import datetime

from django.db import transaction
from django.utils.translation import gettext as _

from accounts.models import GroupMembership, Person
from core.dates import long_date
from core.refusals import Already, NotPermitted
from partnerships.actions.groups import group_of, permissions_by_name
from partnerships.models import GovernmentOffice, OfficeAppointment
from partnerships.models.periods import overlapping
from partnerships.permissions import NATIONAL_ROLES, PERMISSIONS, OfficeRole
from partnerships.tenancy.access import Access


@transaction.atomic
def appoint_to_office(
    *, office: GovernmentOffice | None, person: Person, role: OfficeRole, starts_on: datetime.date, by: Access
) -> OfficeAppointment:
    """Appoint somebody in a Government Office, or for the whole country (no office).

    Raises NotPermitted for everybody but the system's own commands, Already if they hold the role, or will.
    """
    if not by.is_system:
        raise NotPermitted(role.label)
    held = OfficeAppointment.objects.filter(office=office, person=person, role=role)
    if overlapping(held, starts_on).exists():
        raise Already(_("%(name)s holds this role already: %(role)s.") % {"name": person.name, "role": role.label})
    appointment = OfficeAppointment.objects.create(office=office, person=person, role=role, starts_on=starts_on)
    group = group_of(role=role, office=office)
    if role in NATIONAL_ROLES:
        permissions = permissions_by_name()
        group.permissions.set(permissions[perm] for perm in PERMISSIONS[role])
    # Somebody released on their first day may be appointed anew: then the group has a row of that day.
    GroupMembership.objects.update_or_create(
        person=person, group=group, starts_on=starts_on, defaults={"ends_on": None}
    )
    return appointment


@transaction.atomic
def end_office_appointment(*, appointment: OfficeAppointment, on: datetime.date, by: Access) -> OfficeAppointment:
    """End it on a day; that day it no longer holds, so if it is today access ends in this moment.

    Raises NotPermitted for everybody but the system's own commands, Already if it has ended or ends no later.
    """
    if not by.is_system:
        raise NotPermitted(OfficeRole(appointment.role).label)
    ending = OfficeAppointment.objects.select_for_update(of=("self",), no_key=True).get(pk=appointment.pk)
    ends_on = max(on, ending.starts_on)
    if ending.ends_on is not None and ending.ends_on <= ends_on:
        raise Already(_("This appointment ended on %(day)s.") % {"day": long_date(ending.ends_on)})
    ending.ends_on = ends_on
    ending.save(update_fields=["ends_on"])
    group = group_of(role=OfficeRole(ending.role), office=ending.office)
    memberships = GroupMembership.objects.filter(person=ending.person_id, group=group, starts_on=ending.starts_on)
    memberships.update(ends_on=ends_on)
    return ending
