"""What happens next with a case, in words, and what this person can do about it."""

from dataclasses import dataclass, field

from django.urls import reverse
from django.utils.translation import gettext as _

from core.refusals import Text
from partnerships.permissions import Perm
from partnerships.tenancy.access import Access
from reviews import queries
from reviews.models import Case
from reviews.views import moves
from reviews.views.finding import standing
from reviews.workflow import CASE

# Per state: the deed above all, the one beside it, the others. A deed's page bears the name on the right.
DEEDS: dict[str, tuple[str, ...]] = {
    Case.State.QUEUED: ("claim", "assign", "recuse"),
    Case.State.CLAIMED: ("claim", "recommend", "ask_changes", "share", "assign", "release", "recuse"),
    Case.State.SENT_BACK: ("share", "recuse"),
    Case.State.RECOMMENDED: ("decide", "return", "recommend", "share", "recuse"),
    Case.State.APPEALED: ("uphold",),
}
PAGES = {
    "claim": "claim",
    "assign": "assignment",
    "release": "release",
    "recuse": "recusal",
    "recommend": "recommendation",
    "ask_changes": "request",
    "share": "sharing",
    "decide": "decision",
    "return": "return",
    "uphold": "appeal",
}
OF_REVIEWERS = frozenset({"assign", "release", "recuse", "share"})  # never the first thing to do


@dataclass(frozen=True)
class Step:
    """One thing that this person can do now: the page that asks before it is done."""

    url: str
    label: Text


@dataclass(frozen=True)
class Steps:
    """What happens next, and what this person can do: one deed above all, one beside it, and others."""

    message: str
    follows: Text = ""
    first: Step | None = None
    second: Step | None = None
    others: list[Step] = field(default_factory=list)
    interest: Text | None = None


def steps_of(case: Case, by: Access) -> Steps:
    """The steps from the state of the case, for this person."""
    interest = _interest(case, by)
    able = [name for name in DEEDS.get(case.state, ()) if moves.may(name, case, by)]
    if interest is not None:
        aside = case.recusals.filter(person=by.person_id).exists()
        able = [name for name in able if name == "recuse" and not aside]
    main = [name for name in able if name not in OF_REVIEWERS]
    first, second, *_rest = [*main, None, None]
    others = [name for name in able if name not in (first, second)]
    return Steps(
        message=standing(case, by.person_id),
        follows=CASE[first].follows if first else "",
        first=_step(case, first),
        second=_step(case, second),
        others=[step for name in others if (step := _step(case, name))],
        interest=interest,
    )


def _interest(case: Case, by: Access) -> Text | None:
    if by.person_id is None or not by.can(Perm.REVIEW, case.partnership):
        return None
    return queries.interest_of(by.person_id, case)


def _step(case: Case, name: str | None) -> Step | None:
    if name is None:
        return None
    return Step(page_of(case, PAGES[name]), _label(case, name))


def page_of(case: Case, name: str = "case", *more: object) -> str:
    """The address of a page of a case."""
    return reverse(f"reviews:{name}", args=[case.partnership.slug, case.pk, *more])


def _label(case: Case, name: str) -> Text:
    if name == "share" and case.shared_at:
        return _("Hide the review from the partnership")
    if name == "recommend" and case.state == Case.State.RECOMMENDED:
        return _("Change the recommendation")
    if name == "assign" and case.reviewer_id:
        return _("Assign to somebody else")
    if name == "uphold":
        return _("Answer the appeal")
    return CASE[name].label
