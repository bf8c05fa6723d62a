"""Reads of members: the organisations that belong to a partnership."""

from collections.abc import Iterable

from django.db.models import Q, QuerySet
from django.db.models.functions import Lower

from core.dates import today
from partnerships.models import Membership, Organisation, Partnership
from partnerships.models.periods import holding


def members_of(partnership: Partnership) -> QuerySet[Organisation]:
    """The organisations that are members today, with their sector."""
    memberships = holding(Membership.objects.filter(partnership=partnership), today())
    return (
        Organisation.objects.filter(memberships__in=memberships)
        .select_related("sector")
        .order_by("sector__order", Lower("name"))
    )


def members_or(partnership: Partnership, also: Iterable[int]) -> QuerySet[Organisation]:
    """The members of today and some other organisations, such as those a row names already."""
    members = holding(Membership.objects.filter(partnership=partnership), today())
    return Organisation.objects.filter(Q(pk__in=members.values("organisation")) | Q(pk__in=list(also))).order_by(
        Lower("name")
    )
