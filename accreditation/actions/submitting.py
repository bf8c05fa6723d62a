"""Handing a self-assessment to the Government Office: what is written now becomes a submission that never changes."""

import datetime

from django.db import transaction
from django.utils.translation import gettext as _

from accreditation.actions import rules
from accreditation.actions.signing import refuse_unread
from accreditation.models import SelfAssessment
from accreditation.queries import KIND, content_of, decided_case_of, gaps, open_case_of, title_of
from core.dates import long_date
from core.refusals import Incomplete, WrongState
from core.workflow import Move
from partnerships.tenancy.access import Access
from reviews import actions as reviews
from reviews.models import Submission

S = SelfAssessment.State


class WindowClosed(WrongState):
    """The last day to submit has passed."""

    def __init__(self, day: datetime.date) -> None:
        super().__init__()
        self.day = day

    def sentence(self) -> str:
        words = _("The last day to submit was %(day)s. Ask the national team whether there will be another round.")
        return words % {"day": long_date(self.day)}


@transaction.atomic
def submit(*, assessment: SelfAssessment, declaration: str, seal: str, by: Access) -> Submission:
    """Freeze what is written, and put it into the Government Office's queue; after a deferral, for its review.

    `seal` is that of the text that was shown. Raises NotPermitted, NotNow, WindowClosed for a first submission after
    the round, Already when something was saved since it was read, Incomplete with every gap.
    """
    current = rules.held(assessment)
    move = rules.check("submit", current, by)
    if current.state == S.DRAFT and current.round.is_over:
        raise WindowClosed(current.round.closes_on)
    _check(current, seal)
    scheme = current.round.scheme
    submission = reviews.open_case(
        kind=KIND,
        subject_id=current.pk,
        partnership=current.partnership,
        title=title_of(current),
        content=content_of(current),
        declaration=declaration,
        decide_within=scheme.streamlined_days if current.streamlined else scheme.review_days,
        streamlined=current.streamlined,
        previous=decided_case_of(current),
        by=by,
    )
    _move(current, move)
    return submission


@transaction.atomic
def resubmit(*, assessment: SelfAssessment, declaration: str, seal: str, by: Access) -> Submission:
    """Answer what the Government Office has asked for.

    Raises NotPermitted, NotNow, Already when something was saved since it was read, Incomplete with every gap.
    """
    current = rules.held(assessment)
    move = rules.check("resubmit", current, by)
    _check(current, seal)
    case = open_case_of(current)
    if case is None:
        raise rules.NotNow(move, current)
    submission = reviews.submit_again(case=case, content=content_of(current), declaration=declaration, by=by)
    _move(current, move)
    return submission


def _check(assessment: SelfAssessment, seal: str) -> None:
    refuse_unread(assessment, seal)
    missing = gaps(assessment)
    if missing:
        raise Incomplete(missing)


def _move(assessment: SelfAssessment, move: Move) -> None:
    assessment.state = move.to_state
    assessment.save(update_fields=["state"])
