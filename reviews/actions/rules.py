"""What all deeds on a case have in common: the case is held, and whoever acts may, has no interest, has taken it."""

from django.utils.translation import gettext as _

from core.dates import date_time
from core.refusals import Already, Gap, Incomplete, NotPermitted, Text
from partnerships.permissions import Perm
from partnerships.tenancy.access import Access
from reviews.models import Case
from reviews.queries import interest_of
from reviews.workflow import CASE

CLOCK = Access.of_system("Clock")  # who does what no person does: routes, reminds, takes back what nobody works on

# What only the one reviewer who has taken a case does with it.
BY_ITS_REVIEWER = frozenset({"release", "judge", "log_dialogue", "share", "ask_changes", "recommend"})

# What somebody with an interest takes no part in: everything that is not the partnership's, but to stand aside.
IMPARTIAL = frozenset({Perm.REVIEW, Perm.COUNTERSIGN, Perm.DECIDE_APPEALS})


class Interested(NotPermitted):
    """Somebody who belongs to the partnership, or has stood aside, takes no part in the case. `interest` says why."""

    def __init__(self, interest: Text) -> None:
        super().__init__()
        self.interest = interest

    def sentence(self) -> str:
        return _(
            "You have an interest in this case (%(interest)s), so you take no part in it. Stand aside, if you have not "
            "yet; somebody else of the Government Office can do this."
        ) % {"interest": self.interest}


class NotTheReviewer(NotPermitted):
    """Somebody else has taken the case, or nobody."""

    def __init__(self, case: Case) -> None:
        super().__init__()
        self.case = case

    def sentence(self) -> str:
        if self.case.reviewer is None or self.case.claimed_at is None:
            return _("Nobody has taken this case. Take it first; whoever has taken a case works on it.")
        return _(
            "%(who)s took this case on %(at)s, and only they work on it. A manager can assign it to somebody else."
        ) % {"who": self.case.reviewer.name, "at": date_time(self.case.claimed_at)}


def hold(case: Case) -> Case:
    """The case as it is now, kept still until the transaction ends. Every deed takes this lock before any other.

    It is no lock against foreign keys: rows that refer to the case are written meanwhile.
    """
    rows = Case.objects.select_for_update(of=("self",), no_key=True).select_related("partnership")
    return rows.get(pk=case.pk)


def held_for(name: str, case: Case, by: Access) -> Case:
    """The case, held for a move of the workflow that this person may make now.

    Raises NotPermitted, Interested, WrongState, NotTheReviewer, in this order.
    """
    held = hold(case)
    move = CASE[name]
    if name != "recuse" and move.permission in IMPARTIAL and by.can(move.permission, held.partnership):  # type: ignore[arg-type]
        refuse_interested(held, by)
    CASE.check(name, held, by)
    if name in BY_ITS_REVIEWER and not by.is_system and held.reviewer_id != by.person_id:
        raise NotTheReviewer(held)
    return held


def refuse_interested(case: Case, by: Access) -> None:
    """Raises Interested if this person belongs to the partnership, or has stood aside."""
    interest = interest_of(by.person_id, case) if by.person_id is not None else None
    if interest is not None:
        raise Interested(interest)


def move_to(case: Case, state: str, **values: object) -> dict[str, list[str]]:
    """Bring a case that is held into a state, with what else changes. Gives the change for the log."""
    before, case.state = case.state, state
    for name, value in values.items():
        setattr(case, name, value)
    case.save(update_fields=["state", *values])
    return {"state": [str(before), str(state)]} if before != state else {}


def required(**words: tuple[str, Text]) -> None:
    """Raises Incomplete with every one of these that is empty: name of the input → what was written, what to say."""
    gaps = [Gap(message, anchor=f"id_{name}") for name, (text, message) in words.items() if not text.strip()]
    if gaps:
        raise Incomplete(gaps)


def taken_already(case: Case, by: Access) -> Already:
    """What somebody is told who wants a case that is taken: by whom, and since when."""
    since = {"at": date_time(case.claimed_at) if case.claimed_at else ""}
    if case.reviewer_id == by.person_id:
        return Already(_("You took this case on %(at)s already.") % since)
    name = case.reviewer.name if case.reviewer else ""
    return Already(
        _("%(who)s took this case on %(at)s. A manager can assign it to somebody else.") % {"who": name, **since}
    )
