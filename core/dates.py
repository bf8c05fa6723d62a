"""Dates as people here write them: 31 January 2006, 2:02pm, 2005–06, in 19 days. Moments are told in London time."""

import datetime
from zoneinfo import ZoneInfo

from django.utils import dateformat, timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

LONDON = ZoneInfo("Europe/London")


def today() -> datetime.date:
    """The date in London, which is the date that deadlines mean."""
    return timezone.localdate(timezone=LONDON)


def _day(value: datetime.date) -> datetime.date:
    """The London date of a moment, or the date itself."""
    if isinstance(value, datetime.datetime):
        return timezone.localtime(value, LONDON).date()
    return value


def long_date(value: datetime.date) -> str:
    """“31 January 2006”. A moment (aware datetime) gives its London date."""
    return dateformat.format(_day(value), "j F Y")


def short_date(value: datetime.date) -> str:
    """“31 Jan 2006”, for columns of a table."""
    return dateformat.format(_day(value), "j M Y")


def clock(value: datetime.datetime) -> str:
    """“2:02pm”, “6pm”, “midday”, “midnight”, in London. Raises ValueError for a naive datetime."""
    local = timezone.localtime(value, LONDON)
    if local.minute == 0 and local.hour % 12 == 0:
        return _("midday") if local.hour else _("midnight")
    minutes = f":{local.minute:02}" if local.minute else ""
    return f"{local.hour % 12 or 12}{minutes}{'am' if local.hour < 12 else 'pm'}"


def date_time(value: datetime.datetime) -> str:
    """“31 January 2006, 2:02pm”."""
    return f"{long_date(value)}, {clock(value)}"


def financial_year(value: datetime.date) -> int:
    """The calendar year in which the financial year of `value` began: it runs from 1 April to 31 March."""
    day = _day(value)
    return day.year if day.month >= 4 else day.year - 1


def year_label(start: int) -> str:
    """“2005–06” for 2005, “1999–2000” for 1999: the financial year that began on 1 April of `start`."""
    end = start + 1
    return f"{start}–{end:04}" if end % 100 == 0 else f"{start}–{end % 100:02}"


def relative_day(value: datetime.date, on: datetime.date | None = None) -> str:
    """“today”, “tomorrow”, “in 19 days”, “yesterday”, “73 days ago”, as seen on `on` (today in London)."""
    days = (_day(value) - (on or today())).days
    if days == 0:
        return _("today")
    if days == 1:
        return _("tomorrow")
    if days == -1:
        return _("yesterday")
    if days > 0:
        return ngettext("in %(days)d day", "in %(days)d days", days) % {"days": days}
    return ngettext("%(days)d day ago", "%(days)d days ago", -days) % {"days": -days}
