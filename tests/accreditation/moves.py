"""Who may make which move with a self-assessment: written by hand, never derived from the code it judges."""

from collections.abc import Callable
from typing import Any

from accreditation import actions, queries
from accreditation.models import SelfAssessment
from accreditation.workflow import SELF_ASSESSMENT
from core.refusals import NotPermitted, Refusal, WrongState
from partnerships.permissions import Perm
from tests import assessing

S = SelfAssessment.State

PARTNERS = {"chair", "rep", "cvs", "group_chair", "dual", "dual_officer"}
HOLDS = {
    Perm.EDIT_ASSESSMENT: {"officer"},
    Perm.TAKE_PART: PARTNERS,
    Perm.SIGN_OFF: {"chair"},
    Perm.COUNTERSIGN: {"manager", "deputy"},
}
OUTSIDERS = {"hackney_officer", "other_reviewer", "lapsed", "future", "stranger", "administrator"}
OFFICE = {"reviewer", "colleague", "manager", "deputy", "national", "national_team"}
CAST = sorted(PARTNERS | OFFICE | OUTSIDERS | {"officer", "finance"})

# How Southwark's self-assessment comes into each state.
MADE: dict[str, Callable[[Any], SelfAssessment]] = {
    S.DRAFT: assessing.ready,
    S.SUBMITTED: assessing.submitted,
    S.SENT_BACK: assessing.sent_back,
    S.DEFERRED: lambda world: signed_again(world, assessing.deferred(world)),
    S.DECIDED: assessing.decided,
}


def signed_again(world: Any, assessment: SelfAssessment) -> SelfAssessment:
    """A deferred one is signed off for its review."""
    assessing.signed(world, assessment)
    return assessment


def write(assessment: SelfAssessment, by: Any) -> object:
    """Another narrative for the criterion that is sent back."""
    answer = queries.answers_of(assessment).get(criterion__code="performance-managed")
    return actions.save_answer(
        answer=answer,
        rating=answer.rating,
        agreed_because="",
        starting_point="Elsewhere",
        narrative="Otherwise",
        version=answer.version,
        by=by,
    )


def score(assessment: SelfAssessment, by: Any) -> object:
    """The last criterion, as nobody has scored it."""
    weakest = assessment.round.scheme.ratings.get(code="not-in-place")
    last = queries.criteria_of(assessment)[5]
    return actions.score(assessment=assessment, criterion=last, rating=weakest, comment="So", by=by)


MOVES: dict[str, Callable[[SelfAssessment, Any], object]] = {
    "write": write,
    "score": score,
    "sign": lambda row, by: actions.sign_off(assessment=row, seal=queries.seal_of(row), by=by),
    "submit": lambda row, by: actions.submit(assessment=row, declaration="So", seal=queries.seal_of(row), by=by),
    "resubmit": lambda row, by: actions.resubmit(assessment=row, declaration="So", seal=queries.seal_of(row), by=by),
    "note_progress": lambda row, by: actions.note_progress(
        action=queries.actions_of(row).get(), state="done", words="Done", by=by
    ),
    "mark_streamlined": lambda row, by: actions.mark_streamlined(
        assessment=row, streamlined=True, reason="Embedded", by=by
    ),
}


def expected(state: str, name: str, actor: str) -> type[Refusal] | None:
    """What must be said to somebody who tries a move; None if it is done."""
    move = SELF_ASSESSMENT[name]
    if actor not in HOLDS[Perm(move.permission)]:
        return NotPermitted
    return None if state in move.from_states else WrongState


def size() -> int:
    """How many cases there are."""
    return len(S) * len(list(SELF_ASSESSMENT)) * len(CAST)
