"""Pounds and pence."""

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from core import money


@pytest.mark.parametrize(
    ("amount", "words"),
    [
        (Decimal("371788"), "£371,788.00"),
        (Decimal("-55000"), "−£55,000.00"),
        (Decimal("0.005"), "£0.01"),
        (Decimal("-0.004"), "£0.00"),
        (10_726_788, "£10,726,788.00"),
    ],
)
def test_pounds(amount, words):
    assert money.pounds(amount) == words


def test_millions():
    assert money.millions(Decimal("10726788")) == "£10.73m"
    assert money.millions(Decimal("-371788")) == "−£0.37m"


def test_figures_keep_their_decimals():
    assert money.figure(1234) == "1,234"
    assert money.figure(Decimal("62.60")) == "62.60"
    assert money.figure(Decimal("-3.5")) == "−3.5"
    assert money.figure(Decimal("1E+3")) == "1,000"


@pytest.mark.parametrize("wrong", [1.5, "1", True, None])
def test_only_exact_numbers_are_amounts(wrong):
    with pytest.raises(TypeError):
        money.pounds(wrong)


@pytest.mark.parametrize("wrong", ["NaN", "Infinity"])
def test_only_finite_numbers_are_amounts(wrong):
    with pytest.raises(ValueError, match="finite"):
        money.pounds(Decimal(wrong))


@given(st.decimals(places=2, min_value=-(10**12), max_value=10**12))
def test_no_penny_is_lost(amount):
    printed = money.pounds(amount).replace("£", "").replace(",", "").replace(money.MINUS, "-")
    assert Decimal(printed) == amount
