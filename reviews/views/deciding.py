"""Recommend, countersign, return; and answer an appeal. What cannot be undone is shown once more before it is done."""

from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.utils.translation import gettext as _

from core.dates import long_date
from partnerships.models import Partnership
from partnerships.permissions import Perm
from partnerships.tenancy.pages import FORM, partnership_page
from reviews import actions, queries
from reviews.actions import Condition
from reviews.forms.deeds import AnswerForm, DecisionForm, ReasonForm
from reviews.forms.verdicts import VerdictInput
from reviews.kinds import Outcome, kind_of
from reviews.models import Appeal, Case, Recommendation
from reviews.models.decisions import Verdict
from reviews.views.finding import find_case
from reviews.views.papers import evidence_urls
from reviews.views.saving import deed_page
from reviews.views.waiting import days, days_waiting


@partnership_page(Perm.REVIEW, FORM, inside=False)
def recommendation(request: HttpRequest, partnership: Partnership, pk: int) -> HttpResponse:
    """What the reviewer recommends: typed beside the submission, read once more, then sent to a manager."""
    found, by = find_case(partnership, pk), request.access  # type: ignore[attr-defined]
    before, changing = queries.recommendation_of(found), found.state == Case.State.RECOMMENDED
    last = queries.last_submission(found)
    verdict = VerdictInput(request.POST or None, kind_of(found).outcomes(found), before, last.number)

    def do() -> str:
        actions.recommend(case=found, **_said(verdict), submission=verdict.submission, by=by)
        return _("It is recommended. A manager countersigns before the partnership hears.")

    context = {
        "heading": _("Change the recommendation") if changing else _("Recommend an outcome"),
        "verdict": verdict,
        "returned": _last_return(before),
        **_beside(found),
    }
    return deed_page(request, found, "recommend", verdict, do, template="reviews/recommendation.html", context=context)


@partnership_page(Perm.COUNTERSIGN, FORM, inside=False)
def return_page(request: HttpRequest, partnership: Partnership, pk: int) -> HttpResponse:
    """A manager does not countersign, and says why."""
    found, by = find_case(partnership, pk), request.access  # type: ignore[attr-defined]
    recommended = queries.recommendation_of(found)
    form = ReasonForm(request.POST or None, submit=_("Return it to the reviewer"), hint=_("The reviewer reads this"))

    def do() -> str:
        number = recommended.number if recommended else 0
        actions.return_recommendation(case=found, recommendation=number, reason=form.cleaned_data["reason"], by=by)
        return _("It is with the reviewer again, who is told by e-mail.")

    context = {
        "heading": _("Return the recommendation?"),
        "follows": [
            _("The reviewer reads why, and recommends again. The partnership hears nothing."),
            _("The day to decide by does not move: %(day)s.") % {"day": long_date(found.due_on)},
        ],
    }
    return deed_page(request, found, "return", form, do, template="reviews/deed.html", context=context)


@partnership_page(Perm.COUNTERSIGN, FORM, inside=False, sensitive=True)
def decision(request: HttpRequest, partnership: Partnership, pk: int) -> HttpResponse:
    """Countersign what a reviewer recommends, by somebody else than they: then it is decided, and cannot be undone."""
    found, by = find_case(partnership, pk), request.access  # type: ignore[attr-defined]
    recommended = queries.recommendation_of(found)
    initial = {"recommendation": recommended.number if recommended else 0}
    form = DecisionForm(request.POST or None, initial=initial)

    def do() -> str:
        decided = actions.decide(case=found, recommendation=form.cleaned_data["recommendation"], by=by)
        words = {"outcome": decided.outcome_label, "reference": decided.reference}
        return _("Decided: %(outcome)s. Reference %(reference)s. The letter goes out when its PDF is made.") % words

    context = {
        "heading": _("Countersign and decide"),
        "recommended": recommended,
        "outcome": _outcome(found, recommended),
        **_beside(found),
    }
    return deed_page(request, found, "decide", form, do, template="reviews/decision.html", context=context)


@partnership_page(Perm.DECIDE_APPEALS, FORM, inside=False)
def appeal(request: HttpRequest, partnership: Partnership, pk: int) -> HttpResponse:
    """What the partnership says against the decision; the national team upholds it with a verdict of its own, or not.

    `?answer=` says which of the two forms is shown.
    """
    found = find_case(partnership, pk)
    made = queries.appeal_of(found)
    if made is None:
        raise Http404
    context = {"heading": _("Answer the appeal"), "appeal": made, "answer": request.GET.get("answer"), **_beside(found)}
    if context["answer"] == "uphold":
        return _uphold(request, found, made, context)
    return _dismiss(request, found, made, context)


def _uphold(request: HttpRequest, case: Case, made: Appeal, context: dict[str, Any]) -> HttpResponse:
    verdict = VerdictInput(request.POST or None, kind_of(case).outcomes(case), None, made.decision.submission.number)

    def do() -> str:
        decided = actions.uphold(appeal=made, **_said(verdict), by=request.access)  # type: ignore[attr-defined]
        return _("The appeal is upheld: %(outcome)s.") % {"outcome": decided.outcome_label}

    context |= {"verdict": verdict}
    return deed_page(request, case, "uphold", verdict, do, template="reviews/appeal.html", context=context)


def _dismiss(request: HttpRequest, case: Case, made: Appeal, context: dict[str, Any]) -> HttpResponse:
    form = AnswerForm(request.POST or None)
    if request.method == "POST":
        context["answer"] = "dismiss"

    def do() -> str:
        actions.dismiss(appeal=made, answer=form.cleaned_data["answer"], by=request.access)  # type: ignore[attr-defined]
        return _("The appeal is dismissed. The decision stands.")

    return deed_page(request, case, "dismiss", form, do, template="reviews/appeal.html", context=context)


def _said(verdict: VerdictInput) -> dict[str, Any]:
    return {**verdict.values(), "conditions": [Condition(words, day) for words, day in verdict.stated]}


def _beside(case: Case) -> dict[str, Any]:
    """What is read beside a form that decides: the submission, the judgements of it, how long it has waited."""
    last = queries.last_submission(case)
    sections = queries.content_of(last).sections
    judged = queries.judgements_of(case)
    labels = {choice.code: choice.label for choice in kind_of(case).scale(case)}
    judgements = [judged.get(section.key) for section in sections]
    words = [labels.get(row.judgement, "") if row else "" for row in judgements]
    return {
        "last": last,
        "parts": list(zip(sections, judgements, words, strict=True)),
        "evidence_urls": evidence_urls(case, sections),
        "unjudged": [section.title for section, label in zip(sections, words, strict=True) if not label],
        "waiting": days(days_waiting(case)),
    }


def _outcome(case: Case, verdict: Verdict | None) -> Outcome | None:
    """What the scheme says follows from what is recommended."""
    outcomes = kind_of(case).outcomes(case)
    return next((outcome for outcome in outcomes if verdict and outcome.code == verdict.outcome), None)


def _last_return(recommended: Recommendation | None) -> Any:
    """Why a manager gave it back, if it was given back."""
    returns = list(recommended.returns.all()) if recommended else []
    return returns[-1] if returns else None
