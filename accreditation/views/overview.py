"""Where a partnership is in accreditation: rounds that are open, what was decided, letters and certificates."""

import datetime
from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.template.response import TemplateResponse

from accreditation import actions, queries
from accreditation.models import Round, SelfAssessment
from accreditation.queries import PastCase
from accreditation.views.finding import found
from core.listing import listing
from partnerships.models import Partnership
from partnerships.permissions import Perm
from partnerships.tenancy.access import Access
from partnerships.tenancy.pages import DEED, partnership_page

S = SelfAssessment.State


@partnership_page(Perm.VIEW_ASSESSMENT)
def overview(request: HttpRequest, partnership: Partnership) -> HttpResponse:
    """The round that is open, and every decision with its papers."""
    access: Access = request.access  # type: ignore[attr-defined]
    rounds = queries.assessments_of(partnership)
    shown = listing(rounds, {"round": "round__closes_on"}, request.GET, default="-round", per_page=25)
    rows: list[SelfAssessment] = list(shown.page)
    cases = queries.past_cases(partnership, rows)
    entries: list[dict[str, Any]] = [{"assessment": row, "due": queries.due(row, cases[row.pk])} for row in rows]
    begun = {row.round_id for row in rows}
    holding = next((row for row in rows if row.outcome_id), None)
    context = {
        "listing": shown,
        "entries": entries,
        "now": _foremost(entries),
        "decisions": [entry for row in rows for entry in _decided(row, cases[row.pk])],
        "holding": holding,
        "unbegun": [each for each in queries.open_rounds() if each.pk not in begun and _is_for(each, partnership)],
        "may_write": access.can(Perm.EDIT_ASSESSMENT, partnership),
    }
    return TemplateResponse(request, "accreditation/overview.html", context)


@partnership_page(Perm.EDIT_ASSESSMENT, DEED)
def new(request: HttpRequest, partnership: Partnership, round: int) -> HttpResponse:
    """Begin the self-assessment of a round that is open, where the news of it has not come yet."""
    opened = found(queries.open_rounds().filter(pk=round).first())
    if not _is_for(opened, partnership):
        raise Http404
    begun = actions.start(partnership=partnership, round=opened, by=request.access)  # type: ignore[attr-defined]
    return redirect("accreditation:assessment", partnership.slug, begun.pk)


def _foremost(entries: list[dict[str, Any]]) -> dict[str, Any] | None:
    """What is to be done first: what waits for the partnership, by its day; else what waits for the office."""
    waiting = [entry for entry in entries if entry["assessment"].state != S.DECIDED]
    own = [entry for entry in waiting if entry["assessment"].state != S.SUBMITTED]
    return min(own or waiting, key=lambda entry: entry["due"].day or datetime.date.max, default=None)


def _is_for(round: Round, partnership: Partnership) -> bool:
    return queries.partnerships_of(round.scheme).filter(pk=partnership.pk).exists()


def _decided(row: SelfAssessment, cases: list[PastCase]) -> list[dict[str, Any]]:
    """Every decision of a self-assessment, the latest first: the first of a deferral stays to be seen."""
    made = [decided for past in cases for decided in past.decided]
    return [{"assessment": row, "decided": decided} for decided in reversed(made)]
