"""Cells of an uploaded table, and what can be wrong with them."""

import datetime
from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import Any

from django.utils.translation import gettext as _

from core.exports import UNPRINTABLE, restore
from core.refusals import Refusal, Text
from core.sheets.limits import MAX_COLUMNS, MAX_ROWS


class Unreadable(Refusal):
    """The file holds no table that could be read. `words` say why, and what to do."""

    status = 422

    def __init__(self, words: Text) -> None:
        super().__init__(words)
        self.words = words

    def sentence(self) -> str:
        return str(self.words)


@dataclass(frozen=True)
class Fault:
    """What is wrong in a row (numbered as a spreadsheet numbers them) and a column (its heading, or “column D”)."""

    row: int
    column: str
    message: str


@dataclass(frozen=True)
class Wrong:
    """Stands for a cell that cannot be taken as text."""

    message: str


Cell = str | Wrong


@dataclass(frozen=True)
class Table:
    """The rows of a file as they stand, with their numbers; the first is the heading. Empty ones are left out.

    `notes` say how the file was understood where that was not certain.
    """

    rows: list[tuple[int, list[Cell]]]
    notes: list[str] = field(default_factory=list)


def collected(rows: Iterable[tuple[int, list[Cell]]]) -> list[tuple[int, list[Cell]]]:
    """The rows that hold anything, without the empty cells at their ends. Raises Unreadable where they are too many."""
    kept: list[tuple[int, list[Cell]]] = []
    for number, cells in rows:
        while cells and cells[-1] == "":
            cells.pop()
        if len(cells) > MAX_COLUMNS:
            raise Unreadable(
                _("Row %(row)d has more than %(limit)d columns. Take out the columns that are not needed.")
                % {"row": number, "limit": MAX_COLUMNS}
            )
        if any(cell != "" for cell in cells):
            kept.append((number, cells))
        if len(kept) > MAX_ROWS + 1:
            raise Unreadable(
                _("The table has more than %(limit)s rows. Divide it into several files.") % {"limit": f"{MAX_ROWS:,}"}
            )
    return kept


def plain(value: Any) -> Cell:
    """A cell as text: no spaces round it, a number without “.0”, a date as 2006-01-31, our own apostrophe off."""
    if value is None:
        return ""
    if isinstance(value, datetime.datetime) and value.time() == datetime.time():
        value = value.date()
    elif isinstance(value, float) and value.is_integer():
        value = int(value)
    text = restore(str(value)).strip()
    if UNPRINTABLE.search(text):
        return Wrong(_("The cell holds a character that cannot be shown. Type its text anew."))
    return text
