"""The editor's lists: strategies, the tasks of one, its key issues, its priorities."""

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.template.response import TemplateResponse
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from core.refusals import Already, Gap
from partnerships.models import Partnership
from partnerships.permissions import Perm
from partnerships.tenancy.pages import FORM, partnership_page
from strategies import actions, queries
from strategies.forms import StrategyForm
from strategies.models import Strategy, Text
from strategies.views.finding import find_strategy
from strategies.workflow import STRATEGY


@partnership_page(Perm.VIEW_INTERNAL)
def editor(request: HttpRequest, partnership: Partnership) -> HttpResponse:
    """The partnership's strategies and editions."""
    context = {
        "strategies": queries.overview(partnership),
        "editions": list(queries.editions_of(partnership)),
        "may_edit": request.access.can(Perm.EDIT_STRATEGY, partnership),  # type: ignore[attr-defined]
    }
    return TemplateResponse(request, "strategies/editor.html", context)


@partnership_page(Perm.EDIT_STRATEGY, FORM)
def new(request: HttpRequest, partnership: Partnership) -> HttpResponse:
    """Start a strategy for a period."""
    form = StrategyForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            strategy = actions.start(partnership=partnership, **form.values(), by=request.access)  # type: ignore[attr-defined]
        except Already as refused:
            form.add_error("period_from", refused.sentence())
        else:
            return redirect("strategies:strategy", partnership.slug, strategy.pk)
    return TemplateResponse(request, "strategies/new.html", {"form": form})


@partnership_page(Perm.VIEW_INTERNAL)
def strategy_tasks(request: HttpRequest, partnership: Partnership, strategy: int) -> HttpResponse:
    """One strategy as a list of tasks, each with its status."""
    found = find_strategy(partnership, strategy)
    access = request.access  # type: ignore[attr-defined]
    gaps = queries.gaps(found)
    may_edit = access.can(Perm.EDIT_STRATEGY, partnership)
    context = {
        "strategy": found,
        "tasks": _tasks(found, partnership, gaps, may_edit=may_edit),
        "gaps": gaps,
        "offers": [offer for offer in STRATEGY.available(found, access) if offer.move.name == "publish"],
        "also": [(reverse("strategies:preview", args=[partnership.slug, found.pk]), _("Preview"))],
        "publication": {"publish": reverse("strategies:publication", args=[partnership.slug, found.pk])},
        "next_number": queries.next_number(partnership),
        "editions": list(queries.editions_of(partnership).filter(strategy=found)[:5]),
        "may_edit": may_edit,
    }
    return TemplateResponse(request, "strategies/strategy.html", context)


@partnership_page(Perm.VIEW_INTERNAL)
def issues(request: HttpRequest, partnership: Partnership, strategy: int) -> HttpResponse:
    """The key issues in their order."""
    found = find_strategy(partnership, strategy)
    context = {"strategy": found, "issues": list(found.issues.order_by("order", "pk")), **_may(request, partnership)}
    return TemplateResponse(request, "strategies/issues.html", context)


@partnership_page(Perm.VIEW_INTERNAL)
def priorities(request: HttpRequest, partnership: Partnership, strategy: int) -> HttpResponse:
    """The priorities with all that hangs on them."""
    found = find_strategy(partnership, strategy)
    context = {"strategy": found, "priorities": list(queries.priorities_of(found)), **_may(request, partnership)}
    return TemplateResponse(request, "strategies/priorities.html", context)


def _may(request: HttpRequest, partnership: Partnership) -> dict[str, bool]:
    return {"may_edit": request.access.can(Perm.EDIT_STRATEGY, partnership)}  # type: ignore[attr-defined]


def _tasks(strategy: Strategy, partnership: Partnership, gaps: list[Gap], *, may_edit: bool) -> list[dict[str, Any]]:
    """What there is to write, and how far each part is: done once nothing is lacking.

    Whoever may not write gets no links to forms.
    """
    here = [partnership.slug, strategy.pk]
    texts = {text.kind: text for text in Text.objects.filter(strategy=strategy).select_related("saved_by")}
    size = queries.size_of(strategy)
    lacking = {gap.url_name.removeprefix("strategies:") for gap in gaps}

    def written(kind: Text.Kind) -> dict[str, Any]:
        text = texts.get(kind)
        done = bool(text and text.body)
        return {
            "title": kind.label,
            "href": reverse("strategies:text", args=[*here, kind.value]) if may_edit else "",
            "hint": _("Last saved by %(name)s") % {"name": text.saved_by_name} if text and done else "",
            **_status(done, started=done),
        }

    return [
        {
            "title": _("Title and period"),
            "href": reverse("strategies:details", args=here) if may_edit else "",
            "hint": strategy.subtitle,
            **_status(True, started=True),
        },
        written(Text.Kind.FOREWORD),
        written(Text.Kind.VISION),
        written(Text.Kind.AREA),
        {
            "title": _("Key issues"),
            "href": reverse("strategies:issues", args=here),
            "hint": ngettext("%(count)d key issue", "%(count)d key issues", size.issues) % {"count": size.issues},
            **_status(not lacking & {"new_issue", "issue"}, started=bool(size.issues)),
        },
        {
            "title": _("Priorities, objectives and actions"),
            "href": reverse("strategies:priorities", args=here),
            "hint": ", ".join(_counts(size)),
            **_status(
                not lacking & {"new_priority", "new_objective", "new_action", "action"}, started=bool(size.priorities)
            ),
        },
        written(Text.Kind.PROGRESS),
    ]


def _status(done: bool, *, started: bool) -> dict[str, str]:
    """Done is plain text, the rest is a tag, so that what is left catches the eye."""
    if done:
        return {"status": _("Done")}
    return (
        {"status": _("In progress"), "look": "submitted"} if started else {"status": _("Not started"), "look": "draft"}
    )


def _counts(size: queries.Size) -> list[str]:
    """How many there are of each, in words."""
    return [
        ngettext("%(count)d priority", "%(count)d priorities", size.priorities) % {"count": size.priorities},
        ngettext("%(count)d objective", "%(count)d objectives", size.objectives) % {"count": size.objectives},
        ngettext("%(count)d action", "%(count)d actions", size.actions) % {"count": size.actions},
    ]
