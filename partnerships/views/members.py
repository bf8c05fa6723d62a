"""Members and the people on their seats."""

from typing import Any

from django.db.models.functions import Lower
from django.http import HttpRequest, HttpResponse
from django.template.response import TemplateResponse
from django.utils.translation import gettext as _

from core.exports import export, wants_file
from core.listing import listing
from partnerships import queries
from partnerships.models import Partnership
from partnerships.permissions import Perm
from partnerships.tenancy.pages import partnership_page


@partnership_page(Perm.VIEW_INTERNAL)
def members(request: HttpRequest, partnership: Partnership) -> HttpResponse:
    """Members and the people on their seats."""
    keys: dict[str, Any] = {
        "sector": "sector__order",
        "position": Lower("position"),
        "organisation": Lower("organisation__name"),
        "holder": Lower("holder"),
        "since": "held_since",
    }
    shown = listing(queries.seats_of(partnership), keys, request.GET, default="sector")
    if wants_file(request):
        columns = [_("Sector"), _("Position"), _("Organisation"), _("Held by"), _("Since")]
        rows = (
            [
                seat.sector.name,
                seat.position,
                seat.organisation.name if seat.organisation else "",
                seat.holder or "",  # type: ignore[attr-defined]
                seat.held_since,  # type: ignore[attr-defined]
            ]
            for seat in shown.rows
        )
        return export(request, f"members-{partnership.slug}", columns, rows)
    context = {
        "listing": shown,
        "balance": queries.balance(partnership),
        "members": list(queries.members_of(partnership)),
    }
    return TemplateResponse(request, "partnerships/members.html", context)
