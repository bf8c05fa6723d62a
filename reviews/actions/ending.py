"""What a partnership does against, or without, a decision; and what the national team says to an appeal."""

import datetime
from collections.abc import Sequence

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from core.dates import date_time, long_date, today
from core.refusals import Already, NotPermitted, WrongState
from partnerships import deeds
from partnerships.permissions import Perm
from partnerships.tenancy.access import Access
from reviews.actions import letters
from reviews.actions.deciding import settle
from reviews.actions.rules import held_for, hold, move_to, refuse_interested, required
from reviews.actions.verdicts import Condition, stated
from reviews.kinds import kind_of
from reviews.models import Appeal, Case, Decision
from reviews.queries import (
    appeal_of,
    chair_and_officers,
    decision_of,
    impartial,
    last_day_to_appeal,
    open_request,
    people_with,
)
from reviews.workflow import CASE

S = Case.State


class TooLate(WrongState):
    """A day has passed by which something had to be done."""

    def __init__(self, words: str) -> None:
        super().__init__()
        self.words = words

    def sentence(self) -> str:
        return self.words


class OnesOwnDecision(NotPermitted):
    """Whoever decided a case, or recommended it, does not decide about the appeal."""

    def sentence(self) -> str:
        return _("You took part in the decision that is appealed. Somebody else of the national team can answer.")


@transaction.atomic
def withdraw(*, case: Case, reason: str, by: Access) -> Case:
    """Take a submission back before it is decided. What was submitted stays to be read.

    Raises NotPermitted, WrongState (also while a recommendation waits to be countersigned), Incomplete.
    """
    held = held_for("withdraw", case, by)
    required(reason=(reason, _("Say why you withdraw it")))
    now = timezone.now()
    request = open_request(held)
    if request is not None:
        request.ended_at = now
        request.save(update_fields=["ended_at"])
    moved = move_to(held, S.WITHDRAWN, closed_at=now)
    kind_of(held).withdrawn(held, by)
    deeds.record("reviews.withdrawn", held, by=by, reason=reason.strip(), changes=moved)
    told = [held.reviewer] if held.reviewer else people_with(Perm.REVIEW, held)
    letters.write(held, "withdrawn", 1, impartial(told, held))
    return held


@transaction.atomic
def appeal(*, case: Case, grounds: str, by: Access) -> Appeal:
    """Ask the national team to look at a decision again: once, and within the scheme's days.

    Raises NotPermitted, WrongState, TooLate with the last day, Incomplete, Already if the case was appealed or has
    been submitted again since.
    """
    held = hold(case)
    if by.can(Perm.SIGN_OFF, held.partnership):
        _refuse_second_appeal(held)
    CASE.check("appeal", held, by)
    decision = decision_of(held)
    if decision is None:
        raise ValueError("a case that is decided has a decision")
    last_day = last_day_to_appeal(held, decision)
    if today() > last_day:
        raise TooLate(_("The last day to appeal against this decision was %(day)s.") % {"day": long_date(last_day)})
    required(grounds=(grounds, _("Say on what grounds you appeal")))
    made = Appeal.objects.create(
        partnership_id=held.partnership_id,
        case=held,
        decision=decision,
        grounds=grounds.strip(),
        made_by_id=by.person_id,
    )
    moved = move_to(held, S.APPEALED)
    deeds.record("reviews.appealed", held, by=by, changes=moved)
    told = {one.pk: one for perm in (Perm.DECIDE_APPEALS, Perm.COUNTERSIGN) for one in people_with(perm, held)}
    letters.write(held, "appealed", made.pk, told.values())
    return made


def _refuse_second_appeal(case: Case) -> None:
    """Raises Already if this case has been appealed, or a new submission has taken its place."""
    made = appeal_of(case)
    if made is not None:
        raise Already(
            _("An appeal was made on %(at)s. There is one appeal in a case.") % {"at": date_time(made.made_at)}
        )
    if case.reviews_again.filter(partnership=case.partnership_id).exists():
        raise Already(_("This has been submitted again since. The decision on the new submission can be appealed."))


@transaction.atomic
def uphold(
    *,
    appeal: Appeal,
    outcome: str,
    reasons: str,
    concerns: str,
    conditions: Sequence[Condition],
    next_review_on: datetime.date | None,
    by: Access,
) -> Decision:
    """Decide anew, in the place of the decision that was appealed, which stays to be seen.

    Raises NotPermitted, Interested, OnesOwnDecision, Incomplete, Already if somebody has answered (who and when).
    """
    held, answered = _to_be_answered("uphold", appeal, by)
    said = stated(
        held,
        outcome=outcome,
        reasons=reasons,
        concerns=concerns,
        conditions=conditions,
        next_review_on=next_review_on,
    )
    _answer(answered, Appeal.State.UPHELD, reasons, by)
    return settle(held, answered.decision.submission, said, by=by)


@transaction.atomic
def dismiss(*, appeal: Appeal, answer: str, by: Access) -> Appeal:
    """Let the decision stand. The partnership is told why.

    Raises NotPermitted, Interested, OnesOwnDecision, Incomplete, Already if somebody has answered (who and when).
    """
    held, answered = _to_be_answered("dismiss", appeal, by)
    required(answer=(answer, _("Say why the decision stands")))
    _answer(answered, Appeal.State.DISMISSED, answer, by)
    moved = move_to(held, S.DECIDED)
    deeds.record("reviews.appeal_dismissed", held, by=by, changes=moved)
    letters.write(held, "appeal_dismissed", answered.pk, chair_and_officers(held.partnership))
    return answered


def _to_be_answered(name: str, appeal: Appeal, by: Access) -> tuple[Case, Appeal]:
    """The case and the appeal, held, if this person may answer it now."""
    held = hold(appeal.case)
    made = Appeal.objects.filter(partnership=held.partnership_id, case=held, pk=appeal.pk)
    current = made.select_for_update(of=("self",), no_key=True).select_related("decision__submission").first()
    if by.can(Perm.DECIDE_APPEALS, held.partnership):
        refuse_interested(held, by)
        if current is not None and current.answered_at is not None:
            raise _answered_already(current)
    CASE.check(name, held, by)
    if current is None:
        raise ValueError("a case under appeal has an appeal")
    if not by.is_system and by.person_id in {current.decision.decided_by_id, current.decision.recommended_by_id}:
        raise OnesOwnDecision
    return held, current


def _answer(appeal: Appeal, state: str, words: str, by: Access) -> None:
    appeal.state, appeal.answer = state, words.strip()
    appeal.answered_by_id, appeal.answered_at = by.person_id, timezone.now()
    appeal.save(update_fields=["state", "answer", "answered_by", "answered_at"])


def _answered_already(appeal: Appeal) -> Already:
    words = {
        "who": appeal.answered_by.name if appeal.answered_by else _("The national team"),
        "at": date_time(appeal.answered_at) if appeal.answered_at else "",
        "state": appeal.get_state_display(),
    }
    return Already(_("%(who)s answered this appeal on %(at)s: %(state)s.") % words)
