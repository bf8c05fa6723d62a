"""Working days of England: weekends and bank holidays do not count, those of the past neither."""

import datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from core.working_days import is_working_day, working_days_after, working_days_before, working_days_between

DAYS = st.dates(datetime.date(1995, 1, 1), datetime.date(2040, 12, 31))


@pytest.mark.parametrize(
    "day",
    [
        "2002-06-03",  # the Golden Jubilee
        "2002-06-04",  # the spring bank holiday of that year, moved beside it
        "2004-12-27",  # Christmas Day and Boxing Day on a weekend: the Monday and Tuesday instead
        "2004-12-28",
        "2006-04-14",  # Good Friday
        "2006-04-17",  # Easter Monday
        "2011-04-29",  # a royal wedding
        "2022-09-19",  # a state funeral
        "2023-05-08",  # a coronation
        "2006-01-07",  # a Saturday
        "2006-01-08",  # a Sunday
    ],
)
def test_offices_are_closed(day):
    assert not is_working_day(datetime.date.fromisoformat(day))


@pytest.mark.parametrize("day", ["2002-05-27", "2006-01-03", "2020-05-04", "2006-11-30"])
def test_offices_are_open(day):
    """Also on the Monday of May that gave its holiday to another day, and on the day of Scotland's saint."""
    assert is_working_day(datetime.date.fromisoformat(day))


def test_twenty_working_days_over_christmas():
    assert working_days_after(datetime.date(2005, 12, 20), 20) == datetime.date(2006, 1, 20)


def test_none_is_the_same_day_also_on_a_sunday():
    assert working_days_after(datetime.date(2006, 1, 8), 0) == datetime.date(2006, 1, 8)


def test_days_are_counted_forward():
    with pytest.raises(ValueError, match="forward"):
        working_days_after(datetime.date(2006, 1, 8), -1)


@given(DAYS, st.integers(1, 60))
def test_a_count_of_days_is_found_again(day, count):
    after = working_days_after(day, count)
    assert is_working_day(after)
    assert working_days_between(day, after) == count
    assert working_days_between(after, day) == 0


@given(DAYS, st.integers(1, 60))
def test_a_day_is_late_by_a_count_from_that_day_back(day, count):
    last = working_days_before(day, count)
    assert working_days_between(last, day) == count
    assert working_days_between(last + datetime.timedelta(days=1), day) == count - 1


def test_lateness_is_counted_back_from_today_alone():
    with pytest.raises(ValueError, match="counted"):
        working_days_before(datetime.date(2006, 1, 8), -1)
