"""Appointing people to roles. The appointment is the truth; the role's group follows in the same transaction."""

import datetime

from django.db import transaction
from django.db.models import Q
from django.utils.translation import gettext as _

from accounts.models import GroupMembership, Person
from core.dates import date_time, long_date, today
from core.refusals import Already, WrongState
from partnerships import deeds
from partnerships.actions.groups import group_of
from partnerships.models import Appointment, Deed, Invitation, Partnership
from partnerships.models.periods import overlapping
from partnerships.permissions import Perm, Role
from partnerships.tenancy.access import Access

ENDED = "partnerships.appointment_ended"


class LastOfficer(WrongState):
    """Nobody would be left to let anybody in."""

    def sentence(self) -> str:
        return _(
            "This is the last co-ordinating officer who can sign in. Invite or appoint another one first; "
            "then this appointment can end."
        )


@transaction.atomic
def appoint(
    *,
    partnership: Partnership,
    person: Person,
    role: Role,
    starts_on: datetime.date,
    ends_on: datetime.date | None = None,
    invitation: Invitation | None = None,
    by: Access,
) -> Appointment:
    """Appoint somebody to a role from a day on, perhaps until a day.

    With the invitation that they have just accepted it is they who do it, and whoever invited them appoints them.
    Raises NotPermitted, Already if they hold it on a day of that time, WrongState if their account is closed.
    """
    by.require(Perm.MANAGE_MEMBERS, partnership)
    Partnership.objects.select_for_update(of=("self",), no_key=True).get(pk=partnership.pk)
    if not person.is_active:
        raise WrongState(_("appoint somebody"), _("their account is closed"))
    held = Appointment.objects.filter(partnership=partnership, person=person, role=role)
    if overlapping(held, starts_on, ends_on).exists():
        raise Already(_("%(name)s holds this role already: %(role)s.") % {"name": person.name, "role": role.label})
    appointment = Appointment.objects.create(
        partnership=partnership,
        person=person,
        role=role,
        starts_on=starts_on,
        ends_on=ends_on,
        appointed_by_id=invitation.invited_by_id if invitation else by.person_id,
    )
    group = group_of(role=role, partnership=partnership)
    # Somebody released on their first day may be appointed anew: then the group has a row of that day.
    GroupMembership.objects.update_or_create(
        person=person, group=group, starts_on=starts_on, defaults={"ends_on": ends_on}
    )
    verb = "partnerships.appointed_as_invited" if invitation else "partnerships.appointed"
    deeds.record(verb, appointment, by=by, about=person, changes={"role": [None, role]})
    return appointment


@transaction.atomic
def end_appointment(*, appointment: Appointment, on: datetime.date, reason: str, by: Access) -> Appointment:
    """End an appointment on a day; that day it no longer holds, so if it is today access ends in this moment.

    What is dated ahead can be brought forward, not put off.
    Raises NotPermitted, Already (who said so, and when) if it has ended or ends no later, LastOfficer if no other
    co-ordinating officer who can sign in stays as long; the system's own commands may remove that one too.
    """
    partnership = appointment.partnership
    by.require(Perm.MANAGE_MEMBERS, partnership)
    # Before the row itself: of two officers who end each other's appointment at once, one stays.
    Partnership.objects.select_for_update(of=("self",), no_key=True).get(pk=partnership.pk)
    locked = Appointment.objects.select_related("person").select_for_update(of=("self",), no_key=True)
    ending = locked.get(pk=appointment.pk, partnership=partnership)
    ends_on = max(on, ending.starts_on)
    if ending.ends_on is not None and ending.ends_on <= ends_on:
        raise Already(_ended_already(ending))
    if ending.role == Role.OFFICER and not by.is_system and not leaves_an_officer(ending, ends_on):
        raise LastOfficer
    before, ending.ends_on = ending.ends_on, ends_on
    ending.save(update_fields=["ends_on"])
    GroupMembership.objects.filter(
        person_id=ending.person_id,
        group=group_of(role=Role(ending.role), partnership=partnership),
        starts_on=ending.starts_on,
    ).update(ends_on=ends_on)
    changes = {"ends_on": [before.isoformat() if before else None, ends_on.isoformat()]}
    deeds.record(ENDED, ending, by=by, about=ending.person, reason=reason, changes=changes)
    return ending


def leaves_an_officer(appointment: Appointment, on: datetime.date) -> bool:
    """Whether somebody else is in office when this ends on a day, and for no shorter time than it would have lasted."""
    others = Appointment.objects.filter(
        partnership=appointment.partnership_id,
        role=Role.OFFICER,
        person__is_active=True,
        starts_on__lte=max(on, today()),
    ).exclude(person=appointment.person_id)
    as_long = Q(ends_on=None)
    if appointment.ends_on is not None:
        as_long |= Q(ends_on__gte=appointment.ends_on)
    return others.filter(as_long).exists()


def _ended_already(appointment: Appointment) -> str:
    """On what day it ends, and, where the log knows, who said so and when."""
    ends_on = appointment.ends_on
    if ends_on is None:
        raise ValueError("this appointment has no end")
    over = (
        _("This appointment ended on %(day)s.")
        if ends_on <= today()
        else _("This appointment ends on %(day)s already.")
    )
    said = over % {"day": long_date(ends_on)}
    rows = Deed.objects.filter(partnership=appointment.partnership_id, verb=ENDED, subject_id=appointment.pk)
    deed = rows.select_related("by", "about").order_by("-number").first()
    if deed is None:
        return said
    return f"{said} " + _("%(who)s entered that on %(at)s.") % {"who": deed.who, "at": date_time(deed.at)}
