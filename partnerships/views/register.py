"""Who sits at the table, for everyone."""

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.template.response import TemplateResponse
from django.utils.translation import gettext as _

from core.exports import export, wants_file
from partnerships import queries
from partnerships.forms.seat_filter import DayForm
from partnerships.models import Partnership
from partnerships.tenancy.pages import public_partnership_page


@public_partnership_page
def seats(request: HttpRequest, partnership: Partnership) -> HttpResponse:
    """Which seats there are, today or on the day that `?on=` says, and whether they are held. It names nobody."""
    asked = DayForm(request.GET)
    day, understood = asked.day, asked.is_valid()
    register = queries.seats_of(partnership, day)
    if understood and wants_file(request):
        columns = [_("Sector"), _("Position"), _("Organisation"), _("Held")]
        rows = ([seat.sector.name, seat.position, seat.organisation_name or "", _held(seat)] for seat in register)
        name = f"seats-{partnership.slug}-{day.isoformat()}" if day else f"seats-{partnership.slug}"
        return export(request, name, columns, rows)
    context = {
        "partnership_shown": partnership,
        "day": day,
        "day_form": asked,
        "understood": understood,
        "seats": list(register) if understood else [],
        "balance": queries.balance(partnership, day) if understood else [],
    }
    return TemplateResponse(request, "partnerships/seats.html", context)


def _held(seat: Any) -> str:
    return _("yes") if seat.held else _("open")
