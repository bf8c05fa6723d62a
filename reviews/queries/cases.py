"""Finding cases: the queue of a region, one case, the cases of one thing."""

import datetime
from collections.abc import Iterable

from django.db.models import OuterRef, Q, QuerySet, Subquery
from django.db.models.functions import Lower

from accounts.models import Person
from core.dates import today
from core.working_days import working_days_after
from partnerships.models import Partnership, Region
from reviews.models import Case, ChangeRequest, Decision, Submission

SOON = 5  # working days before a decision is due: then it is called soon, and reminded of


def open_cases() -> QuerySet[Case]:
    """What is still to be decided, the earliest due first."""
    return _in_order(Case.objects.filter(state__in=Case.OPEN))


def queue(
    region: Region | None = None,
    *,
    kind: str = "",
    states: tuple[str, ...] = Case.OPEN,
    reviewer: Person | int | None = None,
    nobody: bool = False,
    words: str = "",
    late: bool = False,
    soon: bool = False,
) -> QuerySet[Case]:
    """The cases of a region (None: of all that are open to the reader), open ones unless other states are asked for.

    `reviewer` narrows to what somebody has taken, `nobody` to what waits for somebody, `words` to partnerships and
    titles with these words in them, `late` and `soon` to what is due. Each has its partnership and its reviewer, and as
    annotations `answer_by` (of the open request for changes), `submissions_made` and the `outcome` that holds. It is
    one query, however many.
    """
    cases = Case.objects.filter(state__in=states)
    if region is not None:
        cases = cases.filter(partnership__region=region)
    if kind:
        cases = cases.filter(kind=kind)
    if reviewer is not None:
        cases = cases.filter(reviewer=reviewer)
    if nobody:
        cases = cases.filter(reviewer=None)
    if words:
        cases = cases.filter(Q(partnership__name__icontains=words) | Q(title__icontains=words))
    if late:
        cases = cases.filter(due_on__lt=today())
    if soon:
        cases = cases.filter(due_on__range=(today(), last_day_called_soon()))
    asked = ChangeRequest.objects.filter(partnership=OuterRef("partnership"), case=OuterRef("pk"), ended_at=None)
    last = Submission.objects.filter(partnership=OuterRef("partnership"), case=OuterRef("pk")).order_by("-number")
    decided = Decision.objects.filter(partnership=OuterRef("partnership"), case=OuterRef("pk")).order_by("-number")
    return _in_order(cases).annotate(
        answer_by=Subquery(asked.values("answer_by")[:1]),
        submissions_made=Subquery(last.values("number")[:1]),
        outcome=Subquery(decided.values("outcome_label")[:1]),
    )


def last_day_called_soon() -> datetime.date:
    """A case that is due by this day is called due soon."""
    return working_days_after(today(), SOON)


def case_of(partnership: Partnership, pk: int) -> Case | None:
    """One case of a partnership."""
    cases = Case.objects.filter(partnership=partnership, pk=pk)
    return cases.select_related("partnership__region", "reviewer", "previous").first()


def cases_of(kind: str, subject_id: int, partnership: Partnership) -> QuerySet[Case]:
    """The cases of one thing that a partnership has submitted, the newest first."""
    cases = Case.objects.filter(partnership=partnership, kind=kind, subject_id=subject_id)
    return cases.select_related("partnership", "reviewer").order_by("-pk")


def latest_case(kind: str, subject_id: int, partnership: Partnership) -> Case | None:
    """The newest of them."""
    return cases_of(kind, subject_id, partnership).first()


def latest_cases(kind: str, subject_ids: Iterable[int]) -> dict[int, Case]:
    """Thing → the newest of its cases, of many things at once: for tables. One query."""
    cases = Case.objects.filter(kind=kind, subject_id__in=list(subject_ids)).select_related("reviewer")
    return {case.subject_id: case for case in cases.order_by("pk")}


def _in_order(cases: QuerySet[Case]) -> QuerySet[Case]:
    return cases.select_related("partnership", "reviewer").order_by("due_on", Lower("partnership__short_name"), "pk")
