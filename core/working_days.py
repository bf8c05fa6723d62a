"""Working days of England: Monday to Friday, without its bank holidays, past ones and their exceptions too."""

import datetime
from functools import cache

import holidays

SATURDAY = 5


@cache
def _bank_holidays() -> holidays.HolidayBase:
    """The bank holidays of England; a year is filled in when it is first asked for."""
    return holidays.country_holidays("GB", subdiv="ENG")


def is_working_day(day: datetime.date) -> bool:
    """Whether offices are open on a day."""
    return day.weekday() < SATURDAY and day not in _bank_holidays()


def working_days_after(day: datetime.date, count: int) -> datetime.date:
    """The day that comes `count` working days after another, which itself does not count.

    Raises ValueError for a negative count.
    """
    if count < 0:
        raise ValueError("working days are counted forward")
    while count:
        day += datetime.timedelta(days=1)
        count -= is_working_day(day)
    return day


def working_days_before(day: datetime.date, count: int) -> datetime.date:
    """The last day after which `count` working days have come, up to and with this one.

    What was due on it, or earlier, is today at least so many working days late. Raises ValueError for a negative count.
    """
    if count < 0:
        raise ValueError("working days are counted")
    while count:
        count -= is_working_day(day)
        day -= datetime.timedelta(days=1)
    return day


def working_days_between(first: datetime.date, last: datetime.date) -> int:
    """How many working days come after the first day, up to and with the last; 0 if the last is not later."""
    days = (first + datetime.timedelta(days=step) for step in range(1, (last - first).days + 1))
    return sum(map(is_working_day, days))
