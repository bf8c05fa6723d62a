"""What accounts and partnerships hold about people, and how they forget it."""

from allauth.account.models import EmailAddress
from allauth.mfa.models import Authenticator
from allauth.usersessions.models import UserSession
from django.contrib.sessions.models import Session
from django.db.models import Q, QuerySet
from django.db.models.functions import Now
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from accounts.models import GroupMembership, Person
from partnerships.forgetting import STAYS, Holding, Rows, holds
from partnerships.models import (
    Appointment,
    ContactPoint,
    Deed,
    Invitation,
    MemberContact,
    OfficeAppointment,
    OrganisationMerge,
    Sitting,
)

GOES = _("Is removed")
EMPTIED = _("Name and addresses are emptied")
SEAT = {"seat": "seat__position", "body": "seat__layer__name", "from": "starts_on", "until": "ends_on"}
DEED = {
    "number": "number",
    "at": "at",
    "deed": "verb",
    "kind": "subject",
    "thing": "subject_label",
    "why": "reason",
    "changes": "changes",
}


def _forget_person(rows: Rows, person: Person) -> None:
    """The row stays, because other rows name its number; of the person nothing is in it any more."""
    locked = rows.get()
    locked.name = gettext("Former member %(number)d") % {"number": person.pk}
    locked.email = f"former-member-{person.pk}@anonymised.invalid"
    locked.set_unusable_password()
    locked.is_active = locked.is_superuser = False
    locked.last_login = None
    locked.anonymised_at = Now()
    locked.save()


def _end_sessions(rows: Rows, person: Person) -> None:
    Session.objects.filter(session_key__in=list(rows.values_list("session_key", flat=True))).delete()
    rows.delete()


def _remove(rows: Rows, person: Person) -> None:
    rows.delete()


def _empty_invitations(rows: Rows, person: Person) -> None:
    rows.filter(accepted_at=None, revoked_at=None).update(revoked_at=Now())
    rows.update(name="", email="")


def _empty_points(rows: Rows, person: Person) -> None:
    """The words about getting involved stay; the page names no person until somebody is put there."""
    rows.update(person=None, name=gettext("The partnership"), email="", telephone="", address="")


def _invitations(person: Person) -> "QuerySet[Invitation]":
    return Invitation.objects.filter(Q(email=person.email) | Q(accepted_by=person.pk))


def _contacts(person: Person) -> "QuerySet[MemberContact]":
    """By address; by name alone only in partnerships of theirs, because two people may have one name."""
    return MemberContact.objects.filter(
        Q(email__iexact=person.email) | Q(name__iexact=person.name, partnership__in=_belonged(person))
    )


def _points(person: Person) -> "QuerySet[ContactPoint]":
    return ContactPoint.objects.filter(
        Q(person=person.pk)
        | Q(email__iexact=person.email)
        | Q(name__iexact=person.name, partnership__in=_belonged(person))
    )


def _belonged(person: Person) -> "QuerySet[Appointment, int]":
    sat = Sitting.objects.filter(Q(person=person.pk) | Q(substitute=person.pk)).values("partnership")
    return Appointment.objects.filter(person=person.pk).values("partnership").union(sat)  # type: ignore[return-value]


holds(
    Holding(
        "person",
        _("Name, address, account"),
        lambda person: Person.objects.filter(pk=person.pk),
        {"name": "name", "email": "email", "since": "created_at", "last_signed_in": "last_login", "open": "is_active"},
        _("The name becomes “Former member” with a number, the address is removed, nobody can sign in"),
        _forget_person,
    ),
    Holding(
        "addresses",
        _("Confirmed addresses"),
        lambda person: EmailAddress.objects.filter(user=person.pk),
        {"email": "email", "confirmed": "verified"},
        GOES,
        _remove,
    ),
    Holding(
        "second_factors",
        _("Second factors"),
        lambda person: Authenticator.objects.filter(user=person.pk),
        {"kind": "type", "since": "created_at", "last_used": "last_used_at"},
        GOES,
        _remove,
    ),
    Holding(
        "sessions",
        _("Sessions"),
        lambda person: UserSession.objects.filter(user=person.pk),
        {"network_address": "ip", "browser": "user_agent", "since": "created_at", "last_seen": "last_seen_at"},
        GOES,
        _end_sessions,
    ),
    Holding(
        "groups",
        _("Groups of roles"),
        lambda person: GroupMembership.objects.filter(person=person.pk),
        {"group": "group__name", "from": "starts_on", "until": "ends_on", "entered": "entered_at"},
        STAYS,
    ),
    Holding(
        "office_appointments",
        _("Roles in Government Offices"),
        lambda person: OfficeAppointment.objects.filter(person=person.pk),
        {"office": "office__name", "role": "role", "from": "starts_on", "until": "ends_on"},
        STAYS,
    ),
    Holding(
        "merges",
        _("Merges of organisations"),
        lambda person: OrganisationMerge.objects.filter(Q(by=person.pk) | Q(undone_by=person.pk)),
        {"kept": "kept__name", "merged": "merged__name", "at": "at", "undone": "undone_at"},
        STAYS,
    ),
    Holding(
        "appointments",
        _("Roles"),
        lambda person: Appointment.objects.filter(person=person.pk),
        {"role": "role", "from": "starts_on", "until": "ends_on"},
        STAYS,
    ),
    Holding(
        "appointments_made",
        _("Roles given to others"),
        lambda person: Appointment.objects.filter(appointed_by=person.pk),
        {"role": "role", "from": "starts_on", "until": "ends_on"},
        STAYS,
    ),
    Holding("seats", _("Seats"), lambda person: Sitting.objects.filter(person=person.pk), SEAT, STAYS),
    Holding(
        "substitutions",
        _("Seats as a substitute"),
        lambda person: Sitting.objects.filter(substitute=person.pk),
        SEAT,
        STAYS,
    ),
    Holding(
        "invitations",
        _("Invitations received"),
        _invitations,
        {
            "name": "name",
            "email": "email",
            "role": "role",
            "invited": "invited_at",
            "open_until": "expires_at",
            "accepted": "accepted_at",
            "withdrawn": "revoked_at",
        },
        EMPTIED,
        _empty_invitations,
    ),
    Holding(
        "invitations_sent",
        _("Invitations sent"),
        lambda person: Invitation.objects.filter(invited_by=person.pk),
        {"role": "role", "invited": "invited_at"},
        STAYS,
    ),
    Holding(
        "contacts",
        _("Contact at a member"),
        _contacts,
        {
            "organisation": "membership__organisation__name",
            "name": "name",
            "email": "email",
            "telephone": "telephone",
        },
        GOES,
        _remove,
    ),
    Holding(
        "points_of_contact",
        _("Point of contact"),
        _points,
        {
            "neighbourhood": "neighbourhood__name",
            "name": "name",
            "email": "email",
            "telephone": "telephone",
            "address": "address",
        },
        EMPTIED,
        _empty_points,
    ),
    Holding("deeds", _("Deeds done"), lambda person: Deed.objects.filter(by=person.pk), DEED, STAYS),
    Holding(
        "deeds_about", _("Deeds about the person"), lambda person: Deed.objects.filter(about=person.pk), DEED, STAYS
    ),
)
