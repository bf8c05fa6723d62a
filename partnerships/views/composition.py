"""Saying what a body shall look like, and which groups the partnership wants to hear."""

from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.template.response import TemplateResponse
from django.urls import reverse
from django.utils.translation import gettext as _

from core.refusals import Conflict, Refusal, WrongState
from partnerships.actions import composition as actions
from partnerships.actions.overtaking import seal_of
from partnerships.forms.composition import CompositionForm, GroupForm
from partnerships.models import Partnership, Sector, UnderrepresentedGroup
from partnerships.permissions import Perm
from partnerships.queries.composition import bodies, current_groups
from partnerships.queries.composition import composition as composition_of
from partnerships.tenancy.pages import DEED, FORM, partnership_page
from partnerships.views.balance import body_of
from partnerships.views.seat_deeds import seen_both


@partnership_page(Perm.MANAGE_MEMBERS, FORM)
def composition(request: HttpRequest, partnership: Partnership) -> HttpResponse:
    """How many seats of a body are wanted, for each sector and each group."""
    layers = list(bodies())
    body = body_of(request, layers)
    rows: list[Any] = [*Sector.objects.order_by("order"), *current_groups(partnership)]
    found = composition_of(partnership, body)
    sides = dict(zip(map(actions.key_of, rows), [*found.sectors, *found.groups], strict=True))
    sectors = {key: side for key, side in sides.items() if key.startswith("sector")}
    groups = {key: side for key, side in sides.items() if key.startswith("group")}
    seen = seal_of(actions.wishes(partnership, body))
    form = CompositionForm(request.POST or None, sectors=sectors, groups=groups, initial={"seen": seen})
    back = f"{reverse('partnerships:balance', args=[partnership.slug])}?body={body.code}"
    conflict: Conflict | None = None
    if request.method == "POST" and form.is_valid():
        wanted = {row: form.wanted[actions.key_of(row)] for row in rows}
        deed = {"wanted": wanted, "seen": form.cleaned_data["seen"], "by": request.access}  # type: ignore[attr-defined]
        try:
            actions.set_composition(partnership=partnership, body=body, **deed)
        except Conflict as refused:
            conflict = refused
            seen_both(form, refused)
        else:
            messages.success(request, _("The composition that you want is saved."))
            return redirect(back)
    context = {
        "form": form,
        "body": body,
        "back": back,
        "conflict": conflict,
        "differences": _differences(conflict, sides) if conflict else [],
    }
    status = conflict.status if conflict else 200
    return TemplateResponse(request, "partnerships/balance_composition.html", context, status=status)


def _differences(conflict: Conflict, sides: dict[str, Any]) -> list[dict[str, Any]]:
    mine: dict[str, int] = conflict.mine  # type: ignore[assignment]
    theirs: dict[str, int] = conflict.theirs  # type: ignore[assignment]
    return [
        {"name": side.name, "mine": mine.get(key), "theirs": theirs.get(key)}
        for key, side in sides.items()
        if mine.get(key) != theirs.get(key)
    ]


@partnership_page(Perm.MANAGE_MEMBERS, FORM)
def groups(request: HttpRequest, partnership: Partnership) -> HttpResponse:
    """The under-represented groups of the partnership, and the form that names another."""
    form = GroupForm(request.POST or None, submit=_("Name the group"))
    refusal: Refusal | None = None
    if request.method == "POST" and form.is_valid():
        name, by = form.cleaned_data["name"], request.access  # type: ignore[attr-defined]
        try:
            added = actions.add_group(partnership=partnership, name=name, by=by)
        except WrongState as refused:
            refusal = refused
        else:
            messages.success(request, _("“%(group)s” is named.") % {"group": added})
            return redirect("partnerships:named_groups", partnership.slug)
    context = {"form": form, "refusal": refusal, "groups": list(current_groups(partnership))}
    status = refusal.status if refusal else 200
    return TemplateResponse(request, "partnerships/balance_groups.html", context, status=status)


@partnership_page(Perm.MANAGE_MEMBERS, FORM)
def group(request: HttpRequest, partnership: Partnership, pk: int) -> HttpResponse:
    """Other words for a group."""
    row = _find(partnership, pk)
    form = GroupForm(
        request.POST or None, submit=_("Save the name"), initial={"name": row.name, "seen": seal_of({"name": row.name})}
    )
    refusal: Refusal | None = None
    if request.method == "POST" and form.is_valid():
        name, seen = form.cleaned_data["name"], form.cleaned_data["seen"]
        try:
            actions.rename_group(group=row, name=name, seen=seen, by=request.access)  # type: ignore[attr-defined]
        except WrongState as refused:
            refusal = refused
        except Conflict as refused:
            refusal = refused
            seen_both(form, refused)
        else:
            messages.success(request, _("The name is saved."))
            return redirect("partnerships:named_groups", partnership.slug)
    context = {"form": form, "refusal": refusal, "group": row}
    status = refusal.status if refusal else 200
    return TemplateResponse(request, "partnerships/balance_group.html", context, status=status)


@partnership_page(Perm.MANAGE_MEMBERS, DEED)
def end_group(request: HttpRequest, partnership: Partnership, pk: int) -> HttpResponse:
    """The partnership names a group no longer."""
    row = _find(partnership, pk)
    try:
        actions.end_group(group=row, by=request.access)  # type: ignore[attr-defined]
    except WrongState as refusal:
        messages.error(request, str(refusal))
    else:
        messages.success(request, _("“%(group)s” is not named any more. Its seats stay as they are.") % {"group": row})
    return redirect("partnerships:named_groups", partnership.slug)


def _find(partnership: Partnership, pk: int) -> UnderrepresentedGroup:
    rows = UnderrepresentedGroup.objects.select_related("partnership")
    row = rows.filter(partnership=partnership, pk=pk).first()
    if row is None:
        raise Http404
    return row
