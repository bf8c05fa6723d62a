"""Seats: who sits for whom on what, today or on another day; one seat with its past."""

import datetime
from typing import Any

from django.db.models.functions import Lower
from django.http import Http404, HttpRequest, HttpResponse
from django.template.response import TemplateResponse
from django.utils.translation import gettext as _

from core.dates import today
from core.exports import export, wants_file
from core.listing import Listing, listing
from partnerships import queries
from partnerships.actions.seats import groups_of
from partnerships.forms.seat_filter import DayForm, SeatFilter
from partnerships.models import Invitation, Partnership, Seat
from partnerships.permissions import Perm
from partnerships.queries.sittings import appointments_from, open_again_since, sittings_of
from partnerships.tenancy.pages import partnership_page

KEYS: dict[str, Any] = {
    "sector": "sector__order",
    "body": "layer_id",
    "position": Lower("position"),
    "organisation": Lower("organisation_name"),
    "holder": Lower("holder"),
    "substitute": Lower("substitute"),
    "since": "held_since",
}


def find_seat(partnership: Partnership, pk: int) -> Seat:
    """A seat of this partnership, or 404."""
    seats = Seat.objects.select_related("partnership", "layer", "sector", "organisation")
    seat = seats.filter(partnership=partnership, pk=pk).first()
    if seat is None:
        raise Http404
    return seat


def may_manage(request: HttpRequest, partnership: Partnership) -> bool:
    """Whether a page offers the deeds of seats."""
    access = request.access  # type: ignore[attr-defined]
    return bool(access.can(Perm.MANAGE_MEMBERS, partnership)) and not partnership.is_over


@partnership_page(Perm.VIEW_INTERNAL)
def register(request: HttpRequest, partnership: Partnership) -> HttpResponse:
    """Who sits where, today or on the day that `?on=` says; filtered, sorted, page by page, or as a file."""
    asked = DayForm(request.GET)
    day = asked.day
    rows = queries.seats_of(partnership, day)
    found = SeatFilter(request.GET, queryset=rows)
    understood = asked.is_valid() and found.is_valid()
    shown = listing(found.qs if understood else rows.none(), KEYS, request.GET, default="sector")
    if understood and wants_file(request):
        return _file(request, partnership, day, shown)
    context = {
        "day": day,
        "day_form": asked,
        "filter": found,
        "filtered": any(request.GET.get(name) for name in ("q", "body", "sector", "state")),
        "understood": understood,
        "listing": shown,
        "seat_count": rows.count(),
        "open_count": rows.filter(held=False).count(),
        "may_manage": may_manage(request, partnership),
    }
    return TemplateResponse(request, "partnerships/seats/register.html", context)


def _file(request: HttpRequest, partnership: Partnership, day: datetime.date | None, shown: Listing) -> HttpResponse:
    """The list as a file, with the day that it is of."""
    columns = [
        _("Body"), _("Sector"), _("Position"), _("Organisation"), _("Held by"), _("Since"), _("Substitute"), _("On"),
    ]  # fmt: skip
    rows = (
        [
            seat.layer.name,
            seat.sector.name,
            seat.position,
            seat.organisation_name or "",
            seat.holder or "",
            seat.held_since,
            seat.substitute or "",
            day or today(),
        ]
        for seat in shown.rows
    )
    return export(request, f"seats-{partnership.slug}-{(day or today()).isoformat()}", columns, rows)


@partnership_page(Perm.VIEW_INTERNAL)
def seat(request: HttpRequest, partnership: Partnership, pk: int) -> HttpResponse:
    """One seat: what it is for, who sits there, who did before, who is invited, what can be done."""
    row = find_seat(partnership, pk)
    manages = may_manage(request, partnership)
    sittings = list(sittings_of(row))
    now = next(
        (one for one in sittings if one.starts_on <= today() and (not one.ends_on or one.ends_on > today())), None
    )
    context: dict[str, Any] = {
        "seat": row,
        "now": now,
        "next": [one for one in sittings if one.starts_on > today() and one.ends_on != one.starts_on],
        "before": [one for one in sittings if one.ends_on and one.ends_on <= today()],
        "is_over": row.ends_on is not None and row.ends_on <= today(),
        "open_since": None if now else open_again_since(row),
        "groups": groups_of(row),
        "may_manage": manages,
        "timeline": queries.timeline(row, partnership=partnership, by=request.access),  # type: ignore[attr-defined]
    }
    if manages:
        context["roles"] = list(appointments_from(partnership, now.person, today())) if now else []
        invitations = Invitation.objects.filter(partnership=partnership, seat=row).order_by("-invited_at")
        context["invitations"] = [one for one in invitations if one.is_open]
    return TemplateResponse(request, "partnerships/seats/seat.html", context)
