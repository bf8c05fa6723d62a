"""Neighbourhoods: the list, one of them, the forms that change them; and what everyone may read of it."""

from typing import Any

from django.db.models.functions import Lower
from django.http import Http404, HttpRequest, HttpResponse
from django.template.response import TemplateResponse
from django.urls import reverse
from django.utils.translation import gettext as _

from core.dates import long_date, today
from core.exports import export, wants_file
from core.listing import listing
from partnerships import queries
from partnerships.actions import neighbourhoods as actions
from partnerships.actions.overtaking import seal_of
from partnerships.forms.neighbourhoods import EndForm, NeighbourhoodForm, NewNeighbourhoodForm
from partnerships.models import Neighbourhood, Partnership
from partnerships.permissions import Perm
from partnerships.queries import contacts
from partnerships.queries import neighbourhoods as reads
from partnerships.tenancy.pages import DEED, FORM, partnership_page, public_partnership_page
from partnerships.views.saving import deed_page, form_page

KEYS: dict[str, Any] = {
    "name": Lower("name"),
    "areas": "area_count",
    "tenth": "worst_tenth",
    "fifth": "worst_fifth",
    "from": "starts_on",
    "until": "ends_on",
}


def find(partnership: Partnership, pk: int) -> Neighbourhood:
    """A neighbourhood of this partnership, or 404."""
    row = Neighbourhood.objects.filter(partnership=partnership, pk=pk).select_related("partnership").first()
    if row is None:
        raise Http404
    return row


def may_edit(request: HttpRequest, partnership: Partnership) -> bool:
    """Whether the page offers its forms."""
    access = request.access  # type: ignore[attr-defined]
    return bool(access.can(Perm.EDIT_CONTACTS, partnership)) and not partnership.is_over


@partnership_page(Perm.VIEW_INTERNAL)
def neighbourhoods(request: HttpRequest, partnership: Partnership) -> HttpResponse:
    """All neighbourhoods, those that have ended too, with how deprived they are and whom one turns to."""
    edition = reads.latest_edition()
    every = reads.neighbourhoods_of(partnership)
    shown = listing(reads.counted(every, edition), KEYS, request.GET, default="name")
    points = contacts.contacts_of(every, partnership)
    if wants_file(request):
        return _list_file(request, partnership, shown.rows, points, edition)
    for row in shown.page:
        row.contact = points.get(row.pk)
    context = {
        "listing": shown,
        "edition": edition,
        "today": today(),
        "contact": contacts.first_contact(partnership),
        "may_edit": may_edit(request, partnership),
    }
    return TemplateResponse(request, "partnerships/neighbourhoods.html", context)


@partnership_page(Perm.VIEW_INTERNAL)
def neighbourhood(request: HttpRequest, partnership: Partnership, pk: int) -> HttpResponse:
    """One neighbourhood: its small areas with their ranks, its point of contact, its past."""
    row = find(partnership, pk)
    deprivation = reads.deprivation_of(row)
    if wants_file(request):
        return _areas_file(request, row, deprivation)
    context = {
        **_shown(row, deprivation),
        "may_edit": may_edit(request, partnership),
        "timeline": queries.timeline(row, partnership=partnership, by=request.access),  # type: ignore[attr-defined]
    }
    return TemplateResponse(request, "partnerships/neighbourhood.html", context)


@partnership_page(Perm.EDIT_CONTACTS, FORM)
def new_neighbourhood(request: HttpRequest, partnership: Partnership) -> HttpResponse:
    """Add a neighbourhood."""
    form = NewNeighbourhoodForm(request.POST or None, initial={"starts_on": today()}, submit=_("Add the neighbourhood"))

    def save(typed: dict[str, Any]) -> str:
        row = actions.add_neighbourhood(partnership=partnership, **_values(typed), by=request.access)  # type: ignore[attr-defined]
        return _("“%(name)s” is added.") % {"name": row.name}

    context = {"heading": _("Add a neighbourhood"), "caption": partnership.name}
    return form_page(
        request, form, save, template="partnerships/neighbourhood_form.html", back=_list(partnership), context=context
    )


@partnership_page(Perm.EDIT_CONTACTS, FORM)
def change_neighbourhood(request: HttpRequest, partnership: Partnership, pk: int) -> HttpResponse:
    """Change its name, its text, its small areas."""
    row = find(partnership, pk)
    values = reads.values_of(row)
    initial = {**values, "seen": seal_of(values)}
    form = NeighbourhoodForm(request.POST or None, initial=initial, submit=_("Save the neighbourhood"))

    def save(typed: dict[str, Any]) -> str:
        saved = actions.save_neighbourhood(
            neighbourhood=row,
            **_values(typed),
            seen=typed["seen"],
            by=request.access,  # type: ignore[attr-defined]
        )
        return _("“%(name)s” is saved.") % {"name": saved.name}

    context = {"heading": _("Change the neighbourhood"), "caption": row.name}
    return form_page(
        request, form, save, template="partnerships/neighbourhood_form.html", back=_page(row), context=context
    )


@partnership_page(Perm.EDIT_CONTACTS, FORM)
def end_neighbourhood(request: HttpRequest, partnership: Partnership, pk: int) -> HttpResponse:
    """End it from a day on."""
    row = find(partnership, pk)
    form = EndForm(request.POST or None, initial={"on": today()}, submit=_("End the neighbourhood"))

    def save(typed: dict[str, Any]) -> str:
        ended = actions.end_neighbourhood(
            neighbourhood=row,
            on=typed["on"],
            reason=typed["reason"],
            by=request.access,  # type: ignore[attr-defined]
        )
        return _("“%(name)s” ends on %(day)s.") % {"name": ended.name, "day": long_date(typed["on"])}

    context = {"heading": _("End “%(name)s”") % {"name": row.name}, "caption": partnership.name, "ending": row}
    return form_page(
        request, form, save, template="partnerships/neighbourhood_form.html", back=_page(row), context=context
    )


@partnership_page(Perm.EDIT_CONTACTS, DEED)
def resume_neighbourhood(request: HttpRequest, partnership: Partnership, pk: int) -> HttpResponse:
    """Take its end back."""
    row = find(partnership, pk)

    def do() -> str:
        actions.resume_neighbourhood(neighbourhood=row, by=request.access)  # type: ignore[attr-defined]
        return _("“%(name)s” goes on: its end is taken back.") % {"name": row.name}

    return deed_page(request, do, back=_page(row))


@public_partnership_page
def public_neighbourhoods(request: HttpRequest, partnership: Partnership) -> HttpResponse:
    """The neighbourhoods of today, for everyone."""
    edition = reads.latest_edition()
    present = reads.present_neighbourhoods(partnership)
    points = contacts.contacts_of(present, partnership)
    rows = list(reads.counted(present, edition))
    if wants_file(request):
        return _list_file(request, partnership, rows, points, edition)
    for row in rows:
        row.contact = points.get(row.pk)
    context = {"partnership_shown": partnership, "neighbourhoods": rows, "edition": edition}
    return TemplateResponse(request, "partnerships/neighbourhoods_public.html", context)


@public_partnership_page
def public_neighbourhood(request: HttpRequest, partnership: Partnership, pk: int) -> HttpResponse:
    """One neighbourhood, for everyone; one that has ended says so."""
    row = find(partnership, pk)
    if row.starts_on > today():
        raise Http404
    deprivation = reads.deprivation_of(row)
    if wants_file(request):
        return _areas_file(request, row, deprivation)
    context = {**_shown(row, deprivation), "partnership_shown": partnership}
    if context["contact"] is None:
        context["contact_of_all"] = contacts.first_contact(partnership)
    return TemplateResponse(request, "partnerships/neighbourhood_public.html", context)


def _shown(row: Neighbourhood, deprivation: reads.Deprivation) -> dict[str, Any]:
    latest = next(iter(deprivation.summaries), None)
    return {
        "neighbourhood": row,
        "has_ended": reads.has_ended(row),
        "deprivation": deprivation,
        "latest": latest,
        "figures": _figures(deprivation, latest),
        "chart": latest.chart("tenths", "; ".join(deprivation.sources)) if latest else "",
        "contact": contacts.contact_of(row),
    }


def _figures(deprivation: reads.Deprivation, latest: reads.Summary | None) -> list[dict[str, Any]]:
    """The strip above the chart."""
    if latest is None:
        return []
    of = _("of %(count)d") % {"count": latest.ranked}
    return [
        {"value": len(deprivation.areas), "label": _("Small areas")},
        {"value": latest.worst_tenth, "of": of, "label": _("Among England’s most deprived tenth")},
        {"value": latest.worst_fifth, "of": of, "label": _("Among the most deprived fifth")},
    ]


def _values(typed: dict[str, Any]) -> dict[str, Any]:
    """What was typed, without the seal."""
    return {name: value for name, value in typed.items() if name != "seen"}


def _list(partnership: Partnership) -> str:
    return reverse("partnerships:neighbourhoods", args=[partnership.slug])


def _page(row: Neighbourhood) -> str:
    return reverse("partnerships:neighbourhood", args=[row.partnership.slug, row.pk])


def _list_file(
    request: HttpRequest, partnership: Partnership, rows: Any, points: Any, edition: int | None
) -> HttpResponse:
    columns = [_("Neighbourhood"), _("From"), _("Until"), _("Small areas"), _("Edition"), _("Ranked")]
    columns += [_("Most deprived tenth"), _("Most deprived fifth"), _("Whom to ask for"), _("E-mail"), _("Telephone")]
    table = []
    for row in rows:
        point = points.get(row.pk)
        reached = [point.name, point.email, point.telephone] if point else ["", "", ""]
        counts = [row.area_count or 0, edition, row.ranked or 0, row.worst_tenth or 0, row.worst_fifth or 0]
        table.append([row.name, row.starts_on, row.ends_on, *counts, *reached])
    return export(request, f"neighbourhoods-{partnership.slug}", columns, table)


def _areas_file(request: HttpRequest, row: Neighbourhood, deprivation: reads.Deprivation) -> HttpResponse:
    columns = [_("LSOA code"), _("Name")]
    for year in deprivation.editions:
        columns += [_("Rank %(year)d") % {"year": year}, _("Decile %(year)d") % {"year": year}]
    table = [
        [
            area.code,
            area.name,
            *(n for _year, s in area.by_edition for n in ((s.rank, s.decile) if s else (None, None))),
        ]
        for area in deprivation.areas
    ]
    return export(request, f"{row.partnership.slug}-{row.name}", columns, table)
