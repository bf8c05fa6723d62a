"""Words and components for every template: `{% load lsp %}`. Data in, HTML out, everything escaped."""

from __future__ import annotations

import datetime
from collections.abc import Iterable, Mapping, Sequence
from decimal import Decimal
from typing import Any

from django import template
from django.core.paginator import Page
from django.template import Context
from django.utils.html import format_html, urlize
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _

from core import dates, markdown, money
from core.error_summary import Source, entries
from core.workflow import Offer

register = template.Library()


# Words. Nothing (None) stays empty, so that a template can say what it means: {{ due|long_date|default:"No date" }}


@register.filter
def pounds(amount: Decimal | int | None) -> str:
    """£371,788.00"""
    return "" if amount is None else money.pounds(amount)


@register.filter
def millions(amount: Decimal | int | None) -> str:
    """£10.73m"""
    return "" if amount is None else money.millions(amount)


@register.filter
def figure(value: Decimal | int | None) -> str:
    """1,234"""
    return "" if value is None else money.figure(value)


@register.filter
def long_date(value: datetime.date | None) -> str:
    """31 January 2006"""
    return "" if value is None else dates.long_date(value)


@register.filter
def short_date(value: datetime.date | None) -> str:
    """31 Jan 2006"""
    return "" if value is None else dates.short_date(value)


@register.filter
def clock(value: datetime.datetime | None) -> str:
    """2:02pm"""
    return "" if value is None else dates.clock(value)


@register.filter
def date_time(value: datetime.datetime | None) -> str:
    """31 January 2006, 2:02pm"""
    return "" if value is None else dates.date_time(value)


@register.filter
def year_label(start: int | None) -> str:
    """2005–06"""
    return "" if start is None else dates.year_label(start)


@register.filter
def relative_day(value: datetime.date | None) -> str:
    """in 19 days"""
    return "" if value is None else dates.relative_day(value)


@register.filter(name="markdown")
def markdown_html(text: str | None, heading_base: int = 3) -> SafeString:
    """Safe HTML of what was typed; the first heading is h3, or the level given: {{ text|markdown:2 }}"""
    return markdown.to_html(text or "", heading_base=heading_base)


@register.filter
def markdown_text(text: str | None) -> str:
    """What was typed, without its marks."""
    return markdown.to_text(text or "")


@register.filter
def entry(mapping: Mapping[Any, Any] | None, key: Any) -> Any:
    """What a mapping holds under a key: {{ urls|entry:upload.pk }}. Nothing if it holds nothing, or there is none."""
    return mapping.get(key) if mapping else None


@register.filter
def source(text: str) -> SafeString:
    """Where something comes from, the addresses in it as links."""
    linked = urlize(text, nofollow=True, autoescape=True)
    return SafeString(linked.replace("<a ", '<a class="govuk-link" '))  # what was typed has no “<” any more


# Form errors


@register.inclusion_tag("core/error_summary.html")
def error_summary(*sources: Source) -> dict[str, Any]:
    """`{% error_summary form formset refusal %}`: every error with a link to its input; nothing without errors."""
    return {"entries": list(entries(*sources))}


@register.simple_tag
def error_prefix(*sources: Source) -> str:
    """“Error: ” in front of a page's title when a form on it has errors, so that a screen reader says so first."""
    return _("Error: ") if any(True for _entry in entries(*sources)) else ""


# Components


@register.simple_tag
def status_tag(words: Any, look: str = "draft") -> SafeString:
    """A state in words, a shape and a colour.

    `look` is on-track, slightly-off, off-track or no-data for a result; draft, submitted, sent-back, decided or late
    for a step of a workflow.
    """
    shape = "lsp-status " if look in {"on-track", "slightly-off", "off-track", "no-data"} else ""
    return format_html('<strong class="govuk-tag {}lsp-status--{}">{}</strong>', shape, look, words)


@register.inclusion_tag("core/summary_list.html")
def summary_list(rows: Iterable[Mapping[str, Any]], border: bool = True) -> dict[str, Any]:
    """Rows of `key`, `value` and, if it can be changed, `href` with `action` (“Change”)."""
    return {"rows": rows, "border": border}


@register.inclusion_tag("core/task_list.html")
def task_list(key: str, tasks: Iterable[Mapping[str, Any]]) -> dict[str, Any]:
    """Tasks of `title`, `status`, and optionally `href`, `hint`, `look`. `key` makes the ids on the page unique.

    With a `look` the status is a tag; without one it is plain text, as for what is done. Without `href` the task cannot
    be started yet.
    """
    return {"key": key, "tasks": tasks}


@register.simple_tag
def moment(value: datetime.date) -> SafeString:
    """A date or a moment as a `time` element: in words for people, exact for machines."""
    if isinstance(value, datetime.datetime):
        # HTML allows no more than thousandths of a second.
        return format_html('<time datetime="{}">{}</time>', value.isoformat(timespec="seconds"), dates.date_time(value))
    return format_html('<time datetime="{}">{}</time>', value.isoformat(), dates.long_date(value))


@register.inclusion_tag("core/timeline.html")
def timeline(events: Iterable[Mapping[str, Any]]) -> dict[str, Any]:
    """Events of `at` (date or moment), `what`, and optionally `why`, `by` and `href`; the latest first."""
    return {"events": events}


@register.inclusion_tag("core/moves_bar.html", takes_context=True)
def moves_bar(
    context: Context,
    offers: Sequence[Offer],
    *,
    pages: Mapping[str, str] | None = None,
    deeds: Mapping[str, str] | None = None,
    message: str = "",
    late: bool = False,
    also: Sequence[Any] = (),
) -> dict[str, Any]:
    """What can happen now, who may do it, what it leads to.

    `offers` come from `Workflow.available`. `pages` has the address of the page that asks before a move is made,
    `deeds` the address that a move is posted to at once; a move in neither gets no button. The first button is the
    primary one. `message` is the first sentence, `also` (url, label) links; `late` gives the bar a red edge.
    """
    buttons = [
        {"move": offer.move, "page": (pages or {}).get(offer.move.name), "deed": (deeds or {}).get(offer.move.name)}
        for offer in offers
        if offer.allowed
    ]
    return {
        "buttons": [button for button in buttons if button["page"] or button["deed"]],
        "offers": [offer for offer in offers if offer.allowed],
        "waiting": [offer for offer in offers if not offer.allowed],
        "message": message,
        "late": late,
        "also": also,
        "csrf_token": context.get("csrf_token"),
    }


@register.inclusion_tag("core/stats.html")
def stats(figures: Iterable[Mapping[str, Any]]) -> dict[str, Any]:
    """Two to five figures of `value`, `label`, and optionally `of` (small, behind the figure) and `bad`."""
    return {"figures": figures}


@register.inclusion_tag("core/pagination.html", takes_context=True)
def pagination(context: Context, page: Page[Any], label: str = "") -> dict[str, Any]:
    """Links to the pages of a list; filters and sorting in the address are kept. Nothing when there is one page."""
    numbers = page.paginator.get_elided_page_range(page.number, on_each_side=1, on_ends=1)
    return {"page": page, "numbers": list(numbers), "label": label, "query": context["request"].GET}


@register.inclusion_tag("core/sort_header.html", takes_context=True)
def sort_header(context: Context, key: str, label: str, numeric: bool = False) -> dict[str, Any]:
    """The head of a column that sorts the list by `key`: ascending, and descending when it is pressed again.

    Needs `listing` (see `core.listing`) in the context of the page.
    """
    listing = context["listing"]
    ascending = listing.sort == key and not listing.descending
    query = context["request"].GET.copy()
    query.pop("page", None)
    query["sort"] = f"-{key}" if ascending else key
    order = ("descending" if listing.descending else "ascending") if listing.sort == key else ""
    return {"label": label, "numeric": numeric, "order": order, "query": query.urlencode()}


@register.inclusion_tag("core/notification_banner.html")
def notification_banner(message: Any, title: str = "", kind: str = "") -> dict[str, Any]:
    """What has just happened. `kind` is “success” for a deed that was done; it is then read out at once."""
    return {"message": message, "title": title, "kind": kind}


@register.inclusion_tag("core/tabs.html")
def tabs(items: Iterable[Mapping[str, Any]], label: str) -> dict[str, Any]:
    """Sibling pages of `href`, `label` and `current`: links, each with an address of its own."""
    return {"items": items, "label": label}


@register.inclusion_tag("core/breadcrumbs.html")
def breadcrumbs(*parts: Any) -> dict[str, Any]:
    """`{% breadcrumbs url _("Partnerships") partnership.name %}`: pairs of address and words, then this page's name."""
    *pairs, here = parts
    links = zip(pairs[::2], pairs[1::2], strict=True)
    return {"links": list(links), "here": here}


@register.inclusion_tag("core/empty_state.html")
def empty_state(title: str, text: str = "", href: str = "", link: str = "") -> dict[str, Any]:
    """What would be here, why it is not, and the one thing to do."""
    return {"title": title, "text": text, "href": href, "link": link}


@register.inclusion_tag("core/edition_banner.html")
def edition_banner(number: int, published: datetime.date, links: Iterable[Any] = ()) -> dict[str, Any]:
    """This text is frozen. `links` are (url, label) pairs: the PDF, what changed, other editions."""
    return {"number": number, "published": published, "links": links}


@register.inclusion_tag("core/progress.html")
def progress(key: str, value: int, maximum: int, words: str) -> dict[str, Any]:
    """How far a job is, as a bar and in words; `key` makes the id on the page unique."""
    percent = round(100 * value / maximum) if maximum else 0
    return {"key": key, "value": value, "maximum": maximum or 1, "words": words, "percent": percent}


@register.inclusion_tag("core/confirmation_panel.html")
def confirmation_panel(title: str, text: Any = "") -> dict[str, Any]:
    """The last page of a long thing: it is done, and its reference number."""
    return {"title": title, "text": text}
