"""Pages with one form: show it, save what is valid, show both where somebody saved first."""

from collections.abc import Callable, Mapping
from typing import Any

from django import forms
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.template.response import TemplateResponse

from core.refusals import Already, Conflict, Incomplete, Refusal
from partnerships.actions.neighbourhoods import AtField
from partnerships.actions.overtaking import seal_of
from partnerships.forms.neighbourhoods import SavingForm

Save = Callable[[dict[str, Any]], str]


def form_page(
    request: HttpRequest, form: SavingForm, save: Save, *, template: str, back: str, context: Mapping[str, Any]
) -> HttpResponse:
    """One form. `save` takes what was typed, stores it and returns the sentence that says so; then on to `back`."""
    conflict: Conflict | None = None
    status = 200
    if request.method == "POST" and form.is_valid():
        try:
            messages.success(request, save(form.cleaned_data))
            return redirect(back)
        except Conflict as refused:
            conflict, status = refused, refused.status
            _show_again(form, seal_of(refused.theirs))  # type: ignore[arg-type]
        except AtField as refused:
            form.add_error(refused.field, refused.sentence())
        except Already as refused:
            form.add_error(None, refused.sentence())
            status = refused.status
        except Incomplete as refused:
            for gap in refused.gaps:
                form.add_error(gap.anchor.removeprefix("id_"), str(gap.message))
    shown = {**context, "form": form, "back": back, "conflict": conflict, "differences": _differences(form, conflict)}
    return TemplateResponse(request, template, shown, status=status)


def deed_page(request: HttpRequest, do: Callable[[], str], *, back: str) -> HttpResponse:
    """A deed without a form of its own: do it, and say so on the page it leads back to; there also why it was not."""
    try:
        messages.success(request, do())
    except Refusal as refused:
        if refused.status != 409:
            raise
        messages.error(request, refused.sentence())
    return redirect(back)


def _show_again(form: SavingForm, seal: str) -> None:
    """Keep what was typed, now against what is shown beside it: saving again is a decision."""
    typed: Any = form.data.copy()  # type: ignore[attr-defined]
    typed["seen"] = seal
    form.data = typed


def _differences(form: SavingForm, conflict: Conflict | None) -> list[dict[str, Any]]:
    """Each field that differs: what is stored, and what was typed."""
    if conflict is None:
        return []
    mine: dict[str, Any] = conflict.mine  # type: ignore[assignment]
    theirs: dict[str, Any] = conflict.theirs  # type: ignore[assignment]
    return [
        {
            "label": form.fields[name].label,
            "mine": _said(form.fields[name], mine[name]),
            "theirs": _said(form.fields[name], theirs[name]),
        }
        for name in mine
        if mine[name] != theirs[name]
    ]


def _said(field: forms.Field, value: Any) -> str:
    """A value in words: of a choice its name, of a list a line each."""
    if isinstance(field, forms.ModelChoiceField):
        named = field.queryset.filter(pk=value).first() if field.queryset is not None else None
        return field.label_from_instance(named) if named else ""
    return "\n".join(value) if isinstance(value, list) else str(value or "")
