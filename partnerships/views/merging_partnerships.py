"""Merging two partnerships: choose, see what would be done, confirm."""

from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.template.response import TemplateResponse
from django.utils.translation import gettext as _

from core.dates import today
from core.refusals import NotPermitted, Refusal
from partnerships.actions.closing import ended_already
from partnerships.actions.merging_partnerships import NewPartnership, merge
from partnerships.forms.settings import OTHER, THIS, MergeConfirmationForm, MergeForm
from partnerships.models import Organisation, Partnership, Seat
from partnerships.permissions import Perm
from partnerships.queries.merging_partnerships import Plan, Taken, plan, possible_areas
from partnerships.tenancy.context import reading
from partnerships.tenancy.pages import FORM, partnership_page


@partnership_page(Perm.CLOSE_PARTNERSHIP, FORM, sensitive=True)
def merging(request: HttpRequest, partnership: Partnership) -> HttpResponse:
    """With whom and into what stands in the address, so that what would be done can be shown and sent to others."""
    if partnership.ended_on is not None and request.method != "POST":
        messages.info(request, ended_already(partnership))
        return redirect("partnerships:settings", partnership.slug)
    access = request.access  # type: ignore[attr-defined]
    own = Partnership.objects.filter(pk__in=access.where(Perm.CLOSE_PARTNERSHIP), region=partnership.region_id)
    others = own.exclude(pk=partnership.pk).filter(ended_on=None).in_order()
    choice = MergeForm(request.GET if "other" in request.GET else None, others=others)
    if not choice.is_valid():
        status = 409 if request.method == "POST" else 200  # somebody merged the other one meanwhile
        return TemplateResponse(request, "partnerships/merging.html", {"choice": choice}, status=status)
    return _confirm(request, partnership, choice.cleaned_data)


def _confirm(request: HttpRequest, partnership: Partnership, chosen: dict[str, Any]) -> HttpResponse:
    """What would be done, and the form that does it."""
    other: Partnership = chosen["other"]
    parts = [partnership, other]
    stays = {THIS: partnership, OTHER: other}.get(chosen["into"])
    made = _plan(request, parts, stays)
    bodies = None if stays else Organisation.objects.filter(accountable_for__in=parts).distinct().order_by("name")
    form = MergeConfirmationForm(
        request.POST or None, areas=possible_areas(parts), bodies=bodies, initial={"areas": made.areas}
    )
    status = 200
    if request.method == "POST" and form.is_valid():
        new = NewPartnership(
            chosen["name"], chosen["short_name"], chosen["slug"], form.cleaned_data["accountable_body"]
        )
        try:
            successor = merge(
                parts=parts,
                into=stays or new,
                areas=list(form.cleaned_data["areas"]),
                reason=form.cleaned_data["reason"],
                seen=request.POST.get("seen", ""),
                by=request.access,  # type: ignore[attr-defined]
            )
        except NotPermitted:
            raise
        except Refusal as refused:
            form.add_error(None, refused.sentence())
            made, status = _plan(request, parts, stays), refused.status
        else:
            words = {"name": successor.name, "old": _(" and ").join(part.name for part in made.ending)}
            messages.success(request, _("%(name)s has taken over from %(old)s.") % words)
            return redirect("partnerships:settings", successor.slug)
    context = {
        "form": form,
        "plan": made,
        "counts": _counts(made),
        "conflicts": [(title, lines) for title, lines in _conflicts(made) if lines],
        "today": today(),
        "successor": stays.name if stays else chosen["name"],
    }
    return TemplateResponse(request, "partnerships/merging_preview.html", context, status=status)


def _plan(request: HttpRequest, parts: list[Partnership], stays: Partnership | None) -> Plan:
    with reading([part.pk for part in parts], by=request.access.person_id):  # type: ignore[attr-defined]
        return plan(parts, stays)


def _counts(made: Plan) -> list[tuple[str, int, int]]:
    """Kinds of rows, how many are taken over, how many are there already."""
    kinds: list[tuple[str, Taken[Any]]] = [
        (_("Member organisations"), made.memberships),
        (_("Named partners"), made.named_partners),
        (_("Seats"), made.seats),
        (_("Appointments to roles"), made.appointments),
        (_("Neighbourhoods"), made.neighbourhoods),
        (_("Small areas of neighbourhoods"), made.small_areas),
    ]
    counted = [(name, len(kind.rows), len(kind.twice)) for name, kind in kinds]
    counted.insert(3, (_("People on seats"), len(made.sittings), 0))
    return [*counted, (_("Points of contact"), len(made.contact_points), 0)]


def _conflicts(made: Plan) -> list[tuple[str, list[str]]]:
    """What is in both, and what becomes of it, in words."""
    return [
        (_("Members of both: one membership each goes on"), [row.organisation.name for row in made.memberships.twice]),
        (
            _("Named partners of both: named once"),
            [f"{row.organisation.name}, {row.agreement}" for row in made.named_partners.twice],
        ),
        (
            _("Seats of one organisation that the same person holds in both: one goes on"),
            [_seat(row) for row in made.seats.twice],
        ),
        (
            _("Organisations with a seat in both: both seats go on; end one afterwards if it is too many"),
            [_seat(row) for row in made.side_by_side],
        ),
        (
            _("People with the same role in both: one appointment goes on"),
            [f"{row.person.name}, {row.get_role_display()}" for row in made.appointments.twice],
        ),
        (
            _("Neighbourhoods with the same name and the same small areas: one goes on"),
            [row.name for row in made.neighbourhoods.twice],
        ),
        (
            _("Neighbourhoods whose name is taken: they get another"),
            [
                _("%(from)s becomes %(to)s") % {"from": row.name, "to": made.renamed[row.pk]}
                for row in made.neighbourhoods.rows
                if row.pk in made.renamed
            ],
        ),
        (_("Small areas in two neighbourhoods: the first keeps them"), [row.code for row in made.small_areas.twice]),
    ]


def _seat(row: Seat) -> str:
    of = row.organisation.name if row.organisation else ""
    return f"{row.position} ({of}, {row.partnership.short_name})"
