"""Named reads of strategies and editions."""

import datetime
from dataclasses import dataclass
from typing import Any

from django.db.models import Max, Prefetch, QuerySet
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from accounts.models import Person
from core.refusals import Gap
from partnerships.models import Partnership
from strategies.models import Action, ActionPartner, Edition, EditionFile, Objective, Priority, Strategy, Text


@dataclass(frozen=True)
class Overview:
    """A strategy and what it still lacks."""

    strategy: Strategy
    gaps: list[Gap]


def overview(partnership: Partnership) -> list[Overview]:
    """The partnership's strategies, the latest period first, with their gaps."""
    strategies = Strategy.objects.filter(partnership=partnership).order_by("-period_from", "-pk")
    return [Overview(strategy, gaps(strategy)) for strategy in strategies]


def priorities_of(strategy: Strategy) -> QuerySet[Priority]:
    """The priorities with objectives, actions and partners, in order; four queries, however many."""
    helpers = Prefetch("helpers", ActionPartner.objects.select_related("organisation").order_by("organisation__name"))
    actions = Prefetch(
        "actions", Action.objects.select_related("lead").prefetch_related(helpers).order_by("order", "pk")
    )
    objectives = Prefetch("objectives", Objective.objects.prefetch_related(actions).order_by("order", "pk"))
    return (
        Priority.objects.filter(strategy=strategy)
        .select_related("theme")
        .prefetch_related(objectives)
        .order_by("order", "pk")
    )


@dataclass(frozen=True)
class Size:
    """How many parts of each kind a strategy has."""

    issues: int
    priorities: int
    objectives: int
    actions: int


def size_of(strategy: Strategy) -> Size:
    """The parts of a strategy, counted."""
    return Size(
        issues=strategy.issues.count(),
        priorities=strategy.priorities.count(),
        objectives=Objective.objects.filter(priority__strategy=strategy).count(),
        actions=Action.objects.filter(objective__priority__strategy=strategy).count(),
    )


def gaps(strategy: Strategy) -> list[Gap]:
    """What must be written before it can be published, each with the input to write it into."""
    slug = strategy.partnership.slug
    missing: list[Gap] = []

    def lacks(message: str, page: str, anchor: str = "", **where: object) -> None:
        missing.append(Gap(message, f"strategies:{page}", {"slug": slug, "strategy": strategy.pk, **where}, anchor))

    empty = set(Text.objects.filter(strategy=strategy, body="").values_list("kind", flat=True))
    for kind in Text.Kind:
        if kind in empty:
            lacks(_("%(part)s is empty") % {"part": kind.label}, "text", "id_body", kind=kind.value)
    if not strategy.issues.exists():
        lacks(_("There is no key issue"), "new_issue", "id_title")
    for issue in strategy.issues.filter(body=""):
        lacks(_("The key issue “%(title)s” has no text") % {"title": issue.title}, "issue", "id_body", pk=issue.pk)
    priorities = list(priorities_of(strategy))
    if not priorities:
        lacks(_("There is no priority"), "new_priority", "id_theme")
    for priority in priorities:
        objectives = list(priority.objectives.all())
        if not objectives:
            message = _("The priority “%(title)s” has no objective") % {"title": priority.title}
            lacks(message, "new_objective", "id_title", pk=priority.pk)
        for objective in objectives:
            actions = list(objective.actions.all())
            if not actions:
                message = _("The objective “%(title)s” has no action") % {"title": objective.title}
                lacks(message, "new_action", "id_title", pk=objective.pk)
            for action in actions:
                if not action.measure:
                    message = _("The action “%(title)s” does not say how it is measured") % {"title": action.title}
                    lacks(message, "action", "id_measure", pk=action.pk)
    return missing


def kept_for_reading(partnership: Partnership) -> str | None:
    """What stays with a partnership that is merged: nobody takes over what it has written and published."""
    strategies = Strategy.objects.filter(partnership=partnership).count()
    editions = Edition.objects.filter(partnership=partnership).count()
    if not strategies:
        return None
    parts = [
        ngettext("%(count)d strategy", "%(count)d strategies", strategies) % {"count": strategies},
        ngettext("%(count)d edition", "%(count)d editions", editions) % {"count": editions},
    ]
    return _(" and ").join(parts)


def removal_of(model: type[Any], pk: int) -> tuple[str, datetime.datetime | None]:
    """Who took a part out and when, by its history; ("", None) if there never was such a part."""
    event = model.pgh_event_model.objects.filter(pgh_obj_id=pk, pgh_label="delete").order_by("pgh_id").last()
    if event is None:
        return "", None
    names = Person.objects.filter(pk=(event.pgh_context or {}).get("person") or 0).values_list("name", flat=True)
    return names.first() or "", event.pgh_created_at


# Editions: published, so everyone may read them


def editions_of(partnership: Partnership) -> QuerySet[Edition]:
    """The editions of a partnership without their articles, the latest first, each with its file."""
    return (
        Edition.objects.filter(partnership=partnership)
        .select_related("partnership")
        .defer("body", "content", "contents")
        .prefetch_related(Prefetch("files", EditionFile.objects.all()))
        .order_by("-number")
    )


def current_editions(partnership: Partnership) -> list[Edition]:
    """The latest edition of each strategy that was published, the latest first."""
    latest: dict[int, Edition] = {}
    for each in editions_of(partnership):
        latest.setdefault(each.strategy_id, each)
    return list(latest.values())


def edition(partnership: Partnership, number: int) -> Edition | None:
    """One edition with its article."""
    return Edition.objects.filter(partnership=partnership, number=number).prefetch_related("files").first()


def file_of(edition: Edition) -> EditionFile | None:
    """The PDF, once it is made. Needs no query when the edition came with its files."""
    return next(iter(edition.files.all()), None)


def just_published(limit: int = 5) -> list[Edition]:
    """The latest editions of all partnerships, for the home page."""
    editions = Edition.objects.defer("body", "content", "contents").select_related("partnership")
    return list(editions.prefetch_related("files").order_by("-published_at", "-pk")[:limit])


def next_number(partnership: Partnership) -> int:
    """The number the next edition will get."""
    last = Edition.objects.filter(partnership=partnership).aggregate(last=Max("number"))["last"]
    return (last or 0) + 1
