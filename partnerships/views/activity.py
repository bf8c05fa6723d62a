"""The log of deeds."""

from collections.abc import Iterable
from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.template.response import TemplateResponse
from django.utils.translation import gettext as _

from core.exports import export, wants_file
from core.listing import listing
from partnerships import queries
from partnerships.forms.activity import ActivityFilter
from partnerships.models import Deed, Partnership
from partnerships.permissions import Perm
from partnerships.tenancy.pages import partnership_page


@partnership_page(Perm.VIEW_ACTIVITY)
def activity(request: HttpRequest, partnership: Partnership) -> HttpResponse:
    """Who did what, when and why: as a page, CSV or XLSX."""
    access = request.access  # type: ignore[attr-defined]
    every = queries.deeds_of(partnership, access)
    found = ActivityFilter(request.GET, queryset=every, logged=queries.logged(partnership, access))
    understood = found.is_valid()
    keys = {"number": "number", "who": "by__name", "thing": "subject_label"}
    shown = listing(found.qs if understood else every.none(), keys, request.GET, default="-number", per_page=50)
    if understood and wants_file(request):
        return export(request, f"activity-{partnership.slug}", _columns(), map(_row, shown.rows))
    filtered = any(request.GET.get(name) for name in request.GET.keys() - {"sort", "page", "format"})
    context = {"filter": found, "understood": understood, "listing": shown, "filtered": filtered}
    return TemplateResponse(request, "partnerships/activity.html", context)


@partnership_page(Perm.VIEW_ACTIVITY)
def deed(request: HttpRequest, partnership: Partnership, number: int) -> HttpResponse:
    """One deed, with its seal, and whether the log is whole up to it."""
    found = queries.deed_of(partnership, number, request.access)  # type: ignore[attr-defined]
    if found is None:
        raise Http404
    broken = queries.broken_deeds(partnership, until=number)
    context = {"deed": found, "broken": broken[0] if broken else None}
    return TemplateResponse(request, "partnerships/activity_deed.html", context)


def _columns() -> list[str]:
    names = [_("Number"), _("When"), _("Who"), _("What"), _("Kind of thing"), _("Deed"), _("Why")]
    return [*names, _("From what to what"), _("Seal")]


def _row(deed: Deed) -> list[Any]:
    return [deed.number, deed.at, deed.who, deed.what, deed.kind, deed.words, deed.reason, _said(deed), deed.seal]


def _said(deed: Deed) -> str:
    lines: Iterable[str] = (f"{change.what}: {change.before} → {change.after}" for change in deed.changed)
    return "\n".join(lines)
