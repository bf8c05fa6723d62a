"""Pages of one deed: show its form, do it, and say so; or say why not, with everything that was typed."""

from collections.abc import Callable, Mapping
from typing import Any, Protocol

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.template.response import TemplateResponse

from core.refusals import NotPermitted, Refusal, WrongState
from partnerships.tenancy.pages import typed
from reviews.models import Case
from reviews.views import moves
from reviews.views.finding import standing
from reviews.views.steps import page_of

Do = Callable[[], str]


class Checked(Protocol):
    """A form, or several as one."""

    def is_valid(self) -> bool: ...


def deed_page(
    request: HttpRequest,
    case: Case,
    move: str,
    form: Checked,
    do: Do,
    *,
    template: str,
    context: Mapping[str, Any],
    done: str = "",
) -> HttpResponse:
    """One deed. `do` does it and returns the sentence that says so; then on to `done`, or to the case.

    Whoever may not do it is told who could. Who comes too late is told who was quicker, when, and what they did.
    """
    refusal: Refusal | None = None
    try:
        moves.check(move, case, request.access)  # type: ignore[attr-defined]
        if request.method == "POST" and form.is_valid():
            messages.success(request, do())
            return redirect(done or page_of(case))
    except NotPermitted:
        raise
    except WrongState as late:
        return not_now(request, case, late)
    except Refusal as refused:
        refusal = refused
    shown = {"case": case, "form": form, "back": page_of(case), "refusal": refusal, **context}
    return TemplateResponse(request, template, shown, status=refusal.status if refusal else 200)


def not_now(request: HttpRequest, case: Case, late: WrongState) -> HttpResponse:
    """Somebody was quicker, or it was never possible: who did what, and what one had typed."""
    case.refresh_from_db()
    fields = [(name, text) for name, texts in request.POST.lists() for text in map(str, texts)]
    fields = [(name, text) for name, text in fields if name != "csrfmiddlewaretoken"]
    context = {"case": case, "late": late.sentence(), "standing": standing(case), "typed": typed(fields)}
    return TemplateResponse(request, "reviews/not_now.html", {**context, "back": page_of(case)}, status=late.status)
