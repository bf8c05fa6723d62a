"""How a queue is doing, in a few figures."""

from dataclasses import dataclass
from typing import Any

from django.db.models import Aggregate, Count, DateTimeField, Q
from django.utils import timezone

from core.dates import LONDON, today
from partnerships.models import Region
from reviews.models import Case


@dataclass(frozen=True)
class Figures:
    """Of the open cases of a region: how many, how many of them late, free, with the partnership.

    `middle_wait` is for how many days the case in the middle has waited; None where nothing is open.
    """

    open: int
    late: int
    free: int
    with_partnership: int
    middle_wait: int | None


class Middle(Aggregate):
    """The value in the middle of all."""

    function = "PERCENTILE_DISC"
    template = "%(function)s(0.5) WITHIN GROUP (ORDER BY %(expressions)s)"
    output_field = DateTimeField()


def figures(region: Region) -> Figures:
    """In one query."""
    cases = Case.objects.filter(state__in=Case.OPEN, partnership__region=region)
    counted: dict[str, Any] = cases.aggregate(
        open=Count("pk"),
        late=Count("pk", filter=Q(due_on__lt=today())),
        free=Count("pk", filter=Q(reviewer=None)),
        with_partnership=Count("pk", filter=Q(state=Case.State.SENT_BACK)),
        middle=Middle("opened_at"),
    )
    middle = counted.pop("middle")
    waited = (today() - timezone.localdate(middle, LONDON)).days if middle else None
    return Figures(**counted, middle_wait=waited)
