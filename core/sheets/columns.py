"""Finding the columns of a table by their headings."""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass

from django.utils.text import get_text_list
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from openpyxl.utils import get_column_letter

from core.refusals import Text
from core.sheets.cells import Cell, Fault, Table, Unreadable, Wrong


@dataclass(frozen=True)
class Column:
    """A column that a table may have. `hint` says what belongs into it."""

    key: str
    heading: Text
    required: bool = False
    hint: Text = ""


@dataclass(frozen=True)
class Row:
    """One row: its number, and its texts by the columns' keys. An empty cell is an empty text."""

    number: int
    cells: dict[str, str]


@dataclass(frozen=True)
class Sheet:
    """What was read. `faults` are cells that could not be taken; `notes` tell what the reader decided."""

    rows: list[Row]
    faults: list[Fault]
    notes: list[str]


def folded(heading: object) -> str:
    """A heading as it is compared: “e-mail ” and “E-Mail” are one."""
    return " ".join(str(heading).casefold().split())


def matched(table: Table, columns: Sequence[Column]) -> Sheet:
    """The table's rows under the columns' keys. Raises Unreadable when a required column is missing or one is twice."""
    if not table.rows:
        raise Unreadable(
            _("The file is empty. Choose one with a heading in the first row and a row for each seat below it.")
        )
    number, heading = table.rows[0]
    known = {folded(column.heading): column for column in columns}
    names = ["" if isinstance(cell, Wrong) else folded(cell) for cell in heading]
    _check(names, columns)
    places = {place: known[name] for place, name in enumerate(names) if name in known}
    unknown = [str(cell) for cell, name in zip(heading, names, strict=True) if name and name not in known]
    notes = [*table.notes]
    if unknown:
        words = ngettext(
            "The column %(names)s is not known and was left out.",
            "The columns %(names)s are not known and were left out.",
            len(unknown),
        )
        notes.append(words % {"names": _listed(unknown)})
    rows: list[Row] = []
    faults: list[Fault] = []
    for number, cells in table.rows[1:]:
        row, wrong = _row(number, cells, names, places)
        rows.append(row)
        faults += wrong
    if not rows:
        raise Unreadable(_("The file has a heading and nothing below it. Put in a row for each seat."))
    return Sheet(rows, faults, notes)


def _check(names: list[str], columns: Sequence[Column]) -> None:
    headings = {folded(column.heading): str(column.heading) for column in columns}
    twice = [headings[name] for name, count in Counter(names).items() if count > 1 and name in headings]
    if twice:
        raise Unreadable(
            ngettext(
                "The column %(names)s is there twice. Take one of the two out.",
                "The columns %(names)s are there twice. Take one of each two out.",
                len(twice),
            )
            % {"names": _listed(twice)}
        )
    missing = [str(column.heading) for column in columns if column.required and folded(column.heading) not in names]
    if missing:
        raise Unreadable(
            ngettext(
                "The column %(names)s is missing. The first row must hold the headings of the columns.",
                "The columns %(names)s are missing. The first row must hold the headings of the columns.",
                len(missing),
            )
            % {"names": _listed(missing)}
        )


def _row(number: int, cells: list[Cell], names: list[str], places: dict[int, Column]) -> tuple[Row, list[Fault]]:
    texts = {column.key: "" for column in places.values()}
    faults = []
    for place, cell in enumerate(cells):
        column = places.get(place)
        if column is None:
            if cell and not (place < len(names) and names[place]):
                letter = _("column %(letter)s") % {"letter": get_column_letter(place + 1)}
                faults.append(
                    Fault(
                        number,
                        letter,
                        _("A cell stands under no heading. Perhaps a cell further left was split in two."),
                    )
                )
        elif isinstance(cell, Wrong):
            faults.append(Fault(number, str(column.heading), cell.message))
        else:
            texts[column.key] = cell
    return Row(number, texts), faults


def _listed(names: list[str]) -> str:
    return get_text_list([f"“{name}”" for name in names], _("and"))
