"""What a merge does to each row, worked out before anything is done: the preview counts it, the merge does it."""

import datetime
from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import asdict, dataclass, field
from functools import cached_property
from typing import Any

from django.apps import apps
from django.db import models

from core.dates import today
from partnerships.models import Organisation
from partnerships.queries.merging.relations import Once, Relation, relations

Columns = dict[str, Any]


@dataclass(frozen=True)
class Step:
    """One row: its columns before and after. Without an `after` the row goes, and `before` is the whole of it.

    Columns hold numbers, and days as 2006-01-31, so that a journal of steps has no words.
    """

    table: str
    partnership: int | None
    pk: int
    before: Columns
    after: Columns | None

    @cached_property
    def model(self) -> type[models.Model]:
        """The table's model."""
        return apps.get_model(self.table)

    @property
    def change(self) -> str:
        """What becomes of the row: it moves, goes, ends, or is united with another or grown by one."""
        if self.after is None:
            return "goes"
        if "starts_on" in self.after:
            return "united" if self.after["starts_on"] == self.after["ends_on"] else "grows"
        return "ends" if "ends_on" in self.after else "moves"

    def as_journal(self) -> Columns:
        """For the journal of a merge."""
        return asdict(self)


@dataclass
class Plan:
    """The steps of a merge, in their order, and what would stand twice and cannot: kinds of things, with how many."""

    kept: Organisation
    merged: Organisation
    steps: list[Step] = field(default_factory=list)
    twice: dict[str, int] = field(default_factory=dict)

    def of(self, partnership_id: int | None) -> list[Step]:
        """The steps in one partnership; None: in what all share."""
        return [step for step in self.steps if step.partnership == partnership_id]


def plan(kept: Organisation, merged: Organisation) -> Plan:
    """What a merge would do. Needs to see the rows of every partnership: open them with `reading_everywhere`."""
    found = Plan(kept, merged)
    for relation in relations():
        united = list(_united(relation, kept.pk, merged.pk)) if relation.period_of is not None else []
        touched = {step.pk for step in united}
        found.steps += united
        rest = [row for row in relation.rows(merged.pk) if row.pk not in touched]
        found.steps += _moved(found, relation, rest)
    return found


class _Standing:
    """What stands once with the entry that is kept, so that it cannot be handed to it a second time."""

    def __init__(self, relation: Relation, kept: int, merged: int) -> None:
        self.keys = {once: set(_keys(relation.rows(kept), once)) for once in relation.onces}
        self.bound = {once: set(_bound(relation.rows(merged), once)) for once in relation.onces}

    def broken_by(self, row: Any) -> Once | None:
        """The rule that a row of the other would break. A row that breaks none is counted as handed over."""
        keys = {
            once: tuple(getattr(row, column) for column in once.others)
            for once, bound in self.bound.items()
            if row.pk in bound
        }
        for once, key in keys.items():
            if None not in key and key in self.keys[once]:
                return once
        for once, key in keys.items():
            self.keys[once].add(key)
        return None


def _keys(rows: models.QuerySet[Any], once: Once) -> Iterator[tuple[Any, ...]]:
    for row in rows.filter(once.condition).values("pk", *once.others):
        yield tuple(row[column] for column in once.others)


def _bound(rows: models.QuerySet[Any], once: Once) -> Iterable[int]:
    return rows.filter(once.condition).values_list("pk", flat=True)


def _moved(found: Plan, relation: Relation, rows: list[Any]) -> Iterator[Step]:
    """The rows that only change whom they name; of those that would stand twice, links go and standing ones end."""
    kept, merged = found.kept.pk, found.merged.pk
    standing = _Standing(relation, kept, merged)
    for row in rows:
        once = standing.broken_by(row)
        if once is None:
            yield _step(relation, row, {relation.column: merged}, {relation.column: kept})
        elif once.ends:
            before = {relation.column: merged, "ends_on": None}
            yield _step(relation, row, before, {relation.column: kept, "ends_on": _ended(row)})
        elif relation.is_link:
            whole = {each.attname: getattr(row, each.attname) for each in row._meta.concrete_fields}
            yield _step(relation, row, whole, None)
        else:
            kind = str(row._meta.verbose_name_plural)
            found.twice[kind] = found.twice.get(kind, 0) + 1


def _ended(row: Any) -> str:
    """Today, or the day on which it was to begin."""
    return max(row.starts_on or today(), today()).isoformat()


def _united(relation: Relation, kept: int, merged: int) -> Iterator[Step]:
    """Rows of both that overlap in time become one: the kept's first grows over all, the others never held a day."""
    groups: dict[tuple[Any, ...], list[Any]] = defaultdict(list)
    rows = relation.model._base_manager.filter(**{f"{relation.column}__in": [kept, merged]})
    for row in rows.exclude(ends_on=models.F("starts_on")).order_by("starts_on", "pk"):
        groups[tuple(getattr(row, column) for column in relation.period_of or ())].append(row)
    for group in groups.values():
        for together in _overlapping(group):
            owners = [row for row in together if getattr(row, relation.column) == kept]
            if len(together) > 1:
                yield from _one_of(relation, owners[0], together, kept)


def _overlapping(rows: list[Any]) -> Iterator[list[Any]]:
    """The rows, by their first day, in runs in which each overlaps with one before it."""
    run: list[Any] = []
    for row in rows:
        if run and row.starts_on < _last_day(run):
            run.append(row)
        else:
            if run:
                yield run
            run = [row]
    if run:
        yield run


def _last_day(rows: list[Any]) -> datetime.date:
    """The day on which none of them holds any more."""
    return max(row.ends_on or datetime.date.max for row in rows)


def _one_of(relation: Relation, first: Any, together: list[Any], kept: int) -> Iterator[Step]:
    """Empty the others, hand what hangs on them to the first, then let it grow."""
    for row in together:
        if row is not first:
            day = row.starts_on.isoformat()
            after = {relation.column: kept, "starts_on": day, "ends_on": day}
            yield _step(relation, row, _period(row, relation.column), after)
            yield from _handed_over(row, first)
    before = _period(first)
    last = _last_day(together)
    ends_on = None if last == datetime.date.max else last.isoformat()
    after = {"starts_on": together[0].starts_on.isoformat(), "ends_on": ends_on}
    if after != before:
        yield _step(relation, first, before, after)


def _handed_over(row: Any, first: Any) -> Iterator[Step]:
    """What hangs on a row that is no more, such as a contact, hangs on the other, unless that has its own."""
    for relation in relations(type(row)):
        standing = _Standing(relation, first.pk, row.pk)
        for part in relation.rows(row.pk):
            if standing.broken_by(part) is None:
                yield _step(relation, part, {relation.column: row.pk}, {relation.column: first.pk})


def _period(row: Any, *also: str) -> Columns:
    days = {"starts_on": row.starts_on.isoformat(), "ends_on": row.ends_on.isoformat() if row.ends_on else None}
    return {**{column: getattr(row, column) for column in also}, **days}


def _step(relation: Relation, row: Any, before: Columns, after: Columns | None) -> Step:
    tenant = getattr(row, relation.tenant) if relation.tenant else None
    return Step(relation.model._meta.label_lower, tenant, row.pk, before, after)
