"""What the clock has to tell today: days that are near, days that have passed."""

from collections.abc import Callable, Mapping
from typing import Any

from django.db.models import Exists, OuterRef, Q, QuerySet

from core.dates import today
from core.working_days import working_days_after, working_days_before
from partnerships.permissions import Perm
from reviews.models import Case, ChangeRequest, Decision, Notice
from reviews.queries.cases import SOON
from reviews.queries.people import in_office

ANSWER_SOON = 3  # working days before an answer is due
ESCALATED = 5  # working days after a decision was due
REVIEW_SOON = 20  # working days before the next review

Kind = Notice.Kind
Told = tuple[int, int, Any]  # partnership, case, the day it is about


def to_tell(kind: str, case: Case | None = None) -> QuerySet[Any, Told]:
    """Of which cases (or of this one alone) there is something of a kind to tell that was not told yet. One query."""
    rows, number, day = DUE[kind]()
    if case is not None:
        rows = rows.filter(partnership=case.partnership_id, **{number: case.pk})
    told = Notice.objects.filter(
        partnership=OuterRef("partnership"), case=OuterRef(number), kind=kind, day=OuterRef(day)
    )
    found = rows.filter(_goes_on()).exclude(Exists(told)).order_by("partnership", number)
    return found.values_list("partnership", number, day)


def lapsed_claims() -> QuerySet[Any, tuple[int, int]]:
    """Partnership and number of each case whose reviewer is not in office any more. In one query."""
    still = in_office(Perm.REVIEW).filter(person=OuterRef("reviewer"), office__region=OuterRef("partnership__region"))
    may_lapse = [Case.State.CLAIMED, Case.State.SENT_BACK]
    taken = Case.objects.filter(_goes_on(), state__in=may_lapse, reviewer__isnull=False)
    return taken.exclude(Exists(still)).order_by("partnership", "pk").values_list("partnership", "pk")


def _goes_on() -> Q:
    """In a partnership that has ended nothing is reminded of."""
    return Q(partnership__ended_on=None) | Q(partnership__ended_on__gt=today())


def _open_due(**due: Any) -> tuple[QuerySet[Any], str, str]:
    return Case.objects.filter(state__in=Case.OPEN, **due), "pk", "due_on"


def _asked(**due: Any) -> tuple[QuerySet[Any], str, str]:
    return ChangeRequest.objects.filter(ended_at=None, **due), "case", "answer_by"


def _next_reviews() -> tuple[QuerySet[Any], str, str]:
    """Of decisions that hold, unless what they were about has been submitted again."""
    period = (today(), working_days_after(today(), REVIEW_SOON))
    rows = Decision.objects.filter(next_review_on__range=period, case__state=Case.State.DECIDED)
    later = Decision.objects.filter(
        partnership=OuterRef("partnership"), case=OuterRef("case"), number__gt=OuterRef("number")
    )
    again = Case.objects.filter(partnership=OuterRef("partnership"), previous=OuterRef("case"))
    return rows.exclude(Exists(later)).exclude(Exists(again)), "case", "next_review_on"


DUE: Mapping[str, Callable[[], tuple[QuerySet[Any], str, str]]] = {
    Kind.DUE_SOON: lambda: _open_due(due_on__range=(today(), working_days_after(today(), SOON))),
    Kind.LATE: lambda: _open_due(due_on__lt=today()),
    Kind.ESCALATED: lambda: _open_due(due_on__lte=working_days_before(today(), ESCALATED)),
    Kind.ANSWER_DUE: lambda: _asked(answer_by__range=(today(), working_days_after(today(), ANSWER_SOON))),
    Kind.ANSWER_LATE: lambda: _asked(answer_by__lt=today()),
    Kind.REVIEW_DUE: _next_reviews,
}
