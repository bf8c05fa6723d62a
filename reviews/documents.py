"""What the queue puts on paper: a submission, the letter about a decision, a certificate. Pages for `documents.engine`.

A paper shows the names of the day on which it is made, and keeps them (docs/adr/0013). The dialogue is not read here,
so nothing that was said in confidence gets into a letter.
"""

import datetime
from typing import Any

from django.conf import settings
from django.template.loader import render_to_string
from django.utils import timezone

from core import charts
from core.dates import LONDON
from partnerships.models import Partnership
from partnerships.queries import balance
from reviews.kinds import kind_of
from reviews.models import Case, CaseFile, Decision, Submission
from reviews.queries import content_of, decisions_of, last_day_to_appeal

Values = dict[str, Any]


def submission_page(submission: Submission) -> str:
    """Everything that was submitted: its sections, the declaration, the receipt. The partnership is open."""
    context = {"submission": submission, "content": content_of(submission)}
    return render_to_string("reviews/submission_pdf.html", _about(submission.case) | context)


def papers(decision: Decision) -> dict[str, str]:
    """The pages of everything that goes to the partnership with a decision, by the kind of file they become."""
    pages = {CaseFile.Kind.LETTER.value: letter_page(decision)}
    if decision.certifies:
        pages[CaseFile.Kind.CERTIFICATE.value] = certificate_page(decision)
    return pages


def letter_page(decision: Decision) -> str:
    """The letter about a decision, from whoever made it to the chair: outcome, reasons, conditions, appeal."""
    appealed = _appealed(decision)
    context = {
        "decision": decision,
        "submission": decision.submission,
        "conditions": [_condition(each) for each in decision.conditions],
        "appealed": appealed,
        "appeal_until": None if appealed else last_day_to_appeal(decision.case, decision),
    }
    return render_to_string("reviews/letter_pdf.html", _about(decision.case) | context)


def certificate_page(decision: Decision) -> str:
    """The certificate of an outcome that comes with one: a page for the wall, with the partnership's own seats."""
    decided_on = timezone.localtime(decision.decided_at, LONDON).date()
    context = {"decision": decision, "by_appeal": _appealed(decision) is not None}
    seats = _seats(decision.case.partnership, decided_on)
    return render_to_string("reviews/certificate_pdf.html", _about(decision.case) | seats | context)


def _about(case: Case) -> Values:
    """What every paper of a case names."""
    return {
        "case": case,
        "partnership": case.partnership,
        "office": case.partnership.region.office,
        "address": settings.SITE_URL + kind_of(case).page(case),
        "demonstration": settings.DEMONSTRATION,
    }


def _appealed(decision: Decision) -> Decision | None:
    """The decision that this one, by the national team, has taken the place of."""
    return decisions_of(decision.case).filter(number__lt=decision.number).last()


def _condition(frozen: Values) -> Values:
    due_on = frozen["due_on"]
    return {"words": frozen["words"], "due_on": datetime.date.fromisoformat(due_on) if due_on else None}


def _seats(partnership: Partnership, day: datetime.date) -> Values:
    """The ring of a certificate, and how many seats it shows."""
    rows = balance(partnership, day)
    held, open_ = sum(row.held for row in rows), sum(row.open for row in rows)
    return {"held": held, "open": open_, "ring": charts.ring_cover(held, open_)}
