"""The tables of partnerships in a round: of one region for its office, of England for the national team."""

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.template.response import TemplateResponse
from django.urls import reverse
from django.utils.translation import gettext as _

from accreditation import queries as accreditation
from core.exports import export, wants_file
from core.listing import listing
from lsp import queries
from lsp.forms import StandingFilter
from lsp.views.national import chosen_round, tabs
from partnerships.models import Region
from partnerships.permissions import Perm
from partnerships.tenancy.pages import national_page, office_page

SORTED_BY = ("name", "region_name", "decided_on", "next_review_on", "due_on", "reviewer_name")


@office_page(Perm.VIEW_CASES)
def office_region(request: HttpRequest, region: Region) -> HttpResponse:
    """Every partnership of a region: where it stands, what was decided, who has the case, when it is due."""
    return _table(request, region, reverse("office_region", args=[region.slug]))


@national_page(Perm.VIEW_CASES)
def national_partnerships(request: HttpRequest) -> HttpResponse:
    """The same over all regions."""
    return _table(request, None, reverse("national_partnerships"))


def _table(request: HttpRequest, region: Region | None, here: str) -> HttpResponse:
    rounds = list(accreditation.rounds())
    round = chosen_round(request, rounds)
    context: dict[str, Any] = {"rounds": rounds, "round": round, "region": region, "here": here, "form": None}
    if region is None:
        context["tabs"] = tabs(request, "national_partnerships", round)
    if round is not None:
        columns = queries.columns(round.scheme.outcomes.all())
        form = StandingFilter(request.GET, columns=columns, one_region=region is not None)
        understood = form.is_valid()
        rows = form.chosen(queries.stands(round, region)) if understood else []
        shown = listing(rows, dict(zip(SORTED_BY, SORTED_BY, strict=True)), request.GET, default="name", per_page=60)
        if understood and wants_file(request):
            return _export(request, f"{region.slug if region else 'england'}-{round.name}", shown.rows)
        context |= {
            "form": form,
            "understood": understood,
            "listing": shown,
            "filtered": any(request.GET.get(name) for name in form.fields),
            "may_streamline": _where(request, Perm.COUNTERSIGN),
        }
    return TemplateResponse(request, "lsp/national/partnerships.html", context)


def _where(request: HttpRequest, permission: Perm) -> set[int]:
    """The partnerships on which the reader holds a permission by a role."""
    return set(request.access.where(permission))  # type: ignore[attr-defined]


def _export(request: HttpRequest, name: str, rows: Any) -> HttpResponse:
    heads = [
        _("Partnership"),
        _("Region"),
        _("Where it stands"),
        _("Outcome"),
        _("Decided"),
        _("Next review"),
        _("Streamlined"),
        _("Taken by"),
        _("Decide by"),
        _("Days late"),
    ]
    yes, no = _("yes"), _("no")
    cells = (
        [
            row.partnership.name,
            row.region_name,
            str(row.step.label) if row.on_the_way else _("Decided"),
            row.outcome.label if row.outcome else None,
            row.decided_on,
            row.next_review_on,
            yes if row.streamlined else no,
            row.reviewer_name or None,
            row.due_on,
            row.days_late,
        ]
        for row in rows
    )
    return export(request, f"partnerships-{name}", heads, cells)
