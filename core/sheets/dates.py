"""Dates as people type them into a table."""

import datetime
import re
from functools import lru_cache

from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _

from core.forms import DateField

YEARS = range(1900, 2101)  # a year outside is a slip of the finger
FIELD = DateField()
WRITINGS = (
    re.compile(r"(?P<year>\d{4})-(?P<month>\d{1,2})-(?P<day>\d{1,2})", re.ASCII),
    re.compile(r"(?P<day>\d{1,2})([/.-])(?P<month>\d{1,2})\2(?P<year>\d{4})", re.ASCII),
    re.compile(r"(?P<day>\d{1,2})(?:st|nd|rd|th)?\s+(?P<month>[A-Za-z]+)\s+(?P<year>\d{4})", re.ASCII),
)


@lru_cache(maxsize=1024)  # the dates of a table are few
def day(text: str) -> datetime.date:
    """The date that a text says: 31/01/2006 (the day first), 2006-01-31, 31 January 2006 or 31 Jan 2006.

    Raises ValueError with a sentence that says what is wrong.
    """
    for writing in WRITINGS:
        if found := writing.fullmatch(text):
            return _checked(found["day"], found["month"], found["year"])
    raise ValueError(_("“%(text)s” is no date. Write it as 31/01/2006 or 31 January 2006.") % {"text": text[:40]})


def _checked(day: str, month: str, year: str) -> datetime.date:
    try:
        value = FIELD.to_python([day, month, year])
    except ValidationError as error:
        raise ValueError(error.messages[0]) from None
    if value is None or value.year not in YEARS:
        raise ValueError(_("The year must be between %(first)d and %(last)d") % {"first": YEARS[0], "last": YEARS[-1]})
    return value
