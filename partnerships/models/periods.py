"""Periods of memberships, sittings and appointments: from a day on, until the day on which they no longer hold.

Half-open, so that one ends on the day on which the next begins, and access ends on the day it is ended.
"""

import datetime
from typing import TypeVar

from django.contrib.postgres.constraints import ExclusionConstraint
from django.contrib.postgres.fields import DateRangeField, RangeBoundary, RangeOperators
from django.db.models import F, Func, Model, Q, QuerySet

Row = TypeVar("Row", bound=Model)


def overlapping(rows: QuerySet[Row], starts_on: datetime.date, ends_on: datetime.date | None = None) -> QuerySet[Row]:
    """Those that hold on a day of a period; the question that an action asks before `never_twice` would refuse."""
    later = Q(ends_on=None) | Q(ends_on__gt=starts_on)
    return rows.filter(later, starts_on__lt=ends_on) if ends_on else rows.filter(later)


def holding(rows: QuerySet[Row], day: datetime.date) -> QuerySet[Row]:
    """Those that hold on a day (a London date)."""
    return rows.filter(Q(ends_on__isnull=True) | Q(ends_on__gt=day), starts_on__lte=day)


def never_twice(*fields: str, name: str) -> ExclusionConstraint:
    """Within a partnership, rows with the same values in these fields never overlap in time."""
    period = Func(F("starts_on"), F("ends_on"), RangeBoundary(), function="daterange", output_field=DateRangeField())
    same = [(field, RangeOperators.EQUAL) for field in ("partnership", *fields)]
    return ExclusionConstraint(name=name, expressions=[*same, (period, RangeOperators.OVERLAPS)])
