"""A list that a page shows: sorted by a key from the address, one page at a time."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any, cast

from django.core.paginator import Page, Paginator
from django.db.models import F, QuerySet
from django.db.models.expressions import BaseExpression
from django.http import QueryDict

Rows = QuerySet[Any] | Sequence[Any]
SortKey = str | BaseExpression


@dataclass(frozen=True)
class Listing:
    """One page of a sorted list. `page` can be iterated; `count` is of all pages; `sort` is the key in use."""

    page: "Page[Any]"
    sort: str
    descending: bool

    @property
    def count(self) -> int:
        """How many rows there are on all pages together."""
        return self.page.paginator.count

    @property
    def rows(self) -> Rows:
        """The rows of all pages together, in the order in which they are shown: for an export of the list."""
        return cast(Rows, self.page.paginator.object_list)


def listing(
    rows: Rows,
    keys: Mapping[str, SortKey],
    query: QueryDict,
    *,
    default: str,
    per_page: int = 50,
) -> Listing:
    """The page of `rows` that `?sort=` and `?page=` ask for.

    `keys` are the sort keys a reader may use, each with a field, or an expression such as `Lower("name")` so that
    letters sort without regard to case (the database sorts by code point). `default` is a key, with “-” in front for
    descending. What the address says wrongly is passed over: an unknown key sorts by the default, a page that does not
    exist is the nearest one. Equal rows stay in one order by primary key, so that none is shown on two pages.

    A sequence is sorted by the attribute that the key names.
    """
    asked = query.get("sort", "")
    chosen = asked if asked.removeprefix("-") in keys else default
    descending, key = chosen.startswith("-"), chosen.removeprefix("-")
    paginator = Paginator(in_order(rows, keys[key], descending=descending), per_page)
    return Listing(paginator.get_page(query.get("page")), key, descending)


def in_order(rows: Rows, by: SortKey, *, descending: bool = False) -> QuerySet[Any] | list[Any]:
    """The rows sorted by one key. What has no value there comes last, whichever way the rest is sorted."""
    if isinstance(rows, QuerySet):
        expression = F(by) if isinstance(by, str) else by
        order = expression.desc(nulls_last=True) if descending else expression.asc(nulls_last=True)
        return rows.order_by(order, "pk")
    known = [row for row in rows if getattr(row, str(by)) is not None]
    unknown = [row for row in rows if getattr(row, str(by)) is None]
    return sorted(known, key=lambda row: getattr(row, str(by)), reverse=descending) + unknown
