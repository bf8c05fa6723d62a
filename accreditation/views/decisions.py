"""What the Government Office shows of its review; taking a submission back, and appealing against a decision."""

from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.template.response import TemplateResponse
from django.utils.translation import gettext as _

from accreditation.forms import AppealForm, ReasonForm
from accreditation.views.finding import find_case
from accreditation.views.saving import attempt
from core.dates import today
from core.drafts import draft_of
from partnerships.models import Partnership
from partnerships.permissions import Perm
from partnerships.tenancy.access import Access
from partnerships.tenancy.pages import FORM, partnership_page
from reviews import actions
from reviews import queries as reviews
from reviews.kinds import kind_of
from reviews.workflow import CASE


@partnership_page(Perm.VIEW_ASSESSMENT)
def review(request: HttpRequest, partnership: Partnership, case: int) -> HttpResponse:
    """Judgements, comments and the open entries of the dialogue, while the reviewer lets them be seen."""
    access: Access = request.access  # type: ignore[attr-defined]
    one, assessment = find_case(partnership, case)
    context: dict[str, Any] = {"assessment": assessment, "case": one, "last": reviews.last_submission(one)}
    if one.shared_at is not None:
        scale = {choice.code: choice.label for choice in kind_of(one).scale(one)}
        judged = reviews.judgements_of(one)
        context["sections"] = [
            {
                "section": section,
                "judgement": scale.get(row.judgement, row.judgement) if row else "",
                "comment": row.comment if row else "",
            }
            for section in reviews.content_of(reviews.last_submission(one)).sections
            for row in (judged.get(section.key),)
        ]
        context["dialogue"] = reviews.dialogue_of(one, access).filter(confidential=False)
    return TemplateResponse(request, "accreditation/review.html", context)


@partnership_page(Perm.SIGN_OFF, FORM)
def withdrawal(request: HttpRequest, partnership: Partnership, case: int) -> HttpResponse:
    """Ask why, then take the submission back."""
    access: Access = request.access  # type: ignore[attr-defined]
    one, assessment = find_case(partnership, case)
    form = ReasonForm(request.POST or None)
    tried = attempt(
        request, form, lambda form: actions.withdraw(case=one, reason=form.cleaned_data["reason"], by=access)
    )
    if tried.done:
        words = _("The submission is withdrawn. It can be changed and submitted again.")
        messages.success(request, words, extra_tags=draft_of(request))
        return redirect("accreditation:assessment", partnership.slug, assessment.pk)
    context = {
        "assessment": assessment,
        "case": one,
        "move": CASE["withdraw"],
        "is_possible": one.state in CASE["withdraw"].from_states or request.method == "POST",
    }
    return tried.page(request, "accreditation/withdrawal.html", context)


@partnership_page(Perm.SIGN_OFF, FORM)
def appeal(request: HttpRequest, partnership: Partnership, case: int) -> HttpResponse:
    """Ask the national team to look at a decision again: beside it the decision, and until when."""
    access: Access = request.access  # type: ignore[attr-defined]
    one, assessment = find_case(partnership, case)
    form = AppealForm(request.POST or None)
    tried = attempt(
        request, form, lambda form: actions.appeal(case=one, grounds=form.cleaned_data["grounds"], by=access)
    )
    if tried.done:
        words = _("Your appeal is with the national team. You are written to when it has been answered.")
        messages.success(request, words, extra_tags=draft_of(request))
        return redirect("accreditation:assessment", partnership.slug, assessment.pk)
    decision = reviews.decision_of(one)
    last_day = reviews.last_day_to_appeal(one, decision) if decision else None
    context = {
        "assessment": assessment,
        "case": one,
        "decision": decision,
        "last_day": last_day,
        "made": reviews.appeal_of(one),
        "is_possible": one.state in CASE["appeal"].from_states and last_day is not None and today() <= last_day,
    }
    return tried.page(request, "accreditation/appeal.html", context)
