"""Who sits at the table, for everyone."""

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.template.response import TemplateResponse
from django.utils.translation import gettext as _

from core.exports import export, wants_file
from partnerships import queries
from partnerships.models import Partnership
from partnerships.tenancy.pages import public_partnership_page


@public_partnership_page
def seats(request: HttpRequest, partnership: Partnership) -> HttpResponse:
    """Who sits at the table: the public register."""
    register = queries.seats_of(partnership)
    if wants_file(request):
        columns = [_("Sector"), _("Position"), _("Organisation"), _("Held")]
        rows = (
            [seat.sector.name, seat.position, seat.organisation.name if seat.organisation else "", _held(seat)]
            for seat in register
        )
        return export(request, f"seats-{partnership.slug}", columns, rows)
    context = {"partnership_shown": partnership, "seats": list(register), "balance": queries.balance(partnership)}
    return TemplateResponse(request, "partnerships/seats.html", context)


def _held(seat: Any) -> str:
    return _("yes") if seat.held else _("open")
