"""Who reviews a case: taking it, being given it, handing it back, standing aside."""

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from accounts.models import Person
from core.dates import date_time
from core.refusals import Already, Gap, Incomplete, NotPermitted
from partnerships import deeds
from partnerships.models import Deed
from partnerships.permissions import Perm
from partnerships.tenancy.access import Access
from reviews.actions import letters
from reviews.actions.rules import CLOCK, held_for, hold, move_to, refuse_interested, required, taken_already
from reviews.models import Case, Recusal
from reviews.queries import holds_now, impartial, interest_of, people_with
from reviews.workflow import CASE

S = Case.State
NOBODY = {"reviewer": None, "claimed_at": None}


@transaction.atomic
def claim(*, case: Case, no_interest: bool, by: Access) -> Case:
    """Take a case, having said that one has no interest in it. A claim of somebody who reviews no more counts as free.

    Raises NotPermitted, Interested, Incomplete, and Already, saying who took it and when.
    """
    held = hold(case)
    if by.can(Perm.REVIEW, held.partnership):
        refuse_interested(held, by)
        return_if_lapsed(held)
        if held.state == S.CLAIMED:
            raise taken_already(held, by)
    CASE.check("claim", held, by)
    if by.person_id is None:
        raise NotPermitted(CASE["claim"].label, CASE["claim"].who)
    if not no_interest:
        gap = Gap(_("Say that you have no interest in this case, or stand aside"), anchor="id_no_interest")
        raise Incomplete([gap])
    moved = move_to(held, S.CLAIMED, reviewer_id=by.person_id, claimed_at=timezone.now())
    deeds.record("reviews.claimed", held, by=by, changes=moved)
    return held


@transaction.atomic
def assign(*, case: Case, to: Person, by: Access) -> Case:
    """Give a case to somebody of the office who may review it; whoever has it loses it.

    Raises NotPermitted (also for the other person), Interested, WrongState, Already if they have it.
    """
    held = held_for("assign", case, by)
    if held.reviewer_id == to.pk and held.claimed_at is not None:
        words = {"name": to.name, "at": date_time(held.claimed_at)}
        raise Already(_("%(name)s has had this case since %(at)s.") % words)
    if not holds_now(Perm.REVIEW, to.pk, held):
        raise CannotReview(to.name, _("they do not review for this Government Office"))
    interest = interest_of(to.pk, held)
    if interest is not None:
        raise CannotReview(to.name, str(interest))
    moved = move_to(held, S.CLAIMED, reviewer_id=to.pk, claimed_at=timezone.now())
    deed = deeds.record("reviews.assigned", held, by=by, about=to, changes=moved)
    if to.pk != by.person_id:
        letters.write(held, "assigned", deed.pk, [to])
    return held


class CannotReview(NotPermitted):
    """A case cannot be given to somebody; `why` says why not."""

    def __init__(self, name: str, why: str) -> None:
        super().__init__()
        self.name, self.why = name, why

    def sentence(self) -> str:
        words = {"name": self.name, "why": self.why}
        return _("%(name)s cannot review this case (%(why)s). Assign it to somebody else.") % words


@transaction.atomic
def release(*, case: Case, reason: str, by: Access) -> Case:
    """Hand a case back to the queue. The partnership can read the reason in its log.

    Raises NotPermitted, Interested, WrongState, NotTheReviewer, Incomplete without a reason.
    """
    held = held_for("release", case, by)
    required(reason=(reason, _("Say why you hand it back")))
    moved = move_to(held, S.QUEUED, **NOBODY)
    deed = deeds.record("reviews.released", held, by=by, reason=reason.strip(), changes=moved)
    _tell_managers(held, deed, but=by.person_id)
    return held


@transaction.atomic
def recuse(*, case: Case, reason: str, by: Access) -> Case:
    """Stand aside from a case for good, because of an interest. Only the Government Office reads which.

    A case that somebody else has stays with them. What one has taken or recommended oneself goes back to the queue; a
    case that is with the partnership stays there, and loses its reviewer.
    Raises NotPermitted, WrongState, Incomplete without a reason, Already.
    """
    held = held_for("recuse", case, by)
    if by.person_id is None:
        raise NotPermitted(CASE["recuse"].label, CASE["recuse"].who)
    aside = Recusal.objects.filter(partnership=held.partnership_id, case=held, person=by.person_id).first()
    if aside is not None:
        raise Already(_("You stood aside from this case on %(at)s.") % {"at": date_time(aside.at)})
    required(reason=(reason, _("Say what your interest is")))
    Recusal.objects.create(partnership_id=held.partnership_id, case=held, person_id=by.person_id, reason=reason.strip())
    moved = _without_reviewer(held) if held.reviewer_id == by.person_id else {}
    deed = deeds.record("reviews.recused", held, by=by, changes=moved)
    if moved:
        _tell_managers(held, deed, but=by.person_id)
    return held


def see(*, case: Case, by: Access) -> Case:
    """Note when somebody who may review a case first opened it. Of anybody else who reads it nothing is noted."""
    if case.seen_at is not None or by.is_system or not by.can(Perm.REVIEW, case.partnership):
        return case
    if by.person_id is None or interest_of(by.person_id, case) is not None:
        return case
    with transaction.atomic():
        held = hold(case)
        if held.seen_at is None:
            held.seen_at = timezone.now()
            held.save(update_fields=["seen_at"])
            deeds.record("reviews.seen", held, by=by)
    return held


def return_if_lapsed(case: Case) -> bool:
    """Take a case that is held away from a reviewer who is not in office any more. Whether that was so.

    What is recommended loses nothing: it is with the managers.
    """
    if case.reviewer_id is None or case.state not in {S.CLAIMED, S.SENT_BACK}:
        return False
    if holds_now(Perm.REVIEW, case.reviewer_id, case):
        return False
    about, moved = case.reviewer, _without_reviewer(case)
    deed = deeds.record("reviews.returned_to_queue", case, by=CLOCK, about=about, changes=moved)
    if moved:
        _tell_managers(case, deed, but=None)
    return True


def _tell_managers(case: Case, deed: Deed, *, but: int | None) -> None:
    """Who can assign it hears that a case waits again; but not whoever did it."""
    managers = [person for person in people_with(Perm.COUNTERSIGN, case) if person.pk != but]
    letters.write(case, "waits_again", deed.pk, impartial(managers, case))


def _without_reviewer(case: Case) -> dict[str, list[str]]:
    """Back to the queue; but what is with the partnership stays there."""
    return move_to(case, S.SENT_BACK if case.state == S.SENT_BACK else S.QUEUED, **NOBODY)
