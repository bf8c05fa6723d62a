"""Which deeds somebody can do with a case now: for showing their forms. The actions check again, with the case held."""

from core.refusals import NotPermitted, WrongState
from core.workflow import Move
from partnerships.permissions import Perm
from partnerships.tenancy.access import Access
from reviews import queries
from reviews.actions import NotTheReviewer, TheSamePerson
from reviews.actions.rules import BY_ITS_REVIEWER, IMPARTIAL, refuse_interested
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
    if name == "claim" and is_free(case):
        by.require(Perm.REVIEW, case.partnership)
        return CASE[name]
    move = CASE.check(name, case, by)
    if name in BY_ITS_REVIEWER and case.reviewer_id != by.person_id:
        raise NotTheReviewer(case)
    if name == "decide" and (recommended := queries.recommendation_of(case)) and recommended.by_id == by.person_id:
        raise TheSamePerson
    return move


def is_free(case: Case) -> bool:
    """Whether whoever has taken a case reviews no more, so that somebody else may take it."""
    taken = case.state == Case.State.CLAIMED and case.reviewer_id is not None
    return taken and not queries.holds_now(Perm.REVIEW, case.reviewer_id, case)  # type: ignore[arg-type]
