"""The national picture of a round, the schemes there are, and the appeals to be decided."""

from typing import Any

from django.db.models import Prefetch
from django.http import HttpRequest, HttpResponse
from django.template.response import TemplateResponse
from django.urls import reverse
from django.utils.translation import gettext as _

from accreditation import queries as accreditation
from accreditation.models import Criterion, Round, Scheme
from core.exports import export, wants_file
from lsp import queries
from lsp.views.public import TILES
from partnerships.permissions import Perm
from partnerships.tenancy.pages import national_page


def chosen_round(request: HttpRequest, rounds: list[Round]) -> Round | None:
    """The round that the address asks for; else the last that was opened. None where there is none."""
    asked = request.GET.get("round", "")
    return next((round for round in rounds if str(round.pk) == asked), rounds[0] if rounds else None)


def may(request: HttpRequest, permission: Perm) -> bool:
    """Whether the reader holds a permission in the whole country."""
    return permission in request.access.everywhere  # type: ignore[attr-defined]


def tabs(request: HttpRequest, here: str, round: Round | None = None) -> list[dict[str, Any]]:
    """The national pages that the reader may open; the picture and its table keep the round that was chosen."""
    query = f"?round={round.pk}" if round else ""
    pages = [
        (_("Picture"), "national", query),
        (_("Partnerships"), "national_partnerships", query),
        (_("Rounds"), "national_rounds", ""),
        (_("Schemes"), "national_schemes", ""),
    ]
    if may(request, Perm.DECIDE_APPEALS):
        pages.append((_("Appeals"), "national_appeals", ""))
    return [{"label": label, "href": reverse(name) + more, "current": name == here} for label, name, more in pages]


@national_page(Perm.VIEW_CASES)
def national(request: HttpRequest) -> HttpResponse:
    """Where England stands in a round: by region, as a map and as a table; whom the offices review again, and when."""
    rounds = list(accreditation.rounds())
    round = chosen_round(request, rounds)
    context: dict[str, Any] = {"rounds": rounds, "round": round, "may_open": may(request, Perm.OPEN_ROUNDS)}
    context["tabs"] = tabs(request, "national", round)
    if round is not None:
        rows = queries.stands(round)
        columns = queries.columns(round.scheme.outcomes.all())
        lines, total = queries.lines(rows, columns), queries.line(None, rows, columns)
        if wants_file(request):
            return _export(request, round, [label for _key, label in columns], [*lines, total])
        regions = {line.region.name: line for line in lines if line.region}
        context |= {
            "columns": columns,
            "lines": lines,
            "total": total,
            "tiles": [regions[name] for name in TILES if name in regions],
            "again": sorted(
                (row for row in rows if row.next_review_on), key=lambda row: (str(row.next_review_on), row.name)
            ),
            "figures": _figures(total),
        }
    return TemplateResponse(request, "lsp/national/picture.html", context)


def _figures(total: queries.Line) -> list[dict[str, Any]]:
    return [
        {"value": total.asked, "label": _("asked")},
        {"value": total.count(queries.Step.NOT_BEGUN), "label": _("have not begun")},
        {"value": total.count(queries.Step.WITH_OFFICE), "label": _("with their office")},
        {"value": total.decided, "label": _("decided")},
        {"value": total.late, "label": _("late with their office"), "bad": bool(total.late)},
    ]


def _export(request: HttpRequest, round: Round, labels: list[Any], lines: list[queries.Line]) -> HttpResponse:
    heads = [_("Region"), _("Asked"), *labels, _("Late with the office")]
    rows = (
        [
            line.region.name if line.region else _("England"),
            line.asked,
            *(count for _key, _label, count in line.cells),
            line.late,
        ]
        for line in lines
    )
    return export(request, f"national-picture-{round.name}", heads, rows)


@national_page(Perm.VIEW_CASES)
def schemes(request: HttpRequest) -> HttpResponse:
    """What schemes there are: criteria with prompts, ratings, outcomes with what follows, windows, all with sources."""
    criteria = Prefetch("criteria", Criterion.objects.prefetch_related("prompts"))
    found = Scheme.objects.prefetch_related(criteria, "ratings", "outcomes").order_by("-valid_from", "pk")
    context = {"schemes": found, "tabs": tabs(request, "national_schemes")}
    return TemplateResponse(request, "lsp/national/schemes.html", context)


@national_page(Perm.DECIDE_APPEALS)
def appeals(request: HttpRequest) -> HttpResponse:
    """Every appeal that waits for an answer, the oldest first."""
    found = list(queries.open_appeals())
    if wants_file(request):
        heads = [_("Partnership"), _("Region"), _("Decision"), _("Outcome"), _("Appeal made"), _("Days"), _("Grounds")]
        rows = (
            [
                appeal.case.partnership.name,
                appeal.case.partnership.region.name,
                appeal.decision.reference,
                appeal.decision.outcome_label,
                appeal.made_at,
                queries.days_since(appeal.made_at),
                appeal.grounds,
            ]
            for appeal in found
        )
        return export(request, "appeals", heads, rows)
    waiting = [(appeal, queries.days_since(appeal.made_at)) for appeal in found]
    context = {"waiting": waiting, "tabs": tabs(request, "national_appeals")}
    return TemplateResponse(request, "lsp/national/appeals.html", context)
