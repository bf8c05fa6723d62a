"""The past of one thing, for its page: its own deeds and those of what belongs to it."""

from functools import reduce, singledispatch
from operator import or_
from typing import Any

from django.db.models import Model, Q, QuerySet

from accounts.models import Person
from partnerships.models import (
    ContactPoint,
    Deed,
    Invitation,
    MemberContact,
    Membership,
    NamedPartner,
    Neighbourhood,
    NeighbourhoodArea,
    Organisation,
    OrganisationIdentifier,
    Partnership,
    PartnershipArea,
    Seat,
    SeatGroup,
    Sitting,
)
from partnerships.permissions import Perm
from partnerships.queries.deeds import deeds_of
from partnerships.tenancy.access import Access

LONGEST = 100  # deeds on the page of a thing; the log has all


def timeline(row: Model, *, partnership: Partnership, by: Access) -> QuerySet[Deed] | None:
    """The latest deeds of a partnership that were done to a row of it, to what belongs to it, or about a person.

    One query, of at most a hundred deeds. None for whoever may not see who did what: their page shows no timeline.
    """
    if not by.can(Perm.VIEW_ACTIVITY, partnership):
        return None
    about = Q(about=row) if isinstance(row, Person) else Q()
    parts = [_deeds_of(rows) for rows in [_alone(row), *belongings(row, partnership)]]
    return deeds_of(partnership, by).filter(reduce(or_, parts, about))[:LONGEST]


def _deeds_of(rows: QuerySet[Any]) -> Q:
    return Q(subject=rows.model._meta.label_lower, subject_id__in=rows.values("pk"))


def _alone(row: Model) -> QuerySet[Any]:
    return type(row)._default_manager.filter(pk=row.pk)


@singledispatch
def belongings(row: Model, partnership: Partnership) -> list[QuerySet[Any]]:
    """The rows of a partnership that are told with a row of this kind."""
    return []


@belongings.register
def _seat(row: Seat, partnership: Partnership) -> list[QuerySet[Any]]:
    return [model.objects.filter(seat=row) for model in (Sitting, Invitation, SeatGroup)]


@belongings.register
def _membership(row: Membership, partnership: Partnership) -> list[QuerySet[Any]]:
    own = {"partnership": partnership, "organisation": row.organisation_id}
    return [
        Organisation.objects.filter(pk=row.organisation_id),
        OrganisationIdentifier.objects.filter(organisation=row.organisation_id),
        Membership.objects.filter(**own),
        NamedPartner.objects.filter(**own),
        MemberContact.objects.filter(membership__in=Membership.objects.filter(**own)),
    ]


@belongings.register
def _neighbourhood(row: Neighbourhood, partnership: Partnership) -> list[QuerySet[Any]]:
    return [model.objects.filter(neighbourhood=row) for model in (NeighbourhoodArea, ContactPoint)]


@belongings.register
def _partnership(row: Partnership, partnership: Partnership) -> list[QuerySet[Any]]:
    return [
        ContactPoint.objects.filter(partnership=row, neighbourhood=None),
        PartnershipArea.objects.filter(partnership=row),
    ]
