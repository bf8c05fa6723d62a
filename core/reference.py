"""Loading reference tables from CSV files: repeatable, and says what it did."""

import csv
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from django.db.models import Model


@dataclass(frozen=True)
class Loaded:
    """What a load did to one table, in rows."""

    table: str
    added: int
    changed: int
    unchanged: int

    def __str__(self) -> str:
        return f"{self.table}: {self.added} added, {self.changed} changed, {self.unchanged} as they were"


def read(path: Path) -> Iterator[dict[str, str]]:
    """The rows of a CSV file (UTF-8, first row the column names)."""
    with path.open(encoding="utf-8", newline="") as lines:
        yield from csv.DictReader(lines)


def load(model: type[Model], key: tuple[str, ...], rows: Iterable[Mapping[str, Any]]) -> Loaded:
    """Bring a table in line with rows, found again by the fields of `key`. Rows that are in no file stay.

    Values must be of the fields' types, so that a row that is as it was is recognised. A few statements, however many
    rows.
    """
    names = {field.name: field.attname for field in model._meta.concrete_fields}
    existing = {tuple(getattr(row, names[part]) for part in key): row for row in model._default_manager.all()}
    added: list[Model] = []
    changed: list[Model] = []
    unchanged = 0
    fields: list[str] = []
    for values in rows:
        fields = list(values)
        wanted = model(**values)
        found = existing.get(tuple(getattr(wanted, names[part]) for part in key))
        if found is None:
            added.append(wanted)
        elif any(getattr(found, names[name]) != getattr(wanted, names[name]) for name in fields):
            wanted.pk = found.pk
            changed.append(wanted)
        else:
            unchanged += 1
    model._default_manager.bulk_create(added, batch_size=1000)
    if changed:
        model._default_manager.bulk_update(changed, [name for name in fields if name not in key], batch_size=500)
    return Loaded(str(model._meta.verbose_name_plural), len(added), len(changed), unchanged)
