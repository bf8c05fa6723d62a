"""Documents and addresses that support an answer: adding one, opening one, taking one out."""

from django.contrib import messages
from django.db import transaction
from django.http import Http404, HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import redirect
from django.template.response import TemplateResponse
from django.urls import reverse
from django.utils.translation import gettext as _

from accreditation import actions, queries
from accreditation.forms import EvidenceForm
from accreditation.models import Evidence
from accreditation.views.finding import find_assessment, find_criterion, find_evidence
from accreditation.views.saving import attempt
from core.refusals import WrongState
from documents.actions import receive
from documents.views import hand_out_upload
from partnerships.models import Partnership
from partnerships.permissions import Perm
from partnerships.tenancy.pages import FORM, partnership_page


@partnership_page(Perm.EDIT_ASSESSMENT, FORM)
def evidence(request: HttpRequest, partnership: Partnership, pk: int, code: str) -> HttpResponse:
    """Add an address or a file to a criterion."""
    access = request.access  # type: ignore[attr-defined]
    found = find_assessment(partnership, pk)
    asked = find_criterion(found, code)
    form = EvidenceForm(request.POST or None, request.FILES or None)

    def add(form: EvidenceForm) -> Evidence:
        title, url, file = (form.cleaned_data[name] for name in ("title", "url", "file"))
        if file is None:
            return actions.add_link(assessment=found, criterion=asked, title=title, url=url, by=access)
        with transaction.atomic():  # what is refused leaves no file behind
            upload = receive(partnership=partnership, file=file, by=access)
            return actions.add_file(assessment=found, criterion=asked, title=title, upload=upload, by=access)

    tried = attempt(request, form, add)
    back = reverse("accreditation:criterion", args=[partnership.slug, pk, code])
    if tried.done:
        messages.success(request, _("“%(title)s” is added.") % {"title": tried.result.title})
        return redirect(f"{back}#evidence")
    context = {
        "assessment": found,
        "criterion": asked,
        "back": back,
        "evidence": list(queries.evidence_of(found, asked)),
        "may_write": queries.may_write(found, code, access),
    }
    return tried.page(request, "accreditation/evidence.html", context)


@partnership_page(Perm.VIEW_ASSESSMENT)
def evidence_file(request: HttpRequest, partnership: Partnership, pk: int, evidence: int) -> HttpResponseBase:
    """The file itself, once it has been checked."""
    found = find_assessment(partnership, pk)
    row = find_evidence(found, evidence)
    if row.upload is None:
        raise Http404
    return hand_out_upload(request, row.upload, back=reverse("accreditation:assessment", args=[partnership.slug, pk]))


@partnership_page(Perm.EDIT_ASSESSMENT, FORM)
def evidence_removal(request: HttpRequest, partnership: Partnership, pk: int, evidence: int) -> HttpResponse:
    """Ask, then take it out."""
    found = find_assessment(partnership, pk)
    row = find_evidence(found, evidence)
    back = reverse("accreditation:criterion", args=[partnership.slug, pk, row.criterion.code])
    context = {"assessment": found, "evidence": row, "back": back}
    if request.method != "POST":
        return TemplateResponse(request, "accreditation/evidence_removal.html", context)
    try:
        actions.remove_evidence(evidence=row, by=request.access)  # type: ignore[attr-defined]
    except WrongState as refusal:
        context["refusal"] = refusal
        return TemplateResponse(request, "accreditation/evidence_removal.html", context, status=refusal.status)
    messages.success(request, _("“%(title)s” is taken out.") % {"title": row.title})
    return redirect(f"{back}#evidence")
