"""The action plan: what will be done about it, and how far it is."""

from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.template.response import TemplateResponse
from django.urls import reverse
from django.utils.translation import gettext as _

from accreditation import actions, queries
from accreditation.forms import ActionForm, ProgressForm, VersionedForm
from accreditation.models import PlannedAction, SelfAssessment
from accreditation.views.finding import find_action, find_assessment, removal_of
from accreditation.views.saving import attempt
from accreditation.workflow import SELF_ASSESSMENT
from core.drafts import draft_of
from core.refusals import Conflict, Removed, WrongState
from partnerships import queries as partnerships
from partnerships.models import Partnership
from partnerships.permissions import Perm
from partnerships.tenancy.access import Access
from partnerships.tenancy.pages import FORM, partnership_page


@partnership_page(Perm.VIEW_ASSESSMENT)
def plan(request: HttpRequest, partnership: Partnership, pk: int) -> HttpResponse:
    """The actions by criterion, each with its last progress."""
    access: Access = request.access  # type: ignore[attr-defined]
    found = find_assessment(partnership, pk)
    rows = list(queries.actions_of(found))
    move = SELF_ASSESSMENT["note_progress"]
    notes = found.state in move.from_states and access.can(Perm.EDIT_ASSESSMENT, partnership)
    context = {
        "assessment": found,
        "rows": [{"action": row, "last": next(iter(row.progress_noted), None), "lacks": _lacks(row)} for row in rows],
        "may_write": queries.may_write(found, queries.PLAN, access),
        "may_note": notes,
        "edits": access.can(Perm.EDIT_ASSESSMENT, partnership),
    }
    return TemplateResponse(request, "accreditation/plan.html", context)


@partnership_page(Perm.EDIT_ASSESSMENT, FORM)
def new_action(request: HttpRequest, partnership: Partnership, pk: int) -> HttpResponse:
    """An action more."""
    found = find_assessment(partnership, pk)
    form = ActionForm(
        request.POST or None,
        initial={"criterion": _chosen(found, request.GET.get("criterion", ""))},
        criteria=queries.criteria_of(found),
        members=partnerships.members_of(partnership),
    )
    tried = attempt(
        request,
        form,
        lambda form: actions.add_action(assessment=found, **form.values(), by=request.access),  # type: ignore[attr-defined]
    )
    if tried.done:
        return _saved(request, found, _("“%(title)s” is added."), tried.result)
    context = {"assessment": found, "may_write": queries.may_write(found, queries.PLAN, request.access)}  # type: ignore[attr-defined]
    return tried.page(request, "accreditation/action.html", context)


@partnership_page(Perm.EDIT_ASSESSMENT, FORM)
def action(request: HttpRequest, partnership: Partnership, pk: int, action: int) -> HttpResponse:
    """One action."""
    found = find_assessment(partnership, pk)
    row = find_action(found, action)
    members = partnerships.members_or(partnership, [row.lead_id] if row.lead_id else [])
    form = ActionForm(
        request.POST or None,
        initial=ActionForm.initial_of(row),
        criteria=queries.criteria_of(found),
        members=members,
    )
    if row.removed_at is not None:
        return _removed(request, found, row, form)
    tried = attempt(
        request,
        form,
        lambda form: actions.save_action(action=row, **form.values(), version=form.seen, by=request.access),  # type: ignore[attr-defined]
    )
    if tried.done:
        return _saved(request, found, _("“%(title)s” is saved."), tried.result)
    context = {
        "assessment": found,
        "action": row,
        "may_write": queries.may_write(found, queries.PLAN, request.access),  # type: ignore[attr-defined]
    }
    return tried.page(request, "accreditation/action.html", context)


@partnership_page(Perm.EDIT_ASSESSMENT, FORM)
def action_removal(request: HttpRequest, partnership: Partnership, pk: int, action: int) -> HttpResponse:
    """Ask, then take an action out of the plan."""
    found = find_assessment(partnership, pk)
    row = find_action(found, action)
    if row.removed_at is not None:
        return _removed(request, found, row)
    context: dict[str, Any] = {"assessment": found, "action": row}
    if request.method != "POST":
        return TemplateResponse(request, "accreditation/action_removal.html", context)
    form = VersionedForm(request.POST)
    try:
        seen = form.seen if form.is_valid() else 0
        actions.remove_action(action=row, version=seen, by=request.access)  # type: ignore[attr-defined]
    except (Conflict, Removed, WrongState) as refusal:
        context["refusal"] = refusal
        return TemplateResponse(request, "accreditation/action_removal.html", context, status=refusal.status)
    return _saved(request, found, _("“%(title)s” is taken out of the plan."), row)


@partnership_page(Perm.EDIT_ASSESSMENT, FORM)
def progress(request: HttpRequest, partnership: Partnership, pk: int, action: int) -> HttpResponse:
    """Say how far an action is; what was said before stands beside it."""
    found = find_assessment(partnership, pk)
    row = find_action(found, action)
    form = ProgressForm(request.POST or None)
    if row.removed_at is not None:
        return _removed(request, found, row, form)
    tried = attempt(
        request,
        form,
        lambda form: actions.note_progress(action=row, **form.values(), by=request.access),  # type: ignore[attr-defined]
    )
    if tried.done:
        return _saved(request, found, _("The progress of “%(title)s” is noted."), row)
    context = {
        "assessment": found,
        "action": row,
        "noted": list(row.progress.select_related("noted_by").order_by("-noted_at", "-pk")),
        "may_note": found.state in SELF_ASSESSMENT["note_progress"].from_states,
    }
    return tried.page(request, "accreditation/progress.html", context)


def _lacks(row: PlannedAction) -> bool:
    """Whether something of it must be known before it is submitted."""
    return not (row.lead_id and row.starts_on and row.ends_on and row.measure.strip())


def _chosen(found: SelfAssessment, code: str) -> int | None:
    return queries.criteria_of(found).filter(code=code).values_list("pk", flat=True).first() if code else None


def _saved(request: HttpRequest, found: SelfAssessment, words: str, row: PlannedAction) -> HttpResponse:
    messages.success(request, words % {"title": row.title}, extra_tags=draft_of(request))
    return redirect(f"{reverse('accreditation:plan', args=[found.partnership.slug, found.pk])}#action-{row.pk}")


def _removed(request: HttpRequest, found: SelfAssessment, row: PlannedAction, form: Any = None) -> HttpResponse:
    """Somebody has taken it out: who, and what was typed."""
    sending = request.method == "POST"
    typed: list[dict[str, Any]] = []
    if sending and form is not None:
        form.is_valid()
        answers = ((field, form.cleaned_data.get(field.name, field.data)) for field in form.visible_fields())
        typed = [{"label": field.label, "answer": str(answer or "")} for field, answer in answers]
    context = {"assessment": found, "action": row, "removed": removal_of(row), "typed": typed}
    return TemplateResponse(request, "accreditation/removed.html", context, status=409 if sending else 404)
