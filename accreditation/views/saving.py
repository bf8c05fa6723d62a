"""Trying a deed with what somebody typed. Whatever becomes of it, nothing of that is lost."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any, Generic, TypeVar

from django.http import HttpRequest, HttpResponse
from django.template.response import TemplateResponse

from accreditation.forms import PlainForm
from core.conflicts import against, differences
from core.refusals import Conflict, Incomplete, Refusal, Removed, WrongState

AnyForm = TypeVar("AnyForm", bound=PlainForm)


@dataclass(frozen=True)
class Attempt(Generic[AnyForm]):
    """What became of it: done with a result; or a form to show again, because of it or because of somebody else."""

    form: AnyForm
    done: bool = False
    result: Any = None
    conflict: Conflict | None = None
    refusal: Refusal | None = None

    def page(self, request: HttpRequest, template: str, context: dict[str, Any]) -> HttpResponse:
        """The page of the form, saying why it was not done."""
        refused = self.conflict or self.refusal
        shown = {
            "form": self.form,
            "conflict": self.conflict,
            "differences": differences(self.form, self.conflict) if self.conflict else [],
            "refusal": None if isinstance(self.refusal, Incomplete) else self.refusal,
            "incomplete": self.refusal if isinstance(self.refusal, Incomplete) else None,
        }
        return TemplateResponse(request, template, context | shown, status=refused.status if refused else 200)


def attempt(request: HttpRequest, form: AnyForm, deed: Callable[[AnyForm], Any]) -> "Attempt[AnyForm]":
    """Do it, if the form was sent and can be understood."""
    if request.method != "POST" or not form.is_valid():
        return Attempt(form)
    try:
        return Attempt(form, done=True, result=deed(form))
    except Conflict as conflict:
        return Attempt(against(form, conflict.version), conflict=conflict)
    except (WrongState, Incomplete, Removed) as refusal:
        return Attempt(form, refusal=refusal)
