"""What the clock does, which no person does: it reminds, and takes back what nobody works on any more.

Both may run twice at once: a case is held while it is looked at, and what was told is a row.
"""

import logging
from collections.abc import Callable, Iterable
from typing import Any

from accounts.models import Person
from partnerships.permissions import Perm
from partnerships.tenancy.context import acting, reading_everywhere
from reviews.actions.claiming import return_if_lapsed
from reviews.actions.letters import write
from reviews.actions.rules import hold
from reviews.models import Case, Notice
from reviews.queries import chair_and_officers, impartial, lapsed_claims, office_of, people_with, reviews_still, to_tell

logger = logging.getLogger(__name__)

Kind = Notice.Kind


def remind() -> int:
    """Tell whom it concerns what is due soon, late, or to be reviewed again: each once. Gives how much was told."""
    return sum(_each_case(to_tell(kind), _tell(kind)) for kind in Kind.values)


def return_claims() -> int:
    """Give the queue back what reviewers had taken who are not in office any more. Gives how many cases."""
    return _each_case(lapsed_claims(), lambda case: return_if_lapsed(hold(case)))


def _each_case(found: Iterable[tuple[Any, ...]], deed: Callable[[Case], bool]) -> int:
    """Do something with each of these cases in a transaction of its own. One that fails holds up no other."""
    with reading_everywhere():
        cases = list(found)
    done = 0
    for partnership_id, pk, *_day in cases:
        try:
            with acting(partnership_id):
                done += deed(Case(partnership_id=partnership_id, pk=pk))
        except Exception:
            logger.exception("The clock could not see to case %s", pk)
    return done


def _tell(kind: str) -> Callable[[Case], bool]:
    def tell(case: Case) -> bool:
        held = hold(case)
        days = [day for *_case, day in to_tell(kind, held)]
        for day in days:  # none, if it was told meanwhile, or is not so any more
            notice = Notice.objects.create(partnership_id=held.partnership_id, case=held, kind=kind, day=day)
            for letter, people in LETTERS[Kind(kind)](held):
                write(held, letter, notice.pk, people)
        return bool(days)

    return tell


Letters = list[tuple[str, list[Person]]]


def _due_soon(case: Case) -> Letters:
    return [("due_soon", _whoever_has(case))]


def _late(case: Case) -> Letters:
    people = _whoever_has(case) + impartial(people_with(Perm.COUNTERSIGN, case), case)
    return [("late", people)]


def _escalated(case: Case) -> Letters:
    return [("escalated", impartial(people_with(Perm.COUNTERSIGN, case), case))]


def _to_partnership(kind: str) -> Callable[[Case], Letters]:
    return lambda case: [(kind, chair_and_officers(case.partnership))]


def _review_due(case: Case) -> Letters:
    return [
        ("review_due", chair_and_officers(case.partnership)),
        ("review_due_office", impartial(office_of(case), case)),
    ]


def _whoever_has(case: Case) -> list[Person]:
    """The reviewer, while they review; else everybody who may take it."""
    if case.reviewer is not None and reviews_still(case):
        return [case.reviewer]
    return impartial(office_of(case), case)


LETTERS: dict[Notice.Kind, Callable[[Case], Letters]] = {
    Kind.DUE_SOON: _due_soon,
    Kind.LATE: _late,
    Kind.ESCALATED: _escalated,
    Kind.ANSWER_DUE: _to_partnership("answer_due"),
    Kind.ANSWER_LATE: _to_partnership("answer_late"),
    Kind.REVIEW_DUE: _review_due,
}
