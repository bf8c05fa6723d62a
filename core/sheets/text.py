"""CSV files, as spreadsheets of several countries and decades write them."""

import codecs
import csv
import io
from collections.abc import Iterator, Sequence

from django.utils.translation import gettext as _

from core.exports import UNPRINTABLE
from core.sheets.cells import Cell, Table, Unreadable, collected, plain
from core.sheets.columns import Column, folded

DELIMITERS = (",", ";", "\t")
EXCEL_SAYS = "sep="  # a first line that names the delimiter


def read_text(content: bytes, columns: Sequence[Column]) -> Table:
    """The table of a CSV file. Raises Unreadable."""
    text, notes = _decoded(content)
    if UNPRINTABLE.search(text):
        raise Unreadable(_("This is not a table. Choose an XLSX file, or a CSV file with the encoding UTF-8."))
    first, _end, rest = text.partition("\n")
    if first.startswith(EXCEL_SAYS) and first.strip()[len(EXCEL_SAYS) :] in DELIMITERS:
        return Table(collected(_records(rest, first.strip()[len(EXCEL_SAYS) :])), notes)
    known = {folded(column.heading) for column in columns}
    delimiter = max(DELIMITERS, key=lambda sign: sum(name in known for name in _heading(text, sign)))
    return Table(collected(_records(text, delimiter)), notes)


def _decoded(content: bytes) -> tuple[str, list[str]]:
    """UTF-8, or UTF-16 with its mark; else Windows-1252, which Excel writes, and then it is said."""
    marks = (codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)
    try:
        return content.decode("utf-16" if content.startswith(marks) else "utf-8-sig"), []
    except UnicodeDecodeError:
        pass
    try:
        text = content.decode("cp1252")
    except UnicodeDecodeError:
        raise Unreadable(
            _("The encoding of this file is not known. Save it as “CSV UTF-8” or as an Excel workbook (XLSX).")
        ) from None
    return text, [
        _("The file is not in UTF-8. It was read as Windows-1252, as older spreadsheets write it: look at the accents.")
    ]


def _heading(text: str, delimiter: str) -> list[str]:
    for _number, cells in _records(text[:10_000], delimiter):
        return [folded(cell) for cell in cells]
    return []


def _records(text: str, delimiter: str) -> Iterator[tuple[int, list[Cell]]]:
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=delimiter, strict=True)
    number = 0
    while True:
        number += 1
        try:
            cells = next(reader)
        except StopIteration:
            return
        except csv.Error:
            raise Unreadable(
                _("Row %(row)d cannot be read: a quotation mark is not closed, or stands in the middle of a cell.")
                % {"row": number}
            ) from None
        yield number, [plain(cell) for cell in cells]
