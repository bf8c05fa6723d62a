"""What a partnership is: its names and areas, who may do what, the partnerships beside it; and its end."""

from collections.abc import Callable
from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.template.response import TemplateResponse
from django.urls import reverse
from django.utils.translation import gettext as _

from core.dates import long_date, today
from core.refusals import NotPermitted, Refusal
from partnerships import queries
from partnerships.actions.areas import add_area, end_area
from partnerships.actions.closing import end, ended_already, reopen
from partnerships.actions.partnerships import change_details
from partnerships.forms.settings import AreaForm, DetailsForm, EndAreaForm, EndingForm, ReopeningForm, SettingsForm
from partnerships.models import Authority, Partnership, PartnershipArea
from partnerships.permissions import Perm
from partnerships.queries import settings as reads
from partnerships.tenancy.pages import FORM, partnership_page


@partnership_page(Perm.VIEW_INTERNAL)
def settings(request: HttpRequest, partnership: Partnership) -> HttpResponse:
    """What the partnership is, and what can be changed about it by whom."""
    access = request.access  # type: ignore[attr-defined]
    may_close = access.can(Perm.CLOSE_PARTNERSHIP, partnership)
    context = {
        "areas": list(reads.areas_through_time(partnership)),
        "today": today(),
        "may_do": reads.who_may_do_what(),
        "tiers": reads.tiers(partnership),
        "predecessors": list(Partnership.objects.filter(successor=partnership).in_order()),
        "may_change": access.can(Perm.MANAGE_MEMBERS, partnership),
        "may_close": may_close and partnership.ended_on is None,
        "may_reopen": may_close and partnership.ended_on and not (partnership.is_over and partnership.successor_id),
        "timeline": queries.timeline(partnership, partnership=partnership, by=access),
    }
    return TemplateResponse(request, "partnerships/settings.html", context)


@partnership_page(Perm.MANAGE_MEMBERS, FORM)
def details(request: HttpRequest, partnership: Partnership) -> HttpResponse:
    """Its names, and who answers for its money."""
    body = partnership.accountable_body_id
    initial = {
        "name": partnership.name,
        "short_name": partnership.short_name,
        "accountable_body": body,
        "version": reads.last_deed_to(partnership),
    }
    members = queries.members_or(partnership, [body] if body else [])
    form = DetailsForm(request.POST or None, initial=initial, members=members)

    def save(values: dict[str, Any]) -> str:
        values["version"] = values["version"] or 0
        change_details(partnership=partnership, **values, by=request.access)  # type: ignore[attr-defined]
        return _("Saved.")

    return _page(request, partnership, form, save, heading=_("Names and accountable body"), stands=initial)


@partnership_page(Perm.CLOSE_PARTNERSHIP, FORM)
def new_area(request: HttpRequest, partnership: Partnership) -> HttpResponse:
    """An area more."""
    areas = Authority.objects.filter(region=partnership.region_id).order_by("name", "pk")
    form = AreaForm(request.POST or None, areas=areas)

    def save(values: dict[str, Any]) -> str:
        area = add_area(partnership=partnership, **values, by=request.access)  # type: ignore[attr-defined]
        return _("%(area)s is an area of the partnership from %(day)s.") % {
            "area": area.authority.name,
            "day": long_date(values["starts_on"]),
        }

    return _page(request, partnership, form, save, heading=_("Add an area"))


@partnership_page(Perm.CLOSE_PARTNERSHIP, FORM)
def area(request: HttpRequest, partnership: Partnership, pk: int) -> HttpResponse:
    """End one of the areas."""
    rows = PartnershipArea.objects.filter(partnership=partnership, pk=pk)
    found = rows.select_related("authority", "partnership").first()
    if found is None:
        raise Http404
    form = EndAreaForm(request.POST or None)

    def save(values: dict[str, Any]) -> str:
        end_area(area=found, **values, by=request.access)  # type: ignore[attr-defined]
        return _("%(area)s is no longer an area from %(day)s on.") % {
            "area": found.authority.name,
            "day": long_date(values["on"]),
        }

    heading = _("End the area %(area)s") % {"area": found.authority.name}
    return _page(request, partnership, form, save, heading=heading)


@partnership_page(Perm.CLOSE_PARTNERSHIP, FORM, sensitive=True)
def ending(request: HttpRequest, partnership: Partnership) -> HttpResponse:
    """Say what follows, then end the partnership on a day."""
    if partnership.ended_on is not None and request.method != "POST":
        messages.info(request, ended_already(partnership))
        return _back(partnership)
    others = Partnership.objects.filter(ended_on=None).exclude(pk=partnership.pk).in_order()
    form = EndingForm(request.POST or None, others=others)

    def save(values: dict[str, Any]) -> str:
        return ended_already(end(partnership=partnership, **values, by=request.access))  # type: ignore[attr-defined]

    heading = _("End %(name)s?") % {"name": partnership.name}
    return _page(request, partnership, form, save, heading=heading, template="partnerships/settings_end.html")


@partnership_page(Perm.CLOSE_PARTNERSHIP, FORM, sensitive=True, even_if_over=True)
def reopening(request: HttpRequest, partnership: Partnership) -> HttpResponse:
    """Take an end back."""
    if partnership.ended_on is None and request.method != "POST":
        return _back(partnership)
    form = ReopeningForm(request.POST or None)

    def save(values: dict[str, Any]) -> str:
        reopen(partnership=partnership, **values, by=request.access)  # type: ignore[attr-defined]
        return _("The partnership is open again. Invitations that were open when it ended have to be written anew.")

    heading = _("Open %(name)s again?") % {"name": partnership.name}
    return _page(request, partnership, form, save, heading=heading)


def _page(
    request: HttpRequest,
    partnership: Partnership,
    form: SettingsForm,
    save: Callable[[dict[str, Any]], str],
    *,
    heading: str,
    template: str = "partnerships/settings_form.html",
    **context: Any,
) -> HttpResponse:
    """One form: what is valid is saved, and a refusal stands above it with what was typed kept."""
    status = 200
    if request.method == "POST" and form.is_valid():
        try:
            messages.success(request, save(form.cleaned_data))
            return _back(partnership)
        except NotPermitted:
            raise
        except Refusal as refused:
            form.add_error(None, refused.sentence())
            status = refused.status
    shown = {"form": form, "heading": heading, "back": reverse("partnerships:settings", args=[partnership.slug])}
    return TemplateResponse(request, template, {**shown, **context}, status=status)


def _back(partnership: Partnership) -> HttpResponse:
    return redirect("partnerships:settings", partnership.slug)
