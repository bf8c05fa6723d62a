"""By when something is to be done about a self-assessment, and by whom: for lists, and for the overview."""

from __future__ import annotations

import datetime
from collections.abc import Sequence
from dataclasses import dataclass

from django.utils.translation import gettext as _

from accreditation.models import SelfAssessment
from accreditation.queries.assessments import assessments_of
from accreditation.queries.past import PastCase, past_cases
from core.dates import today
from core.refusals import Text
from partnerships.models import Partnership

S = SelfAssessment.State


@dataclass(frozen=True)
class Due:
    """What comes next, in words, and the day of it, if there is one. `lateness` counts only what should be done."""

    assessment: SelfAssessment
    what: Text
    day: datetime.date | None = None
    waits: bool = True

    @property
    def days_late(self) -> int:
        """By how many days it is late today (London)."""
        return max((today() - self.day).days, 0) if self.day and self.waits else 0


def due(assessment: SelfAssessment, cases: Sequence[PastCase]) -> Due:
    """What comes next for one self-assessment, whose cases are these."""
    last = cases[-1] if cases else None
    if assessment.state == S.DRAFT:
        return Due(assessment, _("Submit it"), assessment.round.closes_on)
    if assessment.state == S.SENT_BACK and last and last.request:
        return Due(assessment, _("Answer the Government Office"), last.request.answer_by)
    if assessment.state == S.SUBMITTED and last:
        return Due(assessment, _("The Government Office decides"), last.case.due_on)
    if assessment.state == S.DEFERRED:
        return Due(assessment, _("Submit it again for its review"), assessment.next_review_on)
    return Due(assessment, _("Next review"), assessment.next_review_on, waits=False)


def due_in(partnership: Partnership) -> list[Due]:
    """What comes next in a partnership, the last round first: what is not decided, and the last that is."""
    rows = list(assessments_of(partnership)[:10])
    shown = [row for row in rows if row.state != S.DECIDED or row == rows[0]]
    cases = past_cases(partnership, shown)
    return [due(row, cases[row.pk]) for row in shown]
