"""A case as a row of the queue: what it is, how long it has waited, who has it, what comes next."""

from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext as _

from core.dates import long_date
from core.refusals import Text
from partnerships.permissions import Perm
from partnerships.tenancy.access import Access
from reviews.kinds import all_kinds
from reviews.models import Case
from reviews.views.steps import page_of
from reviews.views.waiting import days, days_waiting, look_of, state_of

S = Case.State


@dataclass(frozen=True)
class Row:
    """One row.

    `taken` is empty where nobody has it, `note` says more about the state, `takes` that the next step takes the case.
    """

    case: Case
    url: str
    waiting: str
    taken: str
    look: str
    state: str
    note: str
    step: str
    step_url: str
    takes: bool


def row_of(case: Any, by: Access) -> Row:
    """The row of a case of `queries.queue`, for this reader. Asks the database nothing."""
    page, step = _step(case, by)
    return Row(
        case=case,
        url=page_of(case),
        waiting=days(days_waiting(case)),
        taken=_taken(case, by),
        look=look_of(case),
        state=state_of(case),
        note=_note(case),
        step=step,
        step_url=page_of(case, page),
        takes=page == "claim",
    )


def _taken(case: Case, by: Access) -> str:
    if case.reviewer is None:
        return ""
    return _("you") if case.reviewer_id == by.person_id else case.reviewer.name


def _step(case: Case, by: Access) -> tuple[str, str]:
    """The page where the next deed is done, and the name of the deed."""
    mine = case.reviewer_id == by.person_id
    if case.state == S.QUEUED and by.can(Perm.REVIEW, case.partnership):
        return "claim", _("Take")
    if case.state == S.CLAIMED and mine:
        return "case", _("Review")
    if case.state == S.RECOMMENDED and not mine and by.can(Perm.COUNTERSIGN, case.partnership):
        return "decision", _("Countersign")
    return "case", _("Open")


def _note(case: Any) -> str:
    """What the tag leaves out: the state of what is late, by when an answer is due, what was decided."""
    if case.state == S.SENT_BACK and case.answer_by:
        return _("Answer by %(day)s") % {"day": long_date(case.answer_by)}
    if case.days_late:
        return str(case.get_state_display())
    return case.outcome or ""


def columns() -> list[Text]:
    """The heads of the columns of an export."""
    names = [_("Partnership"), _("Kind"), _("Title"), _("Submission"), _("State"), _("Opened"), _("Last submitted")]
    names += [_("Days waiting"), _("Decide by"), _("Days late"), _("Taken by"), _("Taken on"), _("Answer by")]
    return [*names, _("Outcome"), _("Closed")]


def cells(case: Any) -> list[Any]:
    """A row of an export."""
    kinds = {kind.code: str(kind.name) for kind in all_kinds()}
    return [
        case.partnership.name,
        kinds.get(case.kind, case.kind),
        case.title,
        case.submissions_made,
        case.get_state_display(),
        case.opened_at,
        case.submitted_at,
        days_waiting(case),
        case.due_on,
        case.days_late,
        case.reviewer.name if case.reviewer else "",
        case.claimed_at,
        case.answer_by,
        case.outcome or "",
        case.closed_at,
    ]
