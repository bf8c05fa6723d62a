"""XLSX files: judged as an archive, then read by openpyxl without computing anything."""

import io
import warnings
import zipfile
from collections.abc import Iterator
from typing import Any
from xml.parsers import expat

from django.utils.translation import gettext as _
from openpyxl import load_workbook
from openpyxl.cell.read_only import EMPTY_CELL

from core.sheets.cells import Cell, Table, Unreadable, Wrong, collected, plain
from core.sheets.limits import MAX_COLUMNS

ZIP = b"PK\x03\x04"
OLD_OFFICE = b"\xd0\xcf\x11\xe0"  # .xls, and any workbook with a password
CONTENTS = "[Content_Types].xml"
MAX_PARTS = 500
MAX_UNPACKED = 40 * 1024 * 1024  # a table of MAX_ROWS unpacks to less; memory and time follow from it
LAST_ROW = 1_048_576  # of a spreadsheet: a file that tells of rows further down is lying
FORMULA = Wrong("")


def read_workbook(content: bytes) -> Table:
    """The table on the first sheet of an XLSX file. Raises Unreadable."""
    if content.startswith(OLD_OFFICE):
        raise Unreadable(
            _("The file has a password or is of an old format (XLS). Save it as an Excel workbook (XLSX) without one.")
        )
    try:
        _judge(content)
        table = _read(content)
    except Unreadable:
        raise
    except Exception as error:  # openpyxl raises whatever its parsers meet
        raise Unreadable(
            _("The file is damaged or no Excel workbook. Open it in a spreadsheet and save it as XLSX or CSV.")
        ) from error
    return table


def _judge(content: bytes) -> None:
    """Refuse what would unpack to too much, or is no workbook, by the archive's own list. zipfile holds it to that."""
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        parts = archive.infolist()
        names = {part.filename for part in parts}
        if "mimetype" in names:
            raise Unreadable(_("This is an OpenDocument file. Save it as an Excel workbook (XLSX) or as CSV."))
        if CONTENTS not in names:
            raise Unreadable(_("This is an archive, not a table. Choose an XLSX or a CSV file."))
        if len(parts) > MAX_PARTS or sum(part.file_size for part in parts) > MAX_UNPACKED:
            raise Unreadable(
                _("The workbook unpacks to more than this service reads. Copy the table alone into a new workbook.")
            )
        if any(part.compress_type not in {zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED} for part in parts):
            raise zipfile.BadZipFile("no spreadsheet compresses so")
        for part in parts:
            with archive.open(part) as file:
                _refuse_declarations(file)


class _Begun(Exception):
    """The first element has come: no declaration can follow it."""


def _refuse_declarations(file: Any) -> None:
    """Refuse a part that declares a document type: entities grow and reach outside, and no spreadsheet has any."""

    def declared(*details: Any) -> None:
        raise Unreadable(_("The workbook declares things no spreadsheet needs. Open it in one and save it as CSV."))

    def begun(*details: Any) -> None:
        raise _Begun

    parser = expat.ParserCreate()
    parser.StartDoctypeDeclHandler, parser.StartElementHandler = declared, begun
    try:
        parser.ParseFile(file)
    except (_Begun, expat.ExpatError):  # what is no XML at all, such as a picture, is read by nobody
        return


def _read(content: bytes) -> Table:
    rows, notes = _cells(content, data_only=False)
    if any(cell is FORMULA for _number, cells in rows for cell in cells):
        found, _notes = _cells(content, data_only=True)
        results = dict(found)
        rows = [(number, _with_results(cells, results.get(number, []))) for number, cells in rows]
    return Table(collected(rows), notes)


def _with_results(cells: list[Cell], results: list[Cell]) -> list[Cell]:
    """The row with what its formulas gave when the workbook was last saved."""
    results = results + [""] * (len(cells) - len(results))
    unknown = Wrong(_("The cell holds a formula without a result. Put the text itself in."))
    return [(result or unknown) if cell is FORMULA else cell for cell, result in zip(cells, results, strict=False)]


def _cells(content: bytes, *, data_only: bool) -> tuple[list[tuple[int, list[Cell]]], list[str]]:
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # of parts of a workbook that nobody reads here
        book = load_workbook(io.BytesIO(content), read_only=True, data_only=data_only, keep_links=False)
        try:
            sheet, *others = book.worksheets
            rows = collected(_rows(sheet))
        finally:
            book.close()
    return rows, [_("Only the first sheet was read, “%(name)s”.") % {"name": sheet.title}] if others else []


def _rows(sheet: Any) -> Iterator[tuple[int, list[Cell]]]:
    sheet.reset_dimensions()  # a file may say that it is smaller than it is
    rows = sheet.iter_rows(max_row=LAST_ROW, max_col=MAX_COLUMNS + 1)
    before: Any = None
    for number, cells in enumerate(rows, start=1):
        # Between two rows that are far apart openpyxl gives one and the same empty row, perhaps a million times.
        if cells is not before and any(cell is not EMPTY_CELL for cell in cells):
            yield number, [_cell(cell) for cell in cells]
        before = cells


def _cell(cell: Any) -> Cell:
    if cell.data_type == "f":
        return FORMULA
    if cell.data_type == "e":
        return Wrong(_("The cell holds an error, %(error)s. Put the text itself in.") % {"error": cell.value})
    return plain(cell.value)
