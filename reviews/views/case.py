"""A case: what was submitted, with the review beside it; and all cases of a partnership."""

import datetime
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.template.response import TemplateResponse
from django.utils.translation import gettext as _

from jobs.queries import latest
from partnerships.models import Partnership
from partnerships.permissions import Perm
from partnerships.tenancy.access import Access
from partnerships.tenancy.pages import partnership_page
from reviews import actions, queries
from reviews.content import Section
from reviews.content.comparison import differences
from reviews.forms.talks import JudgementForm
from reviews.kinds import kind_of
from reviews.models import Case, CaseFile, Judgement, Submission
from reviews.views import moves
from reviews.views.finding import find_case, find_submission
from reviews.views.frame import frame
from reviews.views.papers import evidence_urls
from reviews.views.rows import row_of
from reviews.views.steps import page_of


@partnership_page(Perm.VIEW_CASES, inside=False)
def cases(request: HttpRequest, partnership: Partnership) -> HttpResponse:
    """Everything that a partnership has ever submitted, the newest first. What was decided once stays to be seen."""
    found = queries.queue(None, states=tuple(Case.State.values)).filter(partnership=partnership).order_by("-pk")
    by = request.access  # type: ignore[attr-defined]
    context = {"partnership_shown": partnership, "rows": [row_of(case, by) for case in found]}
    return TemplateResponse(request, "reviews/cases.html", context)


@partnership_page(Perm.VIEW_CASES, inside=False)
def case(request: HttpRequest, partnership: Partnership, pk: int) -> HttpResponse:
    """What was submitted, section by section, and beside each what the reviewer thinks of it.

    That the office has opened a submission is told to the partnership, so the first time it is read here, it is
    written down: the one thing that a GET of these pages writes. Who only looks (the national viewers, a browser that
    fetches ahead, somebody who must stand aside) has not opened it.
    """
    found = find_case(partnership, pk)
    by: Access = request.access  # type: ignore[attr-defined]
    if found.seen_at is None and _opens(request, found, by):
        actions.see(case=found, by=by)
    shown = find_submission(found, request)
    context = frame(request, found, "case", submission=shown)
    sections, judged = context["content"].sections, queries.judgements_of(found)
    judges = moves.may("judge", found, by) and shown == context["last"] and not context["steps"].interest
    files, decided, frozen = list(found.files.all()), queries.decision_of(found), CaseFile.Kind.SUBMISSION
    papers = [file for file in files if decided and file.number == decided.number and file.kind != frozen]
    changed = _changed(context["last"]) if shown == context["last"] else frozenset()
    context |= {
        "parts": [
            _part(found, section, judged.get(section.key), judges, changed, shown.submitted_at) for section in sections
        ],
        "evidence_urls": evidence_urls(found, sections),
        "judges": judges,
        "judged": sum(bool(row.judgement) for row in judged.values()),
        "submissions": list(found.submissions.order_by("number")),
        "request_open": queries.open_request(found),
        "recommended": queries.recommendation_of(found),
        "decision": decided,
        "papers": papers,
        "making": latest("reviews.decision_files", partnership.pk, decided.pk) if decided and not papers else None,
        "appeal": queries.appeal_of(found),
        "pdf": next((file for file in files if file.kind == frozen and file.number == shown.number), None),
    }
    return TemplateResponse(request, "reviews/case.html", context)


def _opens(request: HttpRequest, case: Case, by: Access) -> bool:
    """Whether this look is the office opening the submission."""
    if request.method != "GET" or "prefetch" in request.headers.get("Sec-Purpose", ""):
        return False
    reviews = by.person_id is not None and by.can(Perm.REVIEW, case.partnership)
    return reviews and queries.interest_of(by.person_id, case) is None  # type: ignore[arg-type]


def _changed(submission: Submission) -> frozenset[str]:
    """The sections that are not as they were in the submission before."""
    before = queries.submission_before(submission)
    if before is None:
        return frozenset()
    compared = differences(queries.content_of(before), queries.content_of(submission))
    return frozenset(difference.key for difference in compared if difference.changed)


def _flag(judgement: Judgement | None, submitted_at: datetime.datetime) -> str:
    """What is said of a section that has changed: also that the judgement of it is of the text before."""
    if judgement is not None and judgement.saved_at < submitted_at:
        return _("Changed since it was judged: look again")
    return _("Changed since the last submission")


def _part(
    case: Case,
    section: Section,
    judgement: Judgement | None,
    judges: bool,
    changed: frozenset[str],
    submitted_at: datetime.datetime,
) -> dict[str, Any]:
    """A section with the judgement of it: as a form for the reviewer, to be read by everybody else."""
    scale = kind_of(case).scale(case)
    form = None
    if judges:
        initial = JudgementForm.initial_of(judgement)
        form = JudgementForm(scale=scale, initial=initial, auto_id=f"id_{section.key}_%s", beside=True)
        form.helper.form_id = f"judgement-{section.key}"
        form.helper.form_action = page_of(case, "judgement", section.key)
    labels = {choice.code: choice.label for choice in scale}
    return {
        "section": section,
        "form": form,
        "judgement": judgement,
        "label": labels.get(judgement.judgement, "") if judgement else "",
        "flag": _flag(judgement, submitted_at) if section.key in changed else "",
    }
