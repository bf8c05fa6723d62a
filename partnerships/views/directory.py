"""The register of partnerships."""

from django.db.models.functions import Lower
from django.http import HttpRequest, HttpResponse
from django.template.response import TemplateResponse
from django.utils.translation import gettext as _

from core.exports import export, wants_file
from core.listing import listing
from partnerships import queries
from partnerships.forms import DirectoryFilter
from partnerships.tenancy.pages import public_page


@public_page
def directory(request: HttpRequest) -> HttpResponse:
    """Every partnership: A–Z, by region, by words; as a page, CSV or XLSX."""
    found = DirectoryFilter(request.GET, queryset=queries.directory())
    keys = {"name": Lower("short_name"), "region": Lower("region__name")}
    understood = found.is_valid()
    rows_found = found.qs if understood else queries.directory().none()
    shown = listing(rows_found, keys, request.GET, default="name", per_page=40)
    if understood and wants_file(request):
        columns = [
            _("Partnership"),
            _("Short name"),
            _("Areas"),
            _("Region"),
            _("Receives NRF"),
            _("Ended"),
            _("Successor"),
        ]
        rows = (
            [
                row.name,
                row.short_name,
                ", ".join(row.area_names),
                row.region.name,
                _("yes") if row.receives_nrf else _("no"),
                row.ended_on if row.is_over else None,
                row.successor.name if row.is_over and row.successor else "",
            ]
            for row in shown.rows
        )
        return export(request, "partnerships", columns, rows)
    context = {
        "filter": found,
        "understood": understood,
        "listing": shown,
        "letters": queries.letters(),
        "letter": request.GET.get("letter", "").upper()[:1],
        "filtered": any(request.GET.get(name) for name in ("q", "letter", "region", "nrf", "current")),
    }
    return TemplateResponse(request, "partnerships/directory.html", context)
