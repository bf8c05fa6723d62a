"""Which deeds somebody can do with a case now: for showing their forms. The actions check again, with the case held."""

from core.refusals import NotPermitted, WrongState
from core.workflow import Move
from partnerships.tenancy.access import Access
from reviews import queries
from reviews.actions.rules import BY_ITS_REVIEWER, IMPARTIAL, NotTheReviewer, refuse_interested
from reviews.models import Case
from reviews.workflow import CASE


def check(name: str, case: Case, by: Access) -> Move:
    """The move, if this person may make it with this case now.

    Raises NotPermitted, saying who could or why not, and WrongState.
    """
    move = CASE[name]
    if name != "recuse" and move.permission in IMPARTIAL and by.can(move.permission, case.partnership):  # type: ignore[arg-type]
        refuse_interested(case, by)
    return _fitting(name, case, by)


def may(name: str, case: Case, by: Access) -> bool:
    """Whether they may, if they have no interest in it."""
    try:
        _fitting(name, case, by)
    except (NotPermitted, WrongState):
        return False
    return True


def _fitting(name: str, case: Case, by: Access) -> Move:
    move = CASE.check(name, case, by)
    if name in BY_ITS_REVIEWER and case.reviewer_id != by.person_id:
        raise NotTheReviewer(case)
    if name == "decide" and (recommended := queries.recommendation_of(case)) and recommended.by_id == by.person_id:
        raise NotPermitted(move.label, move.who)
    return move
