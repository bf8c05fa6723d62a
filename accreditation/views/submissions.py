"""What was submitted: to be read again, its receipt, and the papers of a case."""

import logging

from django.http import Http404, HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.template.response import TemplateResponse
from django.urls import reverse
from django.utils.translation import gettext as _

from accreditation import queries
from accreditation.views.finding import find_case, find_submission
from accreditation.views.showing import evidence_urls
from documents.storage import hand_out
from jobs.queries import latest
from partnerships.models import Partnership
from partnerships.permissions import Perm
from partnerships.tenancy.pages import partnership_page
from reviews import queries as reviews
from reviews.models import Case, CaseFile

logger = logging.getLogger(__name__)

SUBMISSION_PDF = "reviews.submission_pdf"  # the job that makes it


@partnership_page(Perm.VIEW_ASSESSMENT)
def submitted(request: HttpRequest, partnership: Partnership, case: int, number: int) -> HttpResponse:
    """A submission as it was frozen; beside it what has changed since the one before."""
    one, assessment = find_case(partnership, case)
    found = find_submission(one, number)
    before = reviews.submission_before(found)
    content = reviews.content_of(found)
    changed = reviews.differences(reviews.content_of(before), content) if before else []
    (past,) = [each for each in queries.past_cases(partnership, [assessment])[assessment.pk] if each.case == one]
    context = {
        "assessment": assessment,
        "case": one,
        "submission": found,
        "content": content,
        "before": before,
        "changed": [each for each in changed if each.changed],
        "submissions": past.submissions,
        "pdf": past.paper(CaseFile.Kind.SUBMISSION, number),
        "job": latest(SUBMISSION_PDF, partnership.pk, found.pk),
        "evidence_urls": evidence_urls(assessment),
    }
    return TemplateResponse(request, "accreditation/submitted.html", context)


@partnership_page(Perm.VIEW_ASSESSMENT)
def receipt(request: HttpRequest, partnership: Partnership, case: int, number: int) -> HttpResponse:
    """It has arrived: its reference, its seal, and what happens next."""
    one, assessment = find_case(partnership, case)
    found = find_submission(one, number)
    context = {
        "assessment": assessment,
        "case": one,
        "submission": found,
        "office": partnership.region.office,
        "pdf": reviews.files_of(one, number).get(CaseFile.Kind.SUBMISSION),
        "job": latest(SUBMISSION_PDF, partnership.pk, found.pk),
    }
    return TemplateResponse(request, "accreditation/receipt.html", context)


@partnership_page(Perm.VIEW_ASSESSMENT)
def file(request: HttpRequest, partnership: Partnership, case: int, kind: str, number: int) -> HttpResponseBase:
    """A PDF of a case; a page that says to come back while it is being made."""
    one, assessment = find_case(partnership, case)
    found = reviews.files_of(one, number).get(kind)
    if found is not None:
        return _handed_out(found)
    if not _will_be_made(one, kind, number):
        raise Http404
    back = reverse("accreditation:assessment", args=[partnership.slug, assessment.pk])
    context = {"assessment": assessment, "back": back}
    waiting = {"Retry-After": "30", "Refresh": "10"}
    return TemplateResponse(request, "accreditation/waiting.html", context, status=503, headers=waiting)


def _handed_out(found: CaseFile) -> HttpResponseBase:
    try:
        response = hand_out(found.key, name=found.name, content_type=found.content_type)
    except FileNotFoundError as error:
        logger.exception("The file of a case is not in storage: %s", found.key)
        raise Http404(_("The file is not in storage any more.")) from error
    response["Cache-Control"] = "private, no-store"
    return response


def _will_be_made(case: Case, kind: str, number: int) -> bool:
    """Whether there is something of that number of which such a paper is made."""
    if kind == CaseFile.Kind.SUBMISSION:
        return bool(case.submissions.filter(number=number).exists())
    decisions = case.decisions.filter(number=number)
    if kind == CaseFile.Kind.CERTIFICATE:
        decisions = decisions.filter(certifies=True)
    return kind in CaseFile.Kind and bool(decisions.exists())
