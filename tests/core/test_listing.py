"""A list is sorted and paged by its address, and an address that makes no sense does no harm."""

from types import SimpleNamespace

import pytest
from django.contrib.contenttypes.models import ContentType
from django.db.models import F
from django.db.models.functions import Lower
from django.http import QueryDict
from hypothesis import given
from hypothesis import strategies as st

from core.listing import in_order, listing

ROWS = [SimpleNamespace(name=name, seats=seats) for name, seats in [("Barnet", 3), ("Adur", None), ("Corby", 1)]]
KEYS = {"name": "name", "seats": "seats"}


def shown(query, **kwargs):
    return listing(ROWS, KEYS, QueryDict(query), **{"default": "name", **kwargs})


def names(page):
    return [row.name for row in page.page]


def test_sorting_both_ways_with_the_unknown_last():
    assert names(shown("sort=seats")) == ["Corby", "Barnet", "Adur"]
    assert names(shown("sort=-seats")) == ["Barnet", "Corby", "Adur"]


def test_the_default_may_be_descending():
    page = shown("", default="-name")
    assert names(page) == ["Corby", "Barnet", "Adur"]
    assert (page.sort, page.descending) == ("name", True)


def test_pages():
    page = shown("page=2", per_page=2)
    assert names(page) == ["Corby"]
    assert page.count == 3


@pytest.mark.parametrize("query", ["sort=password", "sort=--name", "sort=", "page=0", "page=-1", "page=x", "sort=-"])
def test_nonsense_falls_back_to_the_default(query):
    assert names(shown(query)) == ["Adur", "Barnet", "Corby"]


@given(st.text(), st.text())
def test_no_address_breaks_a_list(sort, page):
    query = QueryDict(mutable=True)
    query.update({"sort": sort, "page": page})
    assert listing(ROWS, KEYS, query, default="name").count == 3


def test_a_page_beyond_the_last_is_the_last():
    assert names(shown("page=99", per_page=2)) == ["Corby"]


def test_the_database_sorts_and_ties_are_broken_by_key():
    expression, tie = in_order(ContentType.objects.all(), Lower("model"), descending=True).query.order_by
    assert (expression.expression, expression.descending, expression.nulls_last) == (Lower("model"), True, True)
    assert tie == "pk"
    expression, _tie = in_order(ContentType.objects.all(), "app_label").query.order_by
    assert (expression.expression, expression.descending) == (F("app_label"), False)
