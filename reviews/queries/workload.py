"""Who of an office has how much to do."""

import datetime
from dataclasses import dataclass

from django.db.models import Count, Min, Q

from accounts.models import Person
from core.dates import today
from partnerships.models import Region
from reviews.models import Case
from reviews.queries.cases import last_day_called_soon
from reviews.queries.people import staff_of


@dataclass(frozen=True)
class Load:
    """The open cases of one person, or of nobody (`person` is None). `earliest` is the earliest day one is due."""

    person: Person | None
    open: int = 0
    late: int = 0
    soon: int = 0
    with_partnership: int = 0
    to_countersign: int = 0
    earliest: datetime.date | None = None


def workload(region: Region) -> list[Load]:
    """What everybody who reviews for a region has taken, and last what nobody has: in two queries.

    Whoever reviews no more, but still holds a case, is named too.
    """
    cases = Case.objects.filter(state__in=Case.OPEN, partnership__region=region)
    counted = {
        row.pop("reviewer"): row
        for row in cases.order_by()
        .values("reviewer")
        .annotate(
            open=Count("pk"),
            late=Count("pk", filter=Q(due_on__lt=today())),
            soon=Count("pk", filter=Q(due_on__range=(today(), last_day_called_soon()))),
            with_partnership=Count("pk", filter=Q(state=Case.State.SENT_BACK)),
            to_countersign=Count("pk", filter=Q(state=Case.State.RECOMMENDED)),
            earliest=Min("due_on"),
        )
    }
    people = staff_of(region.pk) | Person.objects.filter(pk__in=[pk for pk in counted if pk])
    loads = [Load(person, **counted.get(person.pk, {})) for person in people.distinct()]
    return [*loads, Load(None, **counted.get(None, {}))]
