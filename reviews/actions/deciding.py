"""From a recommendation to a decision: two people, and nobody decides twice."""

import datetime
from collections.abc import Sequence

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from core.dates import date_time
from core.refusals import Already, NotPermitted
from core.seals import sealed
from jobs import actions as jobs
from partnerships import deeds
from partnerships.permissions import Perm
from partnerships.tenancy.access import Access
from reviews.actions import letters
from reviews.actions.rules import held_for, hold, move_to, refuse_interested, required
from reviews.actions.verdicts import Condition, Stated, restated, stated
from reviews.kinds import kind_of
from reviews.models import Case, Decision, Recommendation, Return, Submission
from reviews.queries import decision_of, decisions_of, impartial, last_submission, people_with, recommendation_of
from reviews.workflow import CASE

S = Case.State


class TheSamePerson(NotPermitted):
    """Whoever has recommended an outcome does not decide on it too."""

    def sentence(self) -> str:
        return _("You recommended this outcome yourself. Another manager of the Government Office countersigns it.")


@transaction.atomic
def recommend(
    *,
    case: Case,
    outcome: str,
    reasons: str,
    concerns: str,
    conditions: Sequence[Condition],
    next_review_on: datetime.date | None,
    submission: int,
    by: Access,
) -> Recommendation:
    """Recommend how to decide about the submission that was read. It can be changed until it is countersigned.

    Raises NotPermitted, Interested, WrongState, NotTheReviewer, Incomplete, Already if a newer submission has arrived.
    """
    held = held_for("recommend", case, by)
    newest, last = last_submission(held), recommendation_of(held)
    if newest.number != submission:
        words = {"number": newest.number, "at": date_time(newest.submitted_at)}
        raise Already(_("Submission %(number)d arrived on %(at)s. Read it before you recommend an outcome.") % words)
    said = stated(
        held,
        outcome=outcome,
        reasons=reasons,
        concerns=concerns,
        conditions=conditions,
        next_review_on=next_review_on,
    )
    if held.state == S.RECOMMENDED and last is not None and _says(last, said):
        return last  # also for whoever sends the same a second time
    recommendation = Recommendation.objects.create(
        partnership_id=held.partnership_id,
        case=held,
        submission=newest,
        number=last.number + 1 if last else 1,
        by_id=by.person_id,
        **said.columns,
    )
    moved = move_to(held, S.RECOMMENDED)
    deeds.record("reviews.recommended", held, by=by, changes=moved)
    managers = [one for one in people_with(Perm.COUNTERSIGN, held) if one.pk != by.person_id]
    letters.write(held, "recommended", recommendation.number, impartial(managers, held))
    return recommendation


@transaction.atomic
def return_recommendation(*, case: Case, recommendation: int, reason: str, by: Access) -> Case:
    """Send the recommendation of that number back to the reviewer, who reads why. The partnership does not.

    Raises NotPermitted, Interested, WrongState, Incomplete without a reason, Already if it has changed.
    """
    held = held_for("return", case, by)
    last = _as_read(held, recommendation)
    required(reason=(reason, _("Say why you return it")))
    Return.objects.create(
        partnership_id=held.partnership_id, recommendation=last, reason=reason.strip(), by_id=by.person_id
    )
    moved = move_to(held, S.CLAIMED)
    deeds.record("reviews.recommendation_returned", held, by=by, changes=moved)
    if held.reviewer is not None and held.reviewer_id != by.person_id:
        letters.write(held, "returned", last.number, [held.reviewer])
    return held


@transaction.atomic
def decide(*, case: Case, recommendation: int, by: Access) -> Decision:
    """Countersign the recommendation of that number: it becomes the decision, and the partnership is sent the letter.

    Raises NotPermitted, Interested, WrongState, TheSamePerson; Already if it has changed, or somebody has decided
    (who, when and what); Incomplete if a day that it names has passed meanwhile.
    """
    held = hold(case)
    if by.can(Perm.COUNTERSIGN, held.partnership):
        refuse_interested(held, by)
        refuse_decided(held)
    CASE.check("decide", held, by)
    last = _as_read(held, recommendation)
    if last.by_id == by.person_id and not by.is_system:
        raise TheSamePerson
    return settle(held, last.submission, restated(held, last), recommended_by=last.by_id, by=by)


def settle(
    case: Case, submission: Submission, said: Stated, *, recommended_by: int | None = None, by: Access
) -> Decision:
    """Write down what was decided about a case that is held, tell the app that submitted, have the papers made."""
    number = decisions_of(case).count() + 1
    reference = f"LSP-{case.pk:06d}-D{number}"
    decided = {"reference": reference, **said.columns, "next_review_on": str(said.columns["next_review_on"] or "")}
    decision = Decision.objects.create(
        partnership_id=case.partnership_id,
        case=case,
        submission=submission,
        number=number,
        reference=reference,
        consequence=said.outcome.consequence,
        certifies=said.outcome.certifies,
        recommended_by_id=recommended_by,
        decided_by_id=by.person_id,
        decided_at=timezone.now(),
        sha256=sealed({**decided, "submission": submission.sha256}),
        **said.columns,
    )
    moved = move_to(case, S.DECIDED, closed_at=decision.decided_at)
    kind_of(case).decided(case, decision, by)
    changes = {"outcome": [None, decision.outcome_label], "sha256": [None, decision.sha256]}
    deeds.record("reviews.decided", case, by=by, changes=moved | changes)
    jobs.queue("reviews.decision_files", partnership=case.partnership_id, subject_id=decision.pk, by=by)
    return decision


def refuse_decided(case: Case) -> None:
    """Raises Already with who decided, when and what, if somebody has."""
    decision = decision_of(case) if case.state == S.DECIDED else None
    if decision is not None:
        raise decided_already(decision)


def decided_already(decision: Decision) -> Already:
    """What the second of two who decide is told."""
    words = {"at": date_time(decision.decided_at), "outcome": decision.outcome_label}
    if decision.decided_by is None:
        return Already(_("This was decided on %(at)s: %(outcome)s.") % words)
    return Already(_("%(who)s decided this on %(at)s: %(outcome)s.") % {"who": decision.decided_by.name, **words})


def _as_read(case: Case, number: int) -> Recommendation:
    """The last recommendation, if it is the one that was read. Raises Already."""
    last = recommendation_of(case)
    if last is None:
        raise ValueError("a case that waits for a countersign has a recommendation")
    if last.number != number:
        words = {"who": last.by.name if last.by else "", "at": date_time(last.at), "outcome": last.outcome_label}
        raise Already(_("%(who)s changed the recommendation on %(at)s: %(outcome)s. Read it first.") % words)
    return last


def _says(recommendation: Recommendation, said: Stated) -> bool:
    return all(getattr(recommendation, name) == value for name, value in said.columns.items())
