"""Dates in words, in London."""

import datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from core import dates

UTC = datetime.UTC


def moment(*parts):
    return datetime.datetime(*parts, tzinfo=UTC)


def test_a_date_in_words():
    assert dates.long_date(datetime.date(2006, 1, 31)) == "31 January 2006"
    assert dates.short_date(datetime.date(2006, 1, 3)) == "3 Jan 2006"


def test_a_moment_is_told_in_london():
    assert dates.long_date(moment(2005, 6, 30, 23, 30)) == "1 July 2005"
    assert dates.clock(moment(2005, 6, 30, 23, 30)) == "12:30am"
    assert dates.date_time(moment(2006, 1, 12, 14, 2)) == "12 January 2006, 2:02pm"


@pytest.mark.parametrize(
    ("hour", "minute", "words"),
    [(0, 0, "midnight"), (12, 0, "midday"), (0, 5, "12:05am"), (12, 5, "12:05pm"), (9, 0, "9am"), (23, 59, "11:59pm")],
)
def test_the_clock(hour, minute, words):
    assert dates.clock(moment(2006, 1, 12, hour, minute)) == words


def test_the_clock_refuses_a_time_without_a_zone():
    with pytest.raises(ValueError, match="naive"):
        dates.clock(datetime.datetime(2006, 1, 12, 14, 2))


@pytest.mark.parametrize(("start", "words"), [(2005, "2005–06"), (1999, "1999–2000"), (2009, "2009–10")])
def test_a_financial_year_in_words(start, words):
    assert dates.year_label(start) == words


def test_a_financial_year_begins_on_the_first_of_april():
    assert dates.financial_year(datetime.date(2006, 3, 31)) == 2005
    assert dates.financial_year(datetime.date(2006, 4, 1)) == 2006
    assert dates.financial_year(moment(2006, 3, 31, 23, 30)) == 2006  # summer time: it is already April in London


@pytest.mark.parametrize(
    ("days", "words"),
    [(0, "today"), (1, "tomorrow"), (-1, "yesterday"), (19, "in 19 days"), (-73, "73 days ago"), (2, "in 2 days")],
)
def test_days_from_now(days, words):
    on = datetime.date(2006, 1, 12)
    assert dates.relative_day(on + datetime.timedelta(days), on) == words


@given(st.datetimes(timezones=st.just(UTC), min_value=datetime.datetime(1990, 1, 1)))
def test_the_clock_can_be_read_back(value):
    words = {"midnight": "12:00AM", "midday": "12:00PM"}.get(dates.clock(value), dates.clock(value).upper())
    read = datetime.datetime.strptime(words, "%I:%M%p" if ":" in words else "%I%p")
    local = value.astimezone(dates.LONDON)
    assert (read.hour, read.minute) == (local.hour, local.minute)
