"""Pages of imports: upload, look, confirm or discard."""

import datetime
from dataclasses import dataclass
from typing import Any

from django.contrib import messages
from django.core.paginator import Page, Paginator
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.template.response import TemplateResponse
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from core.exports import csv_response, xlsx_response
from core.listing import listing
from core.refusals import Already, WrongState
from core.sheets.dates import day
from imports import actions, queries
from imports.forms import UploadForm
from imports.models import MemberImport
from imports.workflow import IMPORT
from partnerships.models import Partnership
from partnerships.permissions import Perm
from partnerships.queries.member_sheet import COLUMNS
from partnerships.tenancy.pages import DEED, FORM, partnership_page

PER_PAGE = 50
NOTES_SHOWN = 50

S = MemberImport.State


@partnership_page(Perm.MANAGE_MEMBERS, FORM)
def import_list(request: HttpRequest, partnership: Partnership) -> HttpResponse:
    """Upload a file; what was uploaded before."""
    sent = request.method == "POST"
    form = UploadForm(request.POST, request.FILES) if sent else UploadForm()
    if sent and form.is_valid():
        uploaded = actions.upload(
            partnership=partnership,
            file_name=form.cleaned_data["file"].name,
            content=form.content,
            sheet=form.sheet,
            by=request.access,  # type: ignore[attr-defined]
        )
        return _onwards(partnership, uploaded)
    rows = queries.imports_of(partnership)
    keys = {"uploaded": "uploaded_at", "file": "file_name", "rows": "row_count"}
    context = {
        "form": form,
        "columns": COLUMNS,
        "listing": listing(rows, keys, request.GET, default="-uploaded", per_page=20),
    }
    return TemplateResponse(request, "imports/list.html", context)


@partnership_page(Perm.MANAGE_MEMBERS)
def template(request: HttpRequest, partnership: Partnership) -> HttpResponse:
    """An empty table with the right headings."""
    respond = xlsx_response if request.GET.get("format") == "xlsx" else csv_response
    return respond("members", [column.heading for column in COLUMNS], [])


@partnership_page(Perm.MANAGE_MEMBERS)
def one(request: HttpRequest, partnership: Partnership, pk: int) -> HttpResponse:
    """What an import would add, what is wrong with it, or what became of it."""
    found = _find(partnership, pk)
    adds = any(count for name, count in found.counts.items() if name != "standing")
    address = [partnership.slug, found.pk]
    context = {
        "found": found,
        "page": _page_of(found, request.GET.get("page")),
        "figures": _figures(found.counts),
        "notes": found.notes[:NOTES_SHOWN],
        "more_notes": max(len(found.notes) - NOTES_SHOWN, 0),
        "before": queries.imported_before(found) if found.state == S.READY else None,
        "message": _message(found, adds=adds),
        "offers": [
            offer
            for offer in IMPORT.available(found, request.access)  # type: ignore[attr-defined]
            if offer.move.name == "discard" or (offer.move.name == "confirm" and adds)
        ],
        "deeds": {
            "confirm": reverse("imports:confirmation", args=address),
            "discard": reverse("imports:removal", args=address),
        },
    }
    return TemplateResponse(request, "imports/one.html", context)


@dataclass(frozen=True)
class Shown:
    """A row of the preview."""

    number: int
    cells: dict[str, str]
    adds: bool

    @property
    def starts_on(self) -> datetime.date:
        """The first day of the seat, or of the membership."""
        return day(" ".join((self.cells.get("starts_on") or self.cells["member_since"]).split()))


def _page_of(found: MemberImport, number: str | None) -> Page[Any]:
    """Fifty errors, or fifty rows."""
    if found.state == S.REFUSED:
        return Paginator(found.errors, PER_PAGE).get_page(number)
    return Paginator([Shown(*row) for row in found.rows], PER_PAGE).get_page(number)


def _figures(counts: dict[str, int]) -> list[dict[str, Any]]:
    """What is added, for the strip of figures; nothing while it is not known."""
    if not counts:
        return []
    return [
        {"label": _("Seats"), "value": counts["seats"]},
        {
            "label": _("People on seats"),
            "value": counts["sittings"],
            "of": _("%(people)d new here") % {"people": counts["people"]},
        },
        {
            "label": _("Memberships"),
            "value": counts["memberships"],
            "of": _("%(organisations)d new to the directory") % {"organisations": counts["organisations"]},
        },
        {"label": _("Rows that stand already"), "value": counts["standing"]},
    ]


def _message(found: MemberImport, *, adds: bool) -> str:
    if found.state == S.REFUSED:
        words = ngettext(
            "Nothing was imported. There is %(count)d thing to put right in the spreadsheet.",
            "Nothing was imported. There are %(count)d things to put right in the spreadsheet.",
            len(found.errors),
        )
        return words % {"count": len(found.errors)}
    return _("Nothing is imported yet.") if adds else _("All rows stand already. There is nothing to import.")


@partnership_page(Perm.MANAGE_MEMBERS)
def errors(request: HttpRequest, partnership: Partnership, pk: int) -> HttpResponse:
    """Every error as a CSV file."""
    found = _find(partnership, pk)
    return csv_response(f"errors-{found.pk}", [_("Row"), _("Column"), _("What to put right")], found.errors)


@partnership_page(Perm.MANAGE_MEMBERS, DEED)
def confirmation(request: HttpRequest, partnership: Partnership, pk: int) -> HttpResponse:
    """Enter what was shown."""
    found = _find(partnership, pk)
    try:
        confirmed = actions.confirm(member_import=found, by=request.access)  # type: ignore[attr-defined]
    except Already as refused:
        messages.warning(request, refused.sentence())
        return redirect("imports:one", partnership.slug, found.pk)
    except WrongState:
        return _too_late(request, partnership, found)
    if confirmed.state == S.DONE:
        messages.success(request, _("“%(file)s” is imported.") % {"file": found.file_name})
    elif confirmed.state != S.ENTERING:
        messages.warning(
            request, _("The members have changed since you looked. Nothing is imported yet: look again, then confirm.")
        )
    return _onwards(partnership, confirmed)


@partnership_page(Perm.MANAGE_MEMBERS, DEED)
def removal(request: HttpRequest, partnership: Partnership, pk: int) -> HttpResponse:
    """Forget what a file said."""
    found = _find(partnership, pk)
    try:
        actions.discard(member_import=found, by=request.access)  # type: ignore[attr-defined]
    except WrongState:
        return _too_late(request, partnership, found)
    messages.success(request, _("“%(file)s” is discarded. Nothing of it was imported.") % {"file": found.file_name})
    return redirect("imports:list", partnership.slug)


def _too_late(request: HttpRequest, partnership: Partnership, found: MemberImport) -> HttpResponse:
    """Another tab, or somebody else, was quicker: say how it stands now."""
    now = _find(partnership, found.pk)
    words = _("Somebody was quicker, perhaps you in another tab: this import is now “%(state)s”.")
    messages.warning(request, words % {"state": now.get_state_display()})
    return redirect("imports:one", partnership.slug, found.pk)


def _onwards(partnership: Partnership, found: MemberImport) -> HttpResponse:
    """To the job that works on it; else to its page."""
    if found.state in {S.CHECKING, S.ENTERING}:
        return redirect("jobs:job", partnership.slug, found.job_id)
    return redirect("imports:one", partnership.slug, found.pk)


def _find(partnership: Partnership, pk: int) -> MemberImport:
    rows = MemberImport.objects.select_related("partnership", "uploaded_by")
    found = rows.filter(partnership=partnership, pk=pk).first()
    if found is None:
        raise Http404
    return found
