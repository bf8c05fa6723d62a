"""Reads of people: who has a role or a seat in a partnership, and in which partnerships one person has a role."""

import datetime
from dataclasses import dataclass
from typing import Any

from allauth.mfa.models import Authenticator
from django.contrib.auth.hashers import UNUSABLE_PASSWORD_PREFIX
from django.db.models import Exists, F, Min, OuterRef, Prefetch, Q, QuerySet, Subquery
from django.utils import timezone

from accounts.models import GroupMembership, Person
from core.dates import today
from core.refusals import Text
from partnerships.models import Appointment, Invitation, Partnership, Region, Sitting
from partnerships.models.periods import holding, overlapping
from partnerships.permissions import OfficeRole, Role
from partnerships.tenancy.second_factor import SECOND_FACTORS

# Whoever was entered by an officer or an import has none until they accept an invitation.
NO_PASSWORD = Q(password="") | Q(password__startswith=UNUSABLE_PASSWORD_PREFIX)


def people_of(partnership: Partnership) -> QuerySet[Any]:
    """Everybody who has, had or will have a role, a seat or a substitute's place in a partnership.

    Each with `is_now` (whether they have one today), `since` (the first day of a role of today), and, in four more
    queries however many they are, `roles`, `seats` and `stands_in` that are not over, and `roles_before`.
    """
    appointments, sittings = (
        Appointment.objects.filter(partnership=partnership),
        Sitting.objects.filter(partnership=partnership),
    )
    known = (
        appointments.values("person")
        .union(sittings.values("person"))
        .union(sittings.exclude(substitute=None).values("substitute"))
    )
    own = appointments.filter(person=OuterRef("pk"))
    sits = sittings.filter(Q(person=OuterRef("pk")) | Q(substitute=OuterRef("pk")))
    first = holding(own, today()).order_by().values("person").annotate(day=Min("starts_on")).values("day")
    held = overlapping(appointments, today()).order_by("starts_on", "role")
    over = appointments.exclude(pk__in=held.values("pk")).order_by("-starts_on", "role")
    seated = overlapping(sittings, today()).select_related("seat__organisation", "person").order_by("starts_on", "pk")
    return (
        Person.objects.filter(pk__in=known)
        .annotate(
            is_now=Exists(holding(own, today())) | Exists(holding(sits, today())),
            is_ahead=Exists(overlapping(own, today())) | Exists(overlapping(sits, today())),
            since=Subquery(first),
        )
        .prefetch_related(
            Prefetch("appointments", held.select_related("appointed_by"), to_attr="roles"),
            Prefetch("appointments", over.select_related("appointed_by"), to_attr="roles_before"),
            Prefetch("sittings", seated, to_attr="seats"),
            Prefetch("substitutions", seated, to_attr="stands_in"),
        )
    )


def with_accounts(people: QuerySet[Any], partnership: Partnership) -> QuerySet[Any]:
    """The same with what an officer must know to look after them: `no_password`, `second_factor`, `invited`."""
    factors = Authenticator.objects.filter(user=OuterRef("pk"), type__in=SECOND_FACTORS)
    asked = Invitation.objects.filter(
        partnership=partnership,
        email=OuterRef("email"),
        accepted_at=None,
        revoked_at=None,
        expires_at__gt=timezone.now(),
    )
    known: QuerySet[Any] = people.annotate(
        no_password=NO_PASSWORD, second_factor=Exists(factors), invited=Exists(asked)
    )
    return known


def sittings_by(person: Person, partnership: Partnership) -> QuerySet[Sitting]:
    """On which seats of a partnership somebody sat, sits or will, or stands in, the latest first."""
    own = Q(person=person) | Q(substitute=person)
    rows = Sitting.objects.filter(own, partnership=partnership)
    return rows.select_related("seat__organisation", "seat__layer", "person").order_by("-starts_on", "-pk")


def appointments_of(person: Person, partnership: Partnership) -> QuerySet[Appointment]:
    """The roles that somebody had, has or will have in a partnership, the latest first."""
    rows = Appointment.objects.filter(person=person, partnership=partnership)
    return rows.select_related("appointed_by").order_by("-starts_on", "role")


@dataclass(frozen=True)
class HeldRole:
    """A role that somebody holds, held or will hold somewhere, from one day to another; `where` is its name.

    `region` is that of an office, whose queue it opens.
    """

    role: Text
    where: str
    partnership: Partnership | None
    starts_on: datetime.date
    ends_on: datetime.date | None
    region: Region | None = None

    @property
    def is_over(self) -> bool:
        """Whether it has ended."""
        return self.ends_on is not None and self.ends_on <= today()

    @property
    def is_ahead(self) -> bool:
        """Whether it has not begun."""
        return self.starts_on > today()


def roles_of(person: Person) -> list[HeldRole]:
    """Every role of somebody, in partnerships, offices and the country, with its days; by the name of the place.

    From the groups, which no partnership has to be opened for. A role that ended before it began never was.
    """
    rows = (
        GroupMembership.objects.filter(person=person, group__role_group__isnull=False)
        .exclude(ends_on__lte=F("starts_on"))
        .select_related("group__role_group__partnership__region", "group__role_group__office__region")
    )
    held = [_held(row) for row in rows]
    return sorted(held, key=lambda one: (one.where.casefold(), one.starts_on))


def _held(row: GroupMembership) -> HeldRole:
    group = row.group.role_group
    labels: dict[str, Text] = {**dict(Role.choices), **dict(OfficeRole.choices)}
    where = group.partnership.name if group.partnership else group.office.name if group.office else ""
    region = group.office.region if group.office else None
    return HeldRole(labels.get(group.role, group.role), where, group.partnership, row.starts_on, row.ends_on, region)
