"""Pages that save one part each. A save that somebody else overtook shows both texts, and nothing typed is lost."""

from collections.abc import Callable
from typing import Any

from django.contrib import messages
from django.core.exceptions import BadRequest
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.template.response import TemplateResponse
from django.urls import reverse
from django.utils.translation import gettext as _

from core.conflicts import against, differences
from core.drafts import draft_of
from core.refusals import Already, Conflict
from partnerships import queries as partnerships
from partnerships.models import Partnership
from partnerships.permissions import Perm
from partnerships.tenancy.pages import DEED, FORM, partnership_page
from strategies import actions
from strategies.forms import ActionForm, PartForm, PriorityForm, StrategyForm, TextForm, TitledForm
from strategies.models import Priority, Strategy, Text
from strategies.views.finding import find_part, find_strategy, keeping_what_was_typed

Save = Callable[[dict[str, Any]], Any]


def _titled(request: HttpRequest, partnership: Partnership) -> TitledForm:
    return TitledForm(request.POST)


def _priority(request: HttpRequest, partnership: Partnership) -> PriorityForm:
    return PriorityForm(request.POST)


def _action(request: HttpRequest, partnership: Partnership) -> ActionForm:
    return ActionForm(request.POST, members=partnerships.members_of(partnership))


@partnership_page(Perm.EDIT_STRATEGY, FORM)
def details(request: HttpRequest, partnership: Partnership, strategy: int) -> HttpResponse:
    """Title and period."""
    found = find_strategy(partnership, strategy)
    form = StrategyForm(request.POST or None, initial=StrategyForm.initial_of(found))

    def save(values: dict[str, Any]) -> Any:
        return actions.save_details(strategy=found, **values, version=_version(form), by=request.access)  # type: ignore[attr-defined]

    return _page(request, found, form, save, heading=_("Title and period"), back=_tasks_of(found), row=found)


@partnership_page(Perm.EDIT_STRATEGY, FORM)
def text(request: HttpRequest, partnership: Partnership, strategy: int, kind: str) -> HttpResponse:
    """One running text."""
    found = find_strategy(partnership, strategy)
    row = Text.objects.filter(strategy=found, kind=kind).select_related("partnership", "strategy").first()
    if row is None:
        raise Http404
    form = TextForm(request.POST or None, initial=TextForm.initial_of(row))

    def save(values: dict[str, Any]) -> Any:
        return actions.save_text(text=row, **values, version=_version(form), by=request.access)  # type: ignore[attr-defined]

    return _page(request, found, form, save, heading=row.get_kind_display(), back=_tasks_of(found), row=row)


@partnership_page(Perm.EDIT_STRATEGY, FORM)
def new_issue(request: HttpRequest, partnership: Partnership, strategy: int) -> HttpResponse:
    """A key issue more."""
    found = find_strategy(partnership, strategy)
    form = TitledForm(request.POST or None)

    def save(values: dict[str, Any]) -> Any:
        return actions.add_issue(strategy=found, **values, by=request.access)  # type: ignore[attr-defined]

    return _page(request, found, form, save, heading=_("Add a key issue"), back=_list_of(found, "issues"))


@partnership_page(Perm.EDIT_STRATEGY, FORM)
@keeping_what_was_typed(_titled)
def issue(request: HttpRequest, partnership: Partnership, strategy: int, pk: int) -> HttpResponse:
    """One key issue."""
    found = find_strategy(partnership, strategy)
    row = find_part(found, "issues", pk)
    form = TitledForm(request.POST or None, initial=TitledForm.initial_of(row))

    def save(values: dict[str, Any]) -> Any:
        return actions.save_issue(issue=row, **values, version=_version(form), by=request.access)  # type: ignore[attr-defined]

    return _page(request, found, form, save, heading=row.title, back=_list_of(found, "issues"), row=row, kind="issues")


@partnership_page(Perm.EDIT_STRATEGY, FORM)
def new_priority(request: HttpRequest, partnership: Partnership, strategy: int) -> HttpResponse:
    """A priority more."""
    found = find_strategy(partnership, strategy)
    form = PriorityForm(request.POST or None)

    def save(values: dict[str, Any]) -> Any:
        return actions.add_priority(strategy=found, **values, by=request.access)  # type: ignore[attr-defined]

    return _page(request, found, form, save, heading=_("Add a priority"), back=_list_of(found, "priorities"))


@partnership_page(Perm.EDIT_STRATEGY, FORM)
@keeping_what_was_typed(_priority)
def priority(request: HttpRequest, partnership: Partnership, strategy: int, pk: int) -> HttpResponse:
    """One priority."""
    found = find_strategy(partnership, strategy)
    row: Priority = find_part(found, "priorities", pk)
    form = PriorityForm(request.POST or None, initial=PriorityForm.initial_of(row))

    def save(values: dict[str, Any]) -> Any:
        return actions.save_priority(priority=row, **values, version=_version(form), by=request.access)  # type: ignore[attr-defined]

    back = _list_of(found, "priorities")
    return _page(request, found, form, save, heading=row.title, back=back, row=row, kind="priorities")


@partnership_page(Perm.EDIT_STRATEGY, FORM)
@keeping_what_was_typed(_titled)
def new_objective(request: HttpRequest, partnership: Partnership, strategy: int, pk: int) -> HttpResponse:
    """An objective more, in a priority."""
    found = find_strategy(partnership, strategy)
    parent = find_part(found, "priorities", pk)
    form = TitledForm(request.POST or None)

    def save(values: dict[str, Any]) -> Any:
        return actions.add_objective(priority=parent, **values, by=request.access)  # type: ignore[attr-defined]

    back = _list_of(found, "priorities")
    return _page(request, found, form, save, heading=_("Add an objective"), back=back, caption=parent.title)


@partnership_page(Perm.EDIT_STRATEGY, FORM)
@keeping_what_was_typed(_titled)
def objective(request: HttpRequest, partnership: Partnership, strategy: int, pk: int) -> HttpResponse:
    """One objective."""
    found = find_strategy(partnership, strategy)
    row = find_part(found, "objectives", pk)
    form = TitledForm(request.POST or None, initial=TitledForm.initial_of(row))

    def save(values: dict[str, Any]) -> Any:
        return actions.save_objective(objective=row, **values, version=_version(form), by=request.access)  # type: ignore[attr-defined]

    back = _list_of(found, "priorities")
    return _page(
        request, found, form, save, heading=row.title, back=back, row=row, kind="objectives", caption=row.priority.title
    )


@partnership_page(Perm.EDIT_STRATEGY, FORM)
@keeping_what_was_typed(_action)
def new_action(request: HttpRequest, partnership: Partnership, strategy: int, pk: int) -> HttpResponse:
    """An action more, in an objective."""
    found = find_strategy(partnership, strategy)
    parent = find_part(found, "objectives", pk)
    form = ActionForm(request.POST or None, members=partnerships.members_of(partnership))

    def save(values: dict[str, Any]) -> Any:
        return actions.add_action(objective=parent, **values, by=request.access)  # type: ignore[attr-defined]

    back = _list_of(found, "priorities")
    return _page(request, found, form, save, heading=_("Add an action"), back=back, caption=parent.title)


@partnership_page(Perm.EDIT_STRATEGY, FORM)
@keeping_what_was_typed(_action)
def action(request: HttpRequest, partnership: Partnership, strategy: int, pk: int) -> HttpResponse:
    """One action."""
    found = find_strategy(partnership, strategy)
    row = find_part(found, "actions", pk)
    members = partnerships.members_or(
        partnership, [row.lead_id, *(helper.organisation_id for helper in row.helpers.all())]
    )
    form = ActionForm(request.POST or None, initial=ActionForm.initial_of(row), members=members)

    def save(values: dict[str, Any]) -> Any:
        return actions.save_action(action=row, **values, version=_version(form), by=request.access)  # type: ignore[attr-defined]

    back = _list_of(found, "priorities")
    return _page(
        request, found, form, save, heading=row.title, back=back, row=row, kind="actions", caption=row.objective.title
    )


@partnership_page(Perm.EDIT_STRATEGY, DEED)
@keeping_what_was_typed()
def order(request: HttpRequest, partnership: Partnership, strategy: int, kind: str, pk: int) -> HttpResponse:
    """Move a part one place up or down."""
    found = find_strategy(partnership, strategy)
    row = find_part(found, kind, pk)
    earlier = {"earlier": True, "later": False}.get(request.POST.get("to", ""))
    if earlier is None:
        raise BadRequest("A part is moved earlier or later.")
    actions.move_part(part=row, earlier=earlier, by=request.access)  # type: ignore[attr-defined]
    return redirect(f"{_list_of(found, 'issues' if kind == 'issues' else 'priorities')}#{kind}-{row.pk}")


@partnership_page(Perm.EDIT_STRATEGY, FORM)
@keeping_what_was_typed()
def removal(request: HttpRequest, partnership: Partnership, strategy: int, kind: str, pk: int) -> HttpResponse:
    """Ask, then take a part out."""
    found = find_strategy(partnership, strategy)
    row = find_part(found, kind, pk)
    back = _list_of(found, "issues" if kind == "issues" else "priorities")
    if request.method != "POST":
        context = {"strategy": found, "part": row, "back": back}
        return TemplateResponse(request, "strategies/removal.html", context)
    form = PartForm(request.POST)
    version = _version(form) if form.is_valid() else 0
    try:
        actions.remove_part(part=row, version=version, by=request.access)  # type: ignore[attr-defined]
    except Conflict as conflict:
        context = {"strategy": found, "part": row, "back": back, "conflict": conflict}
        return TemplateResponse(request, "strategies/removal.html", context, status=conflict.status)
    messages.success(request, _("“%(title)s” is removed. The partnership’s history keeps it.") % {"title": row.title})
    return redirect(back)


def _page(
    request: HttpRequest,
    strategy: Strategy,
    form: PartForm,
    save: Save,
    *,
    heading: str,
    back: str,
    row: Any = None,
    kind: str = "",
    caption: str = "",
) -> HttpResponse:
    """Show the form; save what is valid; show both texts where somebody saved first."""
    conflict: Conflict | None = None
    if request.method == "POST" and form.is_valid():
        try:
            save(form.values())
        except Conflict as refused:
            conflict = refused
            form = against(form, refused.version)
        except Already as refused:
            form.add_error("period_from", refused.sentence())
        else:
            title = form.cleaned_data.get("title") or heading
            messages.success(request, _("“%(title)s” is saved.") % {"title": title}, extra_tags=draft_of(request))
            return redirect(f"{back}#{kind}-{row.pk}" if kind else back)
    context = {
        "strategy": strategy,
        "form": form,
        "heading": heading,
        "caption": caption,
        "back": back,
        "part": row,
        "kind": kind,
        "conflict": conflict,
        "differences": differences(form, conflict) if conflict else [],
    }
    return TemplateResponse(request, "strategies/part.html", context, status=conflict.status if conflict else 200)


def _version(form: PartForm) -> int:
    """The version the writer saw; a form without one was never shown, and loses against any."""
    return form.cleaned_data.get("version") or 0


def _tasks_of(strategy: Strategy) -> str:
    return reverse("strategies:strategy", args=[strategy.partnership.slug, strategy.pk])


def _list_of(strategy: Strategy, name: str) -> str:
    return reverse(f"strategies:{name}", args=[strategy.partnership.slug, strategy.pk])
