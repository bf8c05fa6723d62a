"""What every page shows round its own matter: navigation, the partnership one is in, the mark of a demonstration."""

from typing import Any

from django.conf import settings
from django.http import HttpRequest
from django.urls import reverse
from django.utils.functional import SimpleLazyObject
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext

from partnerships import queries
from partnerships.models import Partnership
from partnerships.permissions import Perm

# Inside a partnership: label, address, permission. An entry is shown to whoever may open it.
SUBNAVIGATION = [
    (_("Overview"), "partnerships:dashboard", Perm.VIEW_INTERNAL),
    (_("Members"), "partnerships:members", Perm.VIEW_INTERNAL),
    (_("Neighbourhoods"), "partnerships:neighbourhoods", Perm.VIEW_INTERNAL),
    (_("Strategy"), "strategies:editor", Perm.VIEW_INTERNAL),
    (_("Accreditation"), "accreditation:overview", Perm.VIEW_ASSESSMENT),
    (_("Documents"), "documents:list", Perm.VIEW_INTERNAL),
    (_("Activity"), "partnerships:activity", Perm.VIEW_ACTIVITY),
    (_("Settings"), "partnerships:settings", Perm.VIEW_INTERNAL),
]

# The tabs of everything about who belongs to a partnership.
MEMBERS_TABS = [
    (_("Organisations"), "partnerships:members", Perm.VIEW_INTERNAL),
    (_("Seats"), "partnerships:seat_register", Perm.VIEW_INTERNAL),
    (_("Balance"), "partnerships:balance", Perm.VIEW_INTERNAL),
    (_("People and roles"), "partnerships:people", Perm.VIEW_INTERNAL),
    (_("Invitations"), "invitations:list", Perm.MANAGE_MEMBERS),
    (_("Import"), "imports:list", Perm.MANAGE_MEMBERS),
]

SWITCH_TO = 12  # partnerships that the switcher names


def page_context(request: HttpRequest) -> dict[str, Any]:
    """The context processor of every template. Costs a query only where a template draws the switcher."""
    print_view = request.GET.get("view") == "print"
    address = request.GET.copy()
    address["view"] = "print"
    context: dict[str, Any] = {
        "demonstration": settings.DEMONSTRATION,
        "demonstration_note": _(
            "Areas and figures are real. People, organisations, strategies, assessments and decisions are examples."
        ),
        "print_view": print_view,
        "print_view_url": f"?{address.urlencode()}",
        "navigation": _navigation(request),
    }
    partnership = getattr(request, "partnership", None)
    if partnership is not None and partnership.ended_on is not None:
        context["ended"] = partnership
    if partnership is not None and getattr(request, "inside", False):
        context["partnership"] = partnership
        context["partnership_facts"] = _facts(partnership)
        context["switch_to"] = SimpleLazyObject(lambda: _others(request, partnership))
        context["subnavigation"] = _subnavigation(request, partnership)
        context["members_tabs"] = SimpleLazyObject(lambda: _members_tabs(request, partnership))
    return context


def _facts(partnership: Partnership) -> list[str]:
    """One line under the partnership's name."""
    seats = queries.seat_count(partnership)
    words = ngettext("%(seats)d seat on the board", "%(seats)d seats on the board", seats)
    facts = [partnership.region.name, words % {"seats": seats}]
    if partnership.accountable_body is not None:
        facts.append(_("Accountable body: %(body)s") % {"body": partnership.accountable_body.name})
    return facts


def _others(request: HttpRequest, partnership: Partnership) -> list[Partnership]:
    """The first of the other partnerships somebody has a role in; a page links to all of them besides."""
    mine = queries.reached_by(request.access)  # type: ignore[attr-defined]
    return list(mine.exclude(pk=partnership.pk)[:SWITCH_TO])


def _navigation(request: HttpRequest) -> list[dict[str, Any]]:
    signed_in = request.user.is_authenticated if hasattr(request, "user") else False
    entries = [{"label": _("Find a partnership"), "url": reverse("partnerships:directory")}]
    if signed_in:
        entries[:0] = [*_government(request), {"label": _("My partnerships"), "url": reverse("mine")}]
        entries.append({"label": request.user.name, "url": reverse("account"), "end": True})  # type: ignore[union-attr]
    else:
        entries.append({"label": _("Sign in"), "url": reverse("account_login"), "end": True})
    return [{**entry, "active": request.path == entry["url"]} for entry in entries]


def _government(request: HttpRequest) -> list[dict[str, Any]]:
    """The way to the queue and the table of a region for its office, of several the first; to England's for others."""
    access = request.access  # type: ignore[attr-defined]
    if Perm.VIEW_CASES in access.everywhere:
        return [{"label": _("National picture"), "url": reverse("national")}]
    reviewed = access.where(Perm.REVIEW)
    region = queries.regions_of(reviewed).first() if reviewed else None
    if region is None:
        return []
    return [
        {"label": _("Review queue"), "url": reverse("reviews:queue", args=[region.slug])},
        {"label": _("Region"), "url": reverse("office_region", args=[region.slug])},
    ]


def _subnavigation(request: HttpRequest, partnership: Partnership) -> list[dict[str, Any]]:
    access = request.access  # type: ignore[attr-defined]
    entries: list[dict[str, Any]] = [
        {"label": label, "url": reverse(name, args=[partnership.slug])}
        for label, name, permission in SUBNAVIGATION
        if access.can(permission, partnership)
    ]
    home = entries[0]["url"] if entries else ""
    among_members = any(tab["current"] for tab in _members_tabs(request, partnership))
    members = reverse("partnerships:members", args=[partnership.slug])
    for entry in entries:
        below = entry["url"] != home and request.path.startswith(entry["url"])
        entry["active"] = request.path == entry["url"] or below or (entry["url"] == members and among_members)
    return entries


def _members_tabs(request: HttpRequest, partnership: Partnership) -> list[dict[str, Any]]:
    """The tabs that somebody may open; the one they are in is marked, also on the pages below it."""
    entries = [
        {"label": label, "href": reverse(name, args=[partnership.slug])}
        for label, name, permission in MEMBERS_TABS
        if request.access.can(permission, partnership)  # type: ignore[attr-defined]
    ]
    return [{**entry, "current": request.path.startswith(str(entry["href"]))} for entry in entries]
