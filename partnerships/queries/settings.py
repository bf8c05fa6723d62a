"""Reads about a partnership itself: its areas through time, who may do what, which others work for the same places."""

from dataclasses import dataclass

from django.db.models import Max, Q, QuerySet
from django.db.models.functions import Lower

from core.refusals import Text
from partnerships.models import Authority, Deed, Membership, Partnership, PartnershipArea
from partnerships.models.periods import holding
from partnerships.permissions import PERMISSIONS, OfficeRole, Perm, Role
from partnerships.queries.places import areas_on


def areas_through_time(partnership: Partnership) -> QuerySet[PartnershipArea]:
    """Every area it works for, did or will, by name."""
    areas = PartnershipArea.objects.filter(partnership=partnership).select_related("authority__county")
    return areas.order_by(Lower("authority__name"), "starts_on")


def last_deed_to(partnership: Partnership) -> int:
    """The number of the last deed to the partnership itself: what a form saw that changes it."""
    log = Deed.objects.filter(partnership=partnership, subject=Partnership._meta.label_lower, subject_id=partnership.pk)
    return log.aggregate(last=Max("number"))["last"] or 0


@dataclass(frozen=True)
class MayDo:
    """A permission in words, and the roles that hold it: of the partnership, of its Government Office, elsewhere."""

    deed: Text
    roles: list[Text]


def who_may_do_what() -> list[MayDo]:
    """Every permission with the roles that hold it."""
    roles = [*Role, *OfficeRole]
    return [MayDo(perm.label, [role.label for role in roles if perm in PERMISSIONS[role]]) for perm in Perm]


@dataclass(frozen=True)
class Beside:
    """Another partnership that works for the same place, and the organisations that are members of both."""

    partnership: Partnership
    shared: list[str]


@dataclass(frozen=True)
class Tiers:
    """The partnerships of the counties that a partnership's areas lie in, and of the districts in its own county."""

    counties: list[Beside]
    districts: list[Beside]
    has_county: bool = False  # one of its areas is a county or lies in one; London boroughs, for instance, do not


def tiers(partnership: Partnership) -> Tiers:
    """County and district partnerships side by side, today; one query without a county, else at most four."""
    if partnership.is_over:
        return Tiers([], [])
    day = partnership.last_day
    areas = Authority.objects.filter(partnership_areas__in=areas_on(day).filter(partnership=partnership))
    own = {area.pk for area in areas if area.kind == Authority.Kind.COUNTY}
    counties = {area.county_id for area in areas if area.county_id}
    if not own and not counties:
        return Tiers([], [])
    others = (
        areas_on(day)
        .filter(Q(authority__in=counties) | Q(authority__county__in=own))
        .exclude(partnership=partnership)
        .exclude(partnership__ended_on__lte=day)
        .values_list("partnership_id", "authority_id")
    )
    found = list(others)
    upper = {other for other, authority in found if authority in counties}
    lower = {other for other, _authority in found} - upper
    shared = _shared(partnership, upper | lower)
    rows = Partnership.objects.filter(pk__in=upper | lower).in_order() if found else []
    beside = [Beside(row, shared.get(row.pk, [])) for row in rows]
    return Tiers(
        [each for each in beside if each.partnership.pk in upper],
        [each for each in beside if each.partnership.pk in lower],
        has_county=True,
    )


def _shared(partnership: Partnership, others: set[int]) -> dict[int, list[str]]:
    """Partnership → names of the organisations that are members there and here."""
    if not others:
        return {}
    memberships = holding(Membership.objects.all(), partnership.last_day)
    here = memberships.filter(partnership=partnership).values("organisation")
    both = memberships.filter(partnership__in=others, organisation__in=here).order_by(Lower("organisation__name"))
    names: dict[int, list[str]] = {}
    for other, name in both.values_list("partnership_id", "organisation__name"):
        names.setdefault(other, []).append(name)
    return names
