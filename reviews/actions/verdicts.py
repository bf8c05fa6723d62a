"""What a verdict must say before it can be recommended or decided."""

import datetime
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext as _

from core.dates import today
from core.refusals import Gap, Incomplete
from reviews.kinds import Outcome, kind_of
from reviews.models import Case
from reviews.models.decisions import Verdict


@dataclass(frozen=True)
class Condition:
    """Something that must be done, and by when, if there is a day."""

    words: str
    due_on: datetime.date | None = None

    def as_json(self) -> dict[str, str | None]:
        """As it is stored."""
        return {"words": self.words.strip(), "due_on": self.due_on.isoformat() if self.due_on else None}


@dataclass(frozen=True)
class Stated:
    """A verdict that can be stored: the columns of it, and its outcome as the scheme has it today."""

    outcome: Outcome
    columns: dict[str, Any]


def stated(
    case: Case,
    *,
    outcome: str,
    reasons: str,
    concerns: str,
    conditions: Sequence[Condition],
    next_review_on: datetime.date | None,
) -> Stated:
    """A verdict on a case, once it is complete. Raises Incomplete with everything that is missing or wrong."""
    chosen = {each.code: each for each in kind_of(case).outcomes(case)}.get(outcome)
    gaps = []
    if chosen is None:
        gaps.append(Gap(_("Choose one of the outcomes of this scheme"), anchor="id_outcome"))
    if not reasons.strip():
        gaps.append(Gap(_("Give the reasons"), anchor="id_reasons"))
    if chosen is not None and chosen.wants_review and next_review_on is None:
        words = _("Enter the date of the next review: “%(outcome)s” wants one") % {"outcome": chosen.label}
        gaps.append(Gap(words, anchor="id_next_review_on"))
    if next_review_on is not None and next_review_on <= today():
        gaps.append(Gap(_("The next review must be after today"), anchor="id_next_review_on"))
    gaps.extend(_wrong(conditions))
    if gaps or chosen is None:
        raise Incomplete(gaps)
    columns = {
        "outcome": chosen.code,
        "outcome_label": chosen.label,
        "reasons": reasons.strip(),
        "concerns": concerns.strip(),
        "conditions": [condition.as_json() for condition in conditions],
        "next_review_on": next_review_on,
    }
    return Stated(chosen, columns)


def restated(case: Case, verdict: Verdict) -> Stated:
    """What was recommended, if it can still be decided today. Raises Incomplete where days have passed meanwhile."""
    conditions = [
        Condition(each["words"], datetime.date.fromisoformat(each["due_on"]) if each["due_on"] else None)
        for each in verdict.conditions
    ]
    return stated(
        case,
        outcome=verdict.outcome,
        reasons=verdict.reasons,
        concerns=verdict.concerns,
        conditions=conditions,
        next_review_on=verdict.next_review_on,
    )


def _wrong(conditions: Sequence[Condition]) -> list[Gap]:
    """What is wrong with conditions."""
    gaps = []
    for number, condition in enumerate(conditions, start=1):
        if not condition.words.strip():
            gaps.append(Gap(_("Say what condition %(number)d is") % {"number": number}, anchor="id_conditions"))
        if condition.due_on is not None and condition.due_on < today():
            words = _("The day of condition %(number)d must not be in the past") % {"number": number}
            gaps.append(Gap(words, anchor="id_conditions"))
    return gaps
