"""What happened to a self-assessment so far, and what was decided the time before."""

from __future__ import annotations

import datetime
from collections.abc import Iterator, Sequence
from typing import Any

from django.urls import reverse
from django.utils.translation import gettext as _

from accreditation import queries
from accreditation.models import CriterionAnswer, SelfAssessment
from accreditation.queries import PastCase
from accreditation.queries.assessments import Signed
from core.dates import LONDON, long_date
from reviews.models import CaseFile

Event = dict[str, Any]
LATEST_SAVES = 3


def events(
    found: SelfAssessment, cases: Sequence[PastCase], signed: Sequence[Signed], answers: Sequence[CriterionAnswer]
) -> list[Event]:
    """The latest first. What the Government Office keeps to itself is not among it."""
    made = [*_written(answers), *_signed(signed), {"at": found.round.opens_on, "what": _("The round opened")}]
    for past in cases:
        made += _of_case(past)
    return sorted(made, key=lambda event: _moment(event["at"]), reverse=True)


def last_time(found: SelfAssessment) -> Event | None:
    """The last round that was decided: its outcome, what the letter named, and the letter."""
    before = queries.previous(found)
    if before is None:
        return None
    cases = queries.past_cases(before.partnership, [before])[before.pk]
    decided = [past for past in cases if past.decision]
    past = decided[-1] if decided else None
    return {"assessment": before, "past": past, "decision": past.decision if past else None}


def letter_url(past: PastCase, number: int) -> str:
    """The address of the letter about a decision."""
    return reverse("accreditation:file", args=[past.case.partnership.slug, past.case.pk, CaseFile.Kind.LETTER, number])


def _written(answers: Sequence[CriterionAnswer]) -> Iterator[Event]:
    saved = sorted((each for each in answers if each.version > 1), key=lambda each: each.saved_at, reverse=True)
    for answer in saved[:LATEST_SAVES]:
        words = _("“%(criterion)s” was written") % {"criterion": answer.criterion.name}
        yield {"at": answer.saved_at, "what": words, "by": answer.saved_by_name}


def _signed(signed: Sequence[Signed]) -> Iterator[Event]:
    for each in signed:
        words = _("Signed off") if each.holds else _("Signed off an earlier text")
        yield {"at": each.sign_off.signed_at, "what": words, "by": each.partner}


def _of_case(past: PastCase) -> Iterator[Event]:
    slug, case = past.case.partnership.slug, past.case
    for row in past.submissions:
        yield {
            "at": row.submitted_at,
            "what": _("Submitted") if row.number == 1 else _("Submitted again"),
            "why": row.reference,
            "by": row.submitted_by.name if row.submitted_by else "",
            "href": reverse("accreditation:submitted", args=[slug, case.pk, row.number]),
        }
    if case.seen_at is not None:
        yield {"at": case.seen_at, "what": _("First opened by the Government Office")}
    if case.shared_at is not None:
        href = reverse("accreditation:review", args=[slug, case.pk])
        yield {"at": case.shared_at, "what": _("The Government Office showed its review"), "href": href}
    for asked in past.requests:
        words = _("Answer by %(day)s") % {"day": long_date(asked.answer_by)}
        yield {"at": asked.asked_at, "what": _("Changes were asked for"), "why": words}
    for decision in past.decisions:
        words = _("Decided: %(outcome)s") % {"outcome": decision.outcome_label}
        yield {"at": decision.decided_at, "what": words, "why": decision.reference}
    for appeal in past.appeals:
        yield {"at": appeal.made_at, "what": _("Appealed to the national team")}
        if appeal.answered_at is not None:
            words = _("Appeal: %(state)s") % {"state": appeal.get_state_display()}
            yield {"at": appeal.answered_at, "what": words, "why": appeal.answer}
    if case.state == case.State.WITHDRAWN and case.closed_at is not None:
        yield {"at": case.closed_at, "what": _("Withdrawn")}


def _moment(at: datetime.date) -> datetime.datetime:
    """A moment as it is; a day at its beginning."""
    if isinstance(at, datetime.datetime):
        return at
    return datetime.datetime.combine(at, datetime.time(), LONDON)
