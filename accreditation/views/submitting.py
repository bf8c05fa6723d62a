"""Check your answers, sign-off by members, declaration and submission by the chair."""

from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.template.response import TemplateResponse
from django.utils.translation import gettext as _

from accreditation import actions, queries
from accreditation.forms import DeclarationForm, PlainForm, SignOffForm
from accreditation.models import SelfAssessment
from accreditation.views.finding import find_assessment
from accreditation.views.saving import attempt
from accreditation.views.showing import evidence_urls, unscored, without_scores
from accreditation.workflow import SELF_ASSESSMENT
from core.seals import sealed
from partnerships.models import Partnership
from partnerships.permissions import Perm
from partnerships.tenancy.access import Access
from partnerships.tenancy.pages import FORM, partnership_page
from reviews import queries as reviews
from reviews.content import Content

ALL = "all"  # in the address of a member who signs without having scored
S = SelfAssessment.State


@partnership_page(Perm.VIEW_ASSESSMENT)
def check(request: HttpRequest, partnership: Partnership, pk: int) -> HttpResponse:
    """Everything as it would be frozen, what is missing, and who has signed off."""
    access: Access = request.access  # type: ignore[attr-defined]
    found = find_assessment(partnership, pk)
    hidden = unscored(found, access)
    signed = queries.sign_offs_of(found)
    holding = {each.sign_off.person_id for each in signed if each.holds}
    context = {
        "assessment": found,
        "content": without_scores(queries.content_of(found), hidden),
        "hidden": hidden,
        "evidence_urls": evidence_urls(found),
        "gaps": queries.gaps(found),
        "signed": signed,
        "waiting": [each for each in queries.partners_of(partnership) if each.person_id not in holding],
        "wanted": found.round.scheme.sign_offs,
        "edits": access.can(Perm.EDIT_ASSESSMENT, partnership),
        "may_sign": _may(found, "sign", access) and access.person_id not in holding,
        "may_submit": access.can(Perm.SIGN_OFF, partnership),
        "is_written": found.state in SELF_ASSESSMENT["write"].from_states,
        "signs": found.state in SELF_ASSESSMENT["sign"].from_states,
    }
    return TemplateResponse(request, "accreditation/check.html", context)


@partnership_page(Perm.TAKE_PART, FORM)
def sign_off(request: HttpRequest, partnership: Partnership, pk: int) -> HttpResponse:
    """A member reads everything, and signs what they have read."""
    access: Access = request.access  # type: ignore[attr-defined]
    found = find_assessment(partnership, pk)
    content = queries.content_of(found)
    organisations = list(queries.speaks_for(partnership, access.person_id))
    form = SignOffForm(
        request.POST or None,
        initial={"seal": _seal(content), "organisation": str(organisations[0].pk) if organisations else ""},
        organisations=organisations,
    )
    tried = attempt(
        request,
        form,
        lambda form: actions.sign_off(
            assessment=found,
            seal=form.cleaned_data["seal"],
            organisation=form.cleaned_data.get("organisation"),
            by=access,
        ),
    )
    if tried.done:
        messages.success(request, _("Your sign-off is noted."))
        return redirect("accreditation:assessment", partnership.slug, pk)
    signed = queries.sign_offs_of(found)
    hidden = unscored(found, access) if request.method != "POST" and ALL not in request.GET else []
    context = {
        "assessment": found,
        "content": without_scores(content, hidden),
        "hidden": hidden,
        "evidence_urls": evidence_urls(found),
        "gaps": queries.gaps_in_writing(queries.gaps(found)),
        "signed": signed,
        "own": next((each for each in signed if each.holds and each.sign_off.person_id == access.person_id), None),
        "may_sign": _may(found, "sign", access),
    }
    _show_anew(tried.form, content)
    return tried.page(request, "accreditation/sign_off.html", context)


@partnership_page(Perm.SIGN_OFF, FORM, sensitive=True)
def submission(request: HttpRequest, partnership: Partnership, pk: int) -> HttpResponse:
    """The chair declares, and hands it to the Government Office: for the first time, for its review, or changed."""
    access: Access = request.access  # type: ignore[attr-defined]
    found = find_assessment(partnership, pk)
    again = found.state == S.SENT_BACK
    content = queries.content_of(found)
    form = DeclarationForm(
        request.POST or None,
        initial={"seal": _seal(content), "declaration": _declaration(found)},
        submit=SELF_ASSESSMENT["resubmit" if again else "submit"].label,
    )
    deed = actions.resubmit if again else actions.submit
    tried = attempt(request, form, lambda form: deed(assessment=found, **form.values(), by=access))
    if tried.done:
        made = tried.result
        return redirect("accreditation:receipt", partnership.slug, made.case_id, made.number)
    context = {
        "assessment": found,
        "again": again,
        "gaps": queries.gaps(found),
        "is_written": found.state in SELF_ASSESSMENT["write"].from_states,
        "too_late": found.state == S.DRAFT and found.round.is_over,
        "signed": [each for each in queries.sign_offs_of(found) if each.holds],
        "evidence_urls": evidence_urls(found),
        **_changed(found, content),
    }
    _show_anew(tried.form, content)
    return tried.page(request, "accreditation/submission.html", context)


def _may(found: SelfAssessment, name: str, access: Access) -> bool:
    move = SELF_ASSESSMENT[name]
    return found.state in move.from_states and access.can(move.permission, found.partnership)  # type: ignore[arg-type]


def _seal(content: Content) -> str:
    """That of the very text that the page shows."""
    return sealed(content.as_json())


def _show_anew(form: PlainForm, content: Content) -> None:
    """A form that comes back bears the seal of what stands beside it now, and not of what was shown before."""
    if form.is_bound:
        typed: Any = form.data.copy()  # type: ignore[attr-defined]
        typed["seal"] = _seal(content)
        form.data = typed


def _declaration(found: SelfAssessment) -> str:
    if found.state == S.SENT_BACK:
        return _("We have changed what the Government Office asked for. Everything else is as it was submitted.")
    words = _(
        "The partners of %(name)s have assessed their partnership together. This is what they agreed on, and they "
        "stand behind its action plan."
    )
    return words % {"name": found.partnership.name}


def _changed(found: SelfAssessment, content: Content) -> dict[str, Any]:
    """What differs from what was submitted last, if anything was."""
    case = queries.case_of(found)
    if case is None or found.state == S.DRAFT:
        return {"changed": None}
    last = reviews.last_submission(case)
    return {
        "last": last,
        "changed": [each for each in reviews.differences(reviews.content_of(last), content) if each.changed],
    }
