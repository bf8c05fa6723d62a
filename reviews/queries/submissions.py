"""What was submitted, what is asked for, and what may be changed."""

from django.db.models import QuerySet

from reviews.content import Content
from reviews.models import Case, ChangeRequest, Submission


def last_submission(case: Case) -> Submission:
    """What is under review. A case has one from the start. Raises Submission.DoesNotExist for a case without."""
    return _submissions(case).latest("number")


def submission_before(submission: Submission) -> Submission | None:
    """What was submitted before this: in the same case, or last in the case that this one reviews again."""
    before = _submissions(submission.case).filter(number__lt=submission.number).order_by("-number").first()
    if before is not None or submission.case.previous is None:
        return before
    return _submissions(submission.case.previous).order_by("-number").first()


def content_of(submission: Submission) -> Content:
    """What was frozen."""
    return Content.from_json(submission.content)


def open_request(case: Case) -> ChangeRequest | None:
    """What the partnership has been asked to change, and has not answered."""
    asked = ChangeRequest.objects.filter(partnership=case.partnership_id, case=case, ended_at=None)
    return asked.select_related("asked_by").first()


def unlocked_sections(case: Case) -> frozenset[str] | None:
    """The keys of the sections that may be changed; None while nothing is asked for: then the app itself says."""
    request = open_request(case)
    return frozenset(request.sections) if request else None


def _submissions(case: Case) -> QuerySet[Submission]:
    rows = Submission.objects.filter(partnership=case.partnership_id, case=case)
    return rows.select_related("case__previous", "submitted_by")
