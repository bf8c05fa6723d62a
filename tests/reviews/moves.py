"""Who may make which move with a case: written by hand, never derived from the code it judges.

The cast: "interested" reviews for London and has a seat at the partnership's table. A case is taken, and what is
recommended recommended, by one of HOLDERS.
"""

from collections.abc import Callable
from typing import Any

from core.refusals import NotPermitted, Refusal, WrongState
from partnerships.permissions import Perm
from reviews import actions
from reviews.actions import Interested, NotTheReviewer, TheSamePerson
from reviews.models import Appeal, Case
from reviews.workflow import CASE
from tests.reviewing import content, days

S = Case.State

REVIEWERS = {"reviewer", "colleague", "interested"}
MANAGERS = {"manager", "deputy"}
HOLDS = {
    Perm.REVIEW: REVIEWERS | MANAGERS,
    Perm.COUNTERSIGN: MANAGERS,
    Perm.SIGN_OFF: {"chair"},
    Perm.DECIDE_APPEALS: {"national_team"},
}
CAST = sorted(
    REVIEWERS
    | MANAGERS
    | {"officer", "chair", "finance", "rep", "cvs", "group_chair", "other_reviewer", "national", "national_team"}
    | {"stranger"}
)
HOLDERS = ("reviewer", "manager")
ONLY_THE_HOLDER = {"release", "judge", "share", "log_dialogue", "ask_changes", "recommend"}
STANDS_ASIDE = "recuse"  # the one move of the office that is for people with an interest too

# Each move, as somebody tries it with a case of one submission. `colleague` is to whom it is assigned.
MOVES: dict[str, Callable[[Case, Any, Any], object]] = {
    "claim": lambda case, by, _: actions.claim(case=case, no_interest=True, by=by),
    "assign": lambda case, by, colleague: actions.assign(case=case, to=colleague, by=by),
    "release": lambda case, by, _: actions.release(case=case, reason="On leave.", by=by),
    "recuse": lambda case, by, _: actions.recuse(case=case, reason="I know them.", by=by),
    "ask_changes": lambda case, by, _: actions.ask_changes(
        case=case, sections=["plan"], words="Add a lead.", answer_by=days(20), by=by
    ),
    "answer": lambda case, by, _: actions.submit_again(
        case=case, content=content(performance_managed="Better."), declaration="", by=by
    ),
    "recommend": lambda case, by, _: actions.recommend(
        case=case,
        outcome="red",
        reasons="Weak.",
        concerns="",
        conditions=[],
        next_review_on=days(200),
        submission=1,
        by=by,
    ),
    "return": lambda case, by, _: actions.return_recommendation(case=case, recommendation=1, reason="Why?", by=by),
    "decide": lambda case, by, _: actions.decide(case=case, recommendation=1, by=by),
    "withdraw": lambda case, by, _: actions.withdraw(case=case, reason="Too early.", by=by),
    "appeal": lambda case, by, _: actions.appeal(case=case, grounds="Overlooked.", by=by),
    "uphold": lambda case, by, _: actions.uphold(
        appeal=_appeal(case),
        outcome="green",
        reasons="Overlooked.",
        concerns="",
        conditions=[],
        next_review_on=None,
        by=by,
    ),
    "dismiss": lambda case, by, _: actions.dismiss(appeal=_appeal(case), answer="It was read.", by=by),
    "judge": lambda case, by, _: actions.judge(
        case=case, section="plan", judgement="weak", comment="", version=0, by=by
    ),
    "share": lambda case, by, _: actions.share(case=case, shared=True, by=by),
    "log_dialogue": lambda case, by, _: actions.log_dialogue(
        case=case,
        on=days(0),
        way="visit",
        with_whom="A resident",
        role="Tenant",
        words="Good.",
        confidential=True,
        by=by,
    ),
}


def _appeal(case: Case) -> Appeal:
    """The appeal against a case; where there is none, one that was never made."""
    return Appeal.objects.filter(case=case).first() or Appeal(pk=0, case=case)


def expected(state: str, name: str, actor: str, holder: str) -> type[Refusal] | None:
    """What must be said to somebody who tries a move; None if it is done."""
    move = CASE[name]
    if actor not in HOLDS[Perm(move.permission)]:
        return NotPermitted
    if actor == "interested" and name != STANDS_ASIDE:
        return Interested
    if state not in move.from_states:
        return WrongState
    if name in ONLY_THE_HOLDER and actor != holder:
        return NotTheReviewer
    if name == "decide" and actor == holder:
        return TheSamePerson
    return None


def leads_to(state: str, name: str, actor: str, holder: str) -> str:
    """The state that the table names; but who stands aside moves no case that is somebody else's."""
    if name == STANDS_ASIDE and (actor != holder or state == S.SENT_BACK):
        return state
    return str(CASE[name].to_state or state)


def size() -> int:
    """How many cases there are."""
    return len(S) * len(list(CASE)) * len(CAST) * len(HOLDERS)
