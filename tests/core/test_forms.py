"""Fields understand what people type and say plainly what is wrong."""

import datetime
from decimal import Decimal

import pytest
from django import forms as django_forms
from django.core.exceptions import ValidationError
from hypothesis import given
from hypothesis import strategies as st

from core.forms import Checkboxes, DateField, DateInput, Form, MoneyField, TextField


@pytest.mark.parametrize("month", ["1", "01", "jan", "Jan", "JANUARY", "january"])
def test_a_date_with_a_month_in_figures_or_words(month):
    assert DateField().clean(["31", month, "2006"]) == datetime.date(2006, 1, 31)


@given(st.dates(min_value=datetime.date(1990, 1, 1), max_value=datetime.date(2100, 12, 31)))
def test_every_date_can_be_shown_and_typed_again(date):
    assert DateField().clean(DateInput().decompress(date)) == date


@pytest.mark.parametrize(
    ("typed", "message", "parts"),
    [
        (["31", "", "2006"], "The date must include a month", [1]),
        (["", "", "2006"], "The date must include a day and a month", [0, 1]),
        (["31", "2", "2006"], "31 February 2006 does not exist", [0]),
        (["29", "feb", "2005"], "29 February 2005 does not exist", [0]),
        (["32", "1", "2006"], "Day must be a number from 1 to 31", [0]),
        (["1", "13", "2006"], "Month must be a number from 1 to 12, or a name such as January", [1]),
        (["1", "ju", "2006"], "Month must be a number from 1 to 12, or a name such as January", [1]),
        (["1", "%s", "2006"], "Month must be a number from 1 to 12, or a name such as January", [1]),
        (["1", "1", "06"], "Year must have four figures, such as 2006", [2]),
        (["1", "1", "0000"], "1 January 0000 does not exist", [0]),
    ],
)
def test_a_wrong_date_says_what_is_wrong_and_where(typed, message, parts):
    with pytest.raises(ValidationError) as error:
        DateField().clean(typed)
    assert error.value.messages == [message]
    assert error.value.error_list[0].params["parts"] == parts


@given(st.lists(st.text(), min_size=3, max_size=3))
def test_no_three_texts_break_a_date(typed):
    try:
        date = DateField(required=False).clean(typed)
    except ValidationError:
        return  # explained in words: every other exception fails the test
    assert isinstance(date, datetime.date | None)


def test_an_optional_date_may_be_empty():
    assert DateField(required=False).clean(["", " ", ""]) is None


@pytest.mark.parametrize(
    ("typed", "amount"),
    [("£1,250", "1250"), ("1250.00", "1250.00"), ("1 250.5", "1250.5"), ("−5", "-5"), (" £ 371,788.00 ", "371788.00")],
)
def test_an_amount_as_people_type_it(typed, amount):
    assert MoneyField().clean(typed) == Decimal(amount)


@pytest.mark.parametrize("typed", ["lots", "1.2.3", "£", "NaN", "1e999", "5.001"])
def test_what_is_no_amount(typed):
    with pytest.raises(ValidationError):
        MoneyField().clean(typed)


def test_a_line_end_is_one_character_as_in_the_browser():
    assert TextField(max_length=3).clean("a\r\nb") == "a\nb"


class Question(Form):
    name = django_forms.CharField(label="Name of the organisation", max_length=5)
    pct = django_forms.CharField(label="PCT 100%", max_length=5)
    sector = django_forms.MultipleChoiceField(choices=[("a", "A")], widget=Checkboxes)
    agree = django_forms.BooleanField(label="I have no interest in this partnership")
    why = django_forms.CharField(label="Why now?")
    own = django_forms.CharField(error_messages={"required": "Say it in your own words"})


def test_errors_say_what_to_do():
    assert Question({}).errors == {
        "name": ["Enter name of the organisation"],
        "pct": ["Enter PCT 100%"],
        "sector": ["Choose sector"],
        "agree": ["Tick “I have no interest in this partnership”"],
        "why": ["Answer the question: Why now?"],
        "own": ["Say it in your own words"],
    }


def test_a_text_that_is_too_long_tells_both_numbers():
    errors = Question({"name": "sixsix", "pct": "sixsix"}).errors
    assert errors["name"] == ["Name of the organisation must be 5 characters or fewer. You have written 6."]
    assert errors["pct"] == ["PCT 100% must be 5 characters or fewer. You have written 6."]
