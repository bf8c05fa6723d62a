"""Finding a strategy or a part through the partnership the reader has open; anything else is 404."""

from collections.abc import Callable
from functools import wraps
from typing import Any, TypeVar

from django.db.models import Model, QuerySet
from django.http import Http404, HttpRequest, HttpResponse
from django.template.response import TemplateResponse

from core.refusals import Removed
from partnerships.models import Partnership
from strategies.forms import PartForm
from strategies.models import Action, Issue, Objective, Priority, Strategy
from strategies.queries import removal_of

View = Callable[..., HttpResponse]
FormOf = Callable[[HttpRequest, Partnership], PartForm]
Row = TypeVar("Row", bound=Model)

# A part's kind in an address → its model, and the way from it to its strategy.
KINDS: dict[str, tuple[type[Any], str]] = {
    "issues": (Issue, "strategy"),
    "priorities": (Priority, "strategy"),
    "objectives": (Objective, "priority__strategy"),
    "actions": (Action, "objective__priority__strategy"),
}


def find_strategy(partnership: Partnership, pk: int) -> Strategy:
    """Raises Http404."""
    return _one(Strategy.objects.filter(pk=pk, partnership=partnership).select_related("partnership__region"))


def find_part(strategy: Strategy, kind: str, pk: int) -> Any:
    """A part of this strategy. Raises Removed when there was one, Http404 when there never was."""
    if kind not in KINDS:
        raise Http404
    model, way = KINDS[kind]
    row = model.objects.filter(pk=pk, **{way: strategy}).select_related("partnership", way).first()
    if row is not None:
        return row
    name, at = removal_of(model, pk)
    raise Removed(name, at) if at else Http404


def keeping_what_was_typed(form_of: FormOf | None = None) -> Callable[[View], View]:
    """A page of a part that somebody may remove meanwhile: then it says who did, and shows what was typed.

    `form_of` makes the page's form from the request; pages on which nothing is typed have none.
    """

    def decorate(view: View) -> View:
        @wraps(view)
        def page(request: HttpRequest, partnership: Partnership, strategy: int, **kwargs: Any) -> HttpResponse:
            try:
                return view(request, partnership, strategy, **kwargs)
            except Removed as removed:
                saving = request.method == "POST"
                typed = _typed(form_of(request, partnership)) if saving and form_of else []
                context = {"strategy": find_strategy(partnership, strategy), "removed": removed, "typed": typed}
                status = removed.status if saving else 404
                return TemplateResponse(request, "strategies/removed.html", context, status=status)

        return page

    return decorate


def _typed(form: PartForm) -> list[dict[str, Any]]:
    """Each question with its answer: as it was understood, or else as it was typed."""
    form.is_valid()
    answers = ((field, form.cleaned_data.get(field.name, field.data)) for field in form.visible_fields())
    return [{"label": field.label, "answer": _words(answer)} for field, answer in answers]


def _words(answer: Any) -> str:
    several = isinstance(answer, list | tuple | QuerySet)
    return ", ".join(str(part) for part in answer) if several else str(answer or "")


def _one(rows: QuerySet[Row]) -> Row:
    row = rows.first()
    if row is None:
        raise Http404
    return row
