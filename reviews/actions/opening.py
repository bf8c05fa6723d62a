"""What comes from a partnership: a submission that opens a case, and one that answers what was asked."""

from collections.abc import Sequence

from django.db import IntegrityError, transaction
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from core.dates import today
from core.refusals import Already, NotPermitted, WrongState
from core.seals import sealed
from core.working_days import working_days_after
from jobs import actions as jobs
from partnerships import deeds
from partnerships.models import Partnership
from partnerships.permissions import Perm
from partnerships.tenancy.access import Access
from reviews.actions.rules import CLOCK, held_for, move_to
from reviews.content import Content
from reviews.models import Case, ChangeRequest, Submission
from reviews.queries import content_of, last_submission, open_request, reviews_still
from reviews.workflow import THE_CHAIR


class LockedSections(WrongState):
    """Sections were changed that were not asked for. `titles` names them."""

    def __init__(self, titles: Sequence[str]) -> None:
        super().__init__()
        self.titles = tuple(titles)

    def sentence(self) -> str:
        return _(
            "Only what the Government Office has asked for can be changed. These sections are locked, and differ from "
            "what was submitted: %(titles)s."
        ) % {"titles": ", ".join(self.titles)}


@transaction.atomic
def open_case(
    *,
    kind: str,
    subject_id: int,
    partnership: Partnership,
    title: str,
    content: Content,
    declaration: str,
    decide_within: int,
    streamlined: bool = False,
    previous: Case | None = None,
    by: Access,
) -> Submission:
    """Put a submission into the queue of the Government Office, to be decided within so many working days.

    Raises NotPermitted, and Already while there is an open case of the same thing.
    """
    if not by.can(Perm.SIGN_OFF, partnership):
        raise NotPermitted(gettext_lazy("Submit to the Government Office"), THE_CHAIR)
    now = timezone.now()
    case = Case(
        partnership=partnership,
        kind=kind,
        subject_id=subject_id,
        title=title[:200],
        streamlined=streamlined,
        previous=previous,
        opened_at=now,
        submitted_at=now,
        due_on=working_days_after(today(), decide_within),
    )
    _enter(case)
    submission = _freeze(case, 1, content, declaration, by)
    changes = {"reference": [None, submission.reference], "sha256": [None, submission.sha256]}
    deeds.record("reviews.submitted", case, by=by, changes=changes)
    _queue_what_follows(submission, by)
    return submission


@transaction.atomic
def submit_again(*, case: Case, content: Content, declaration: str, by: Access) -> Submission:
    """Answer what the Government Office has asked for. The case goes back to its reviewer, if they review still.

    Raises NotPermitted, WrongState, and LockedSections if more was changed than was asked for.
    """
    held = held_for("answer", case, by)
    request, before = open_request(held), last_submission(held)
    if request is None:
        raise ValueError("a case that was sent back has an open request")
    if locked := _changed_though_locked(content_of(before), content, request):
        raise LockedSections(locked)
    submission = _freeze(held, before.number + 1, content, declaration, by)
    request.answer, request.ended_at = submission, submission.submitted_at
    request.save(update_fields=["answer", "ended_at"])
    if reviews_still(held):
        moved = move_to(held, Case.State.CLAIMED, submitted_at=submission.submitted_at)
    else:
        nobody = {"reviewer": None, "claimed_at": None}
        moved = move_to(held, Case.State.QUEUED, submitted_at=submission.submitted_at, **nobody)
    changes = {"reference": [before.reference, submission.reference], "sha256": [before.sha256, submission.sha256]}
    deeds.record("reviews.answered", held, by=by, changes=moved | changes)
    _queue_what_follows(submission, by)
    return submission


def _enter(case: Case) -> None:
    """Raises Already if there is an open case of the same thing: also one of this very moment."""
    try:
        with transaction.atomic():
            case.save(force_insert=True)
    except IntegrityError as error:
        if "one_open_case_of_a_thing" not in str(error):
            raise
        raise Already(_("This has been submitted already, and the Government Office has not decided yet.")) from error


def _freeze(case: Case, number: int, content: Content, declaration: str, by: Access) -> Submission:
    frozen, reference = content.as_json(), f"LSP-{case.pk:06d}-{number}"
    return Submission.objects.create(
        partnership_id=case.partnership_id,
        case=case,
        number=number,
        reference=reference,
        content=frozen,
        declaration=declaration,
        sha256=sealed({"reference": reference, "content": frozen, "declaration": declaration}),
        submitted_at=timezone.now(),
        submitted_by_id=by.person_id,
    )


def _changed_though_locked(before: Content, after: Content, request: ChangeRequest) -> list[str]:
    """The titles of sections that differ and were not asked for; also of those that came or went."""
    keys = dict.fromkeys(section.key for content in (before, after) for section in content.sections)
    found = []
    for key in keys:
        old, new = before.section(key), after.section(key)
        section = new or old
        if old != new and key not in request.sections and section is not None:
            found.append(section.title)
    return found


def _queue_what_follows(submission: Submission, by: Access) -> None:
    """It is routed and told of, and made into a PDF."""
    here = {"partnership": submission.partnership_id, "subject_id": submission.pk}
    jobs.queue("reviews.route", **here, by=CLOCK)
    jobs.queue("reviews.submission_pdf", **here, by=by)
