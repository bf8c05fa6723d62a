"""What lies with a case: its evidence, what has changed, what has happened, its files."""

import logging
from collections.abc import Iterable

from django.http import Http404, HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.template.response import TemplateResponse
from django.utils.translation import gettext as _

from documents.models import Upload
from documents.storage import hand_out
from partnerships.models import Partnership
from partnerships.permissions import Perm
from partnerships.tenancy.pages import partnership_page
from reviews import queries
from reviews.content import Section
from reviews.content.comparison import differences
from reviews.models import Case, CaseFile
from reviews.views.finding import find_case, find_submission
from reviews.views.frame import frame
from reviews.views.past import LETTERS, events_of
from reviews.views.steps import page_of

logger = logging.getLogger(__name__)


@partnership_page(Perm.VIEW_CASES, inside=False)
def evidence(request: HttpRequest, partnership: Partnership, pk: int) -> HttpResponse:
    """Every document that the submission names, by section."""
    found = find_case(partnership, pk)
    context = frame(request, found, "evidence", submission=find_submission(found, request))
    sections = [section for section in context["content"].sections if section.evidence]
    uploads = _uploads(found, sections)
    documents = [(section, each) for section in sections for each in section.evidence]
    context |= {"documents": [(section, each, uploads.get(each.upload_id or 0)) for section, each in documents]}
    return TemplateResponse(request, "reviews/evidence_page.html", context)


@partnership_page(Perm.VIEW_CASES, inside=False)
def case_evidence(request: HttpRequest, partnership: Partnership, pk: int, upload: int) -> HttpResponseBase:
    """A file of the partnership, as an attachment: only one that a submission of this case names, and once checked."""
    found = find_case(partnership, pk)
    named = any(
        each.upload_id == upload
        for submission in found.submissions.all()
        for section in queries.content_of(submission).sections
        for each in section.evidence
    )
    file = Upload.objects.filter(partnership=partnership, pk=upload, state=Upload.State.PASSED).first()
    if not named or file is None:
        raise Http404
    return _handed_out(file.key, file.name, file.content_type)


@partnership_page(Perm.VIEW_CASES, inside=False)
def case_file(request: HttpRequest, partnership: Partnership, pk: int, file: int) -> HttpResponseBase:
    """A PDF of the case: a submission, a letter, a certificate."""
    found = CaseFile.objects.filter(partnership=partnership, case=find_case(partnership, pk), pk=file).first()
    if found is None:
        raise Http404
    return _handed_out(found.key, found.name, found.content_type)


@partnership_page(Perm.VIEW_CASES, inside=False)
def changes(request: HttpRequest, partnership: Partnership, pk: int) -> HttpResponse:
    """What is different in the last submission, section by section, from the one before."""
    found = find_case(partnership, pk)
    context = frame(request, found, "changes")
    before = queries.submission_before(context["last"])
    if before is None:
        raise Http404
    compared = differences(queries.content_of(before), context["content"])
    context |= {
        "before": before,
        "changed": [difference for difference in compared if difference.changed],
        "same": [difference for difference in compared if not difference.changed],
        "asked": found.change_requests.filter(answer=context["last"]).select_related("asked_by").first(),
    }
    return TemplateResponse(request, "reviews/changes_page.html", context)


@partnership_page(Perm.VIEW_CASES, inside=False)
def history(request: HttpRequest, partnership: Partnership, pk: int) -> HttpResponse:
    """Who did what to the case, when and why; every submission, decision and letter of it."""
    found = find_case(partnership, pk)
    context = frame(request, found, "history")
    files: dict[tuple[str, int], CaseFile] = {(row.kind, row.number): row for row in found.files.all()}
    kinds = CaseFile.Kind
    context |= {
        "events": events_of(found, request.access),  # type: ignore[attr-defined]
        "submissions": [
            (row, files.get((kinds.SUBMISSION, row.number)))
            for row in found.submissions.select_related("submitted_by").order_by("-number")
        ],
        "decisions": [
            (row, files.get((kinds.LETTER, row.number)), files.get((kinds.CERTIFICATE, row.number)))
            for row in queries.decisions_of(found).order_by("-number")
        ],
        "letters": [
            (letter, LETTERS.get(letter.kind, letter.kind))
            for letter in found.letters.select_related("to").order_by("-asked_at", "-pk")
        ],
    }
    return TemplateResponse(request, "reviews/history.html", context)


def evidence_urls(case: Case, sections: Iterable[Section]) -> dict[int, str]:
    """The address of each file that these sections name, once it is checked."""
    passed = [row.pk for row in _uploads(case, sections).values() if row.state == Upload.State.PASSED]
    return {upload: page_of(case, "case_evidence", upload) for upload in passed}


def _uploads(case: Case, sections: Iterable[Section]) -> dict[int, Upload]:
    named = {each.upload_id for section in sections for each in section.evidence if each.upload_id}
    rows: dict[int, Upload] = Upload.objects.filter(partnership=case.partnership_id).in_bulk(named)
    return rows


def _handed_out(key: str, name: str, content_type: str) -> HttpResponseBase:
    try:
        response = hand_out(key, name=name, content_type=content_type)
    except FileNotFoundError as error:
        logger.exception("The file of a case is not in storage: %s", key)
        raise Http404(_("The file is not in storage any more.")) from error
    response["Cache-Control"] = "private, no-store"
    return response
