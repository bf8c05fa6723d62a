"""Periods of memberships, sittings and appointments: from a day on, until the day on which they no longer hold.

Half-open, so that one ends on the day on which the next begins, and access ends on the day it is ended.
"""

from django.contrib.postgres.constraints import ExclusionConstraint
from django.contrib.postgres.fields import DateRangeField, RangeBoundary, RangeOperators
from django.db.models import F, Func


def never_twice(*fields: str, name: str) -> ExclusionConstraint:
    """Within a partnership, rows with the same values in these fields never overlap in time."""
    period = Func(F("starts_on"), F("ends_on"), RangeBoundary(), function="daterange", output_field=DateRangeField())
    same = [(field, RangeOperators.EQUAL) for field in ("partnership", *fields)]
    return ExclusionConstraint(name=name, expressions=[*same, (period, RangeOperators.OVERLAPS)])
