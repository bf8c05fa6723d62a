"""The register of partnerships, of seats, of members; the log of deeds."""

from typing import Any

from django.db.models.functions import Lower
from django.http import HttpRequest, HttpResponse
from django.template.response import TemplateResponse
from django.utils.translation import gettext as _

from core.exports import csv_response, xlsx_response
from core.listing import listing
from partnerships import queries
from partnerships.forms import DirectoryFilter
from partnerships.models import Partnership
from partnerships.permissions import Perm
from partnerships.tenancy.pages import partnership_page, public_page, public_partnership_page


@public_page
def directory(request: HttpRequest) -> HttpResponse:
    """Every partnership: A–Z, by region, by words; as a page, CSV or XLSX."""
    found = DirectoryFilter(request.GET, queryset=queries.directory())
    keys = {"name": Lower("short_name"), "region": Lower("region__name")}
    understood = found.is_valid()
    rows_found = found.qs if understood else queries.directory().none()
    shown = listing(rows_found, keys, request.GET, default="name", per_page=40)
    if understood and _wants_file(request):
        columns = [_("Partnership"), _("Area"), _("Region"), _("Receives NRF")]
        rows = (
            [row.name, row.short_name, row.region.name, _("yes") if row.receives_nrf else _("no")] for row in shown.rows
        )
        return _export(request, "partnerships", columns, rows)
    context = {
        "filter": found,
        "understood": understood,
        "listing": shown,
        "letters": queries.letters(),
        "letter": request.GET.get("letter", "").upper()[:1],
        "filtered": any(request.GET.get(name) for name in ("q", "letter", "region", "nrf")),
    }
    return TemplateResponse(request, "partnerships/directory.html", context)


@public_partnership_page
def seats(request: HttpRequest, partnership: Partnership) -> HttpResponse:
    """Who sits at the table: the public register."""
    register = queries.seats_of(partnership)
    if _wants_file(request):
        columns = [_("Sector"), _("Position"), _("Organisation"), _("Held")]
        rows = (
            [seat.sector.name, seat.position, seat.organisation.name if seat.organisation else "", _held(seat)]
            for seat in register
        )
        return _export(request, f"seats-{partnership.slug}", columns, rows)
    context = {"partnership_shown": partnership, "seats": list(register), "balance": queries.balance(partnership)}
    return TemplateResponse(request, "partnerships/seats.html", context)


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
    if _wants_file(request):
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
        return _export(request, f"members-{partnership.slug}", columns, rows)
    context = {
        "listing": shown,
        "balance": queries.balance(partnership),
        "members": list(queries.members_of(partnership)),
    }
    return TemplateResponse(request, "partnerships/members.html", context)


@partnership_page(Perm.VIEW_ACTIVITY)
def activity(request: HttpRequest, partnership: Partnership) -> HttpResponse:
    """Who did what, when and why."""
    deeds = queries.deeds_of(partnership)
    shown = listing(deeds, {"number": "number"}, request.GET, default="-number", per_page=50)
    if _wants_file(request):
        columns = [_("Number"), _("When"), _("Who"), _("What"), _("Deed"), _("Why")]
        rows = ([d.number, d.at, d.by_name, d.subject_label, d.words, d.reason] for d in shown.rows)
        return _export(request, f"activity-{partnership.slug}", columns, rows)
    return TemplateResponse(request, "partnerships/activity.html", {"listing": shown})


def _held(seat: Any) -> str:
    return _("yes") if seat.held else _("open")


def _wants_file(request: HttpRequest) -> bool:
    """Whether the address asks for a file of a kind there is; anything else gets the page."""
    return request.GET.get("format") in {"csv", "xlsx"}


def _export(request: HttpRequest, name: str, columns: list[str], rows: Any) -> HttpResponse:
    """CSV, or XLSX where the address asks for it."""
    respond = xlsx_response if request.GET["format"] == "xlsx" else csv_response
    return respond(name, columns, rows)
