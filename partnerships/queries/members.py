"""Reads of members: the organisations that belong to a partnership."""

import datetime
from collections.abc import Iterable
from typing import Any

from django.db.models import Count, Exists, F, IntegerField, OuterRef, Prefetch, Q, QuerySet, Subquery
from django.db.models.functions import Coalesce, Lower

from core.dates import today
from partnerships.models import (
    MemberContact,
    Membership,
    NamedPartner,
    Organisation,
    OrganisationIdentifier,
    Partnership,
    Seat,
    Sitting,
)
from partnerships.models.periods import holding, overlapping


def members_of(partnership: Partnership) -> QuerySet[Organisation]:
    """The organisations that are members today, or were on the last day, with their sector."""
    memberships = holding(Membership.objects.filter(partnership=partnership), partnership.last_day)
    return (
        Organisation.objects.filter(memberships__in=memberships)
        .select_related("sector")
        .order_by("sector__order", Lower("name"))
    )


def membership_by_organisation(partnership: Partnership, organisations: Iterable[Organisation]) -> dict[int, int]:
    """Which of some organisations are members, or will be: the number of the membership by the organisation's."""
    rows = Membership.objects.filter(partnership=partnership, organisation__in=[each.pk for each in organisations])
    held = overlapping(rows, partnership.last_day).order_by("-starts_on")
    return dict(held.values_list("organisation_id", "pk"))


def members_or(partnership: Partnership, also: Iterable[int]) -> QuerySet[Organisation]:
    """The members of today and some other organisations, such as those a row names already."""
    members = holding(Membership.objects.filter(partnership=partnership), partnership.last_day)
    return Organisation.objects.filter(Q(pk__in=members.values("organisation")) | Q(pk__in=list(also))).order_by(
        Lower("name")
    )


def memberships_of(partnership: Partnership, on: datetime.date | None = None) -> QuerySet[Any]:
    """All memberships, now or in the past, each with its seats and whether it is a named partner on a day (today).

    `seats_held` and `seats_open` are numbers, `named` says yes or no. The organisation comes with its sector, and with
    the numbers it has today in `numbers`. Those that never held a day, because they were taken back or united with
    another, are left out.
    """
    day = on or partnership.last_day
    sitting = holding(Sitting.objects.filter(partnership=partnership, seat=OuterRef("pk")), day)
    named = NamedPartner.objects.filter(partnership=partnership, organisation=OuterRef("organisation"))
    numbers = OrganisationIdentifier.objects.filter(ends_on=None).order_by("scheme")
    memberships: QuerySet[Any] = (
        Membership.objects.filter(partnership=partnership)
        .exclude(ends_on=F("starts_on"))
        .select_related("organisation__sector")
        .annotate(
            seats_held=_seats(partnership, day, Exists(sitting)),
            seats_open=_seats(partnership, day, ~Exists(sitting)),
            named=Exists(holding(named, day)),
        )
        .prefetch_related(Prefetch("organisation__identifiers", queryset=numbers, to_attr="numbers"))
    )
    return memberships


def _seats(partnership: Partnership, day: datetime.date, which: Any) -> Coalesce:
    """How many seats of a kind the organisation of a membership has on a day."""
    seats = holding(Seat.objects.filter(partnership=partnership, organisation=OuterRef("organisation")), day)
    counted = seats.filter(which).order_by().values("organisation").annotate(seats=Count("pk")).values("seats")
    return Coalesce(Subquery(counted, output_field=IntegerField()), 0)


def other_periods(membership: Membership) -> QuerySet[Membership]:
    """The times before and after in which the same organisation is a member, the latest first."""
    return (
        Membership.objects.filter(partnership=membership.partnership_id, organisation=membership.organisation_id)
        .exclude(pk=membership.pk)
        .order_by("-starts_on", "-pk")
    )


def seats_held_by(membership: Membership) -> QuerySet[Any]:
    """The seats that an organisation has or had in a partnership, with who holds each today; the latest first."""
    sitting = holding(Sitting.objects.filter(seat=OuterRef("pk"), partnership=membership.partnership_id), today())
    seats: QuerySet[Any] = (
        Seat.objects.filter(partnership=membership.partnership_id, organisation=membership.organisation_id)
        .select_related("layer")
        .annotate(holder=sitting.values("person__name")[:1])
        .order_by(F("ends_on").desc(nulls_first=True), "layer_id", Lower("position"), "pk")
    )
    return seats


def seats_after(membership: Membership, day: datetime.date) -> QuerySet[Seat]:
    """The seats of a member that there are on a day, or later."""
    seats = Seat.objects.filter(partnership=membership.partnership_id, organisation=membership.organisation_id)
    return overlapping(seats, day).order_by("layer_id", Lower("position"), "pk")


def namings_of(membership: Membership) -> QuerySet[NamedPartner]:
    """The agreements that name, or named, a member as a partner with a duty to co-operate; the latest first."""
    return (
        NamedPartner.objects.filter(partnership=membership.partnership_id, organisation=membership.organisation_id)
        .select_related("duty")
        .order_by("-starts_on", "agreement", "pk")
    )


def contact_of(membership: Membership) -> MemberContact | None:
    """Whom the partnership asks there: for those who manage its members."""
    return MemberContact.objects.filter(partnership=membership.partnership_id, membership=membership).first()
