"""Writing the agreed answer to one criterion; and, on the streamlined path, what has changed."""

from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, QueryDict
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import gettext as _

from accreditation import actions, queries
from accreditation.forms import AnswerForm, ChangesForm
from accreditation.models import Criterion, CriterionAnswer, SelfAssessment
from accreditation.views.finding import find_answer, find_assessment, find_criterion
from accreditation.views.saving import Attempt, attempt
from core.drafts import draft_of
from partnerships.models import Partnership
from partnerships.permissions import Perm
from partnerships.tenancy.pages import FORM, partnership_page

REUSABLE = ("starting_point", "narrative")  # the texts that one may start from again


@partnership_page(Perm.EDIT_ASSESSMENT, FORM)
def criterion(request: HttpRequest, partnership: Partnership, pk: int, code: str) -> HttpResponse:
    """What the partners agreed on, beside what each of them thinks and what was written last time."""
    found = find_assessment(partnership, pk)
    asked = find_criterion(found, code)
    answer = find_answer(found, asked)
    before = _before(found, code)
    tried = _tried(request, found, answer, before)
    if tried.done:
        words = _("“%(criterion)s” is saved.") % {"criterion": asked.name}
        messages.success(request, words, extra_tags=draft_of(request))
        return redirect(_onward(request, found, asked))
    may_write = queries.may_write(found, code, request.access)  # type: ignore[attr-defined]
    context = {
        "assessment": found,
        "criterion": asked,
        "answer": answer,
        "before": before,
        "may_write": may_write,
        "shows_form": may_write or request.method == "POST",
        "came_back": request.method == "POST",
        "section": queries.content_of(found).section(code),
        "count": found.round.scheme.criteria.count(),
        "scores": queries.scores_of(found, asked, request.access),  # type: ignore[attr-defined]
        "evidence": list(queries.evidence_of(found, asked)),
        "gaps": [gap for gap in queries.gaps(found) if gap.kwargs.get("code") == code],
        "is_last": asked == _in_order(found)[-1],
        "asked_for": queries.open_request_of(found) if may_write else None,
    }
    return tried.page(request, "accreditation/criterion.html", context)


@partnership_page(Perm.EDIT_ASSESSMENT, FORM)
def changes(request: HttpRequest, partnership: Partnership, pk: int) -> HttpResponse:
    """What has changed since the last round, in place of narratives."""
    found = find_assessment(partnership, pk)
    form = ChangesForm(request.POST or None, initial=ChangesForm.initial_of(found))
    tried = attempt(
        request,
        form,
        lambda form: actions.save_changes_since(
            assessment=found,
            words=form.cleaned_data["changes_since"],
            version=form.seen,
            by=request.access,  # type: ignore[attr-defined]
        ),
    )
    if tried.done:
        messages.success(request, _("What has changed is saved."), extra_tags=draft_of(request))
        return redirect("accreditation:assessment", partnership.slug, pk)
    may_write = found.streamlined and queries.may_write(found, queries.CHANGES, request.access)  # type: ignore[attr-defined]
    context = {
        "assessment": found,
        "may_write": may_write,
        "shows_form": may_write or request.method == "POST",
        "section": queries.content_of(found).section(queries.CHANGES),
        "before": queries.previous(found),
    }
    return tried.page(request, "accreditation/changes.html", context)


def _tried(
    request: HttpRequest, found: SelfAssessment, answer: CriterionAnswer, before: CriterionAnswer | None
) -> Attempt[AnswerForm]:
    """Saved, or the form to show: with a text of last time, where that was asked for."""
    ratings = list(found.round.scheme.ratings.order_by("order"))
    if before is not None and request.POST.get("start_from") in REUSABLE:
        return Attempt(AnswerForm(initial=_started_from(before, request.POST), ratings=ratings))
    form = AnswerForm(request.POST or None, initial=AnswerForm.initial_of(answer), ratings=ratings)
    return attempt(
        request,
        form,
        lambda form: actions.save_answer(answer=answer, **form.values(), version=form.seen, by=request.access),  # type: ignore[attr-defined]
    )


def _started_from(before: CriterionAnswer, typed: QueryDict) -> dict[str, Any]:
    """What was typed, and behind it the text of last time; nothing is saved by that."""
    name = typed.get("start_from", "")
    both = [text for text in (typed.get(name, "").strip(), getattr(before, name)) if text]
    return {**typed.dict(), name: "\n\n".join(both)}


def _before(found: SelfAssessment, code: str) -> CriterionAnswer | None:
    """The answer of the last round in which the partnership was decided about."""
    previous = queries.previous(found)
    return queries.answers_of(previous).filter(criterion__code=code).first() if previous else None


def _in_order(found: SelfAssessment) -> list[Criterion]:
    """The criteria that may be written now."""
    keys = queries.unlocked(found)
    return [each for each in queries.criteria_of(found) if keys is None or each.code in keys] or list(
        queries.criteria_of(found)
    )


def _onward(request: HttpRequest, found: SelfAssessment, asked: Criterion) -> str:
    """Where one wanted to go on: the next criterion and then the plan, the evidence, or the list."""
    here = [found.partnership.slug, found.pk]
    then = request.POST.get("then")
    if then == "evidence":
        return reverse("accreditation:evidence", args=[*here, asked.code])
    if then == "next":
        later = [each for each in _in_order(found) if each.order > asked.order]
        if later:
            return reverse("accreditation:criterion", args=[*here, later[0].code])
        return reverse("accreditation:plan", args=here)
    return reverse("accreditation:assessment", args=here)
