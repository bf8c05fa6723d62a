"""Tables as CSV and XLSX, safe to open in a spreadsheet and able to come back unchanged.

A cell whose text a spreadsheet could take for a formula gets an apostrophe in front. So does a text that already begins
with one or more apostrophes before such a sign, so that taking exactly one apostrophe off restores every text: `defuse`
and `restore` are each other's reverse. Numbers are not text: they are never changed, also when negative.
"""

import csv
import datetime
import io
import re
from collections.abc import Iterable, Sequence
from decimal import Decimal
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.utils.functional import Promise
from django.utils.text import slugify
from openpyxl import Workbook
from openpyxl.cell import WriteOnlyCell
from openpyxl.styles import Font
from openpyxl.utils import get_column_letter

from core.dates import LONDON

Columns = Sequence[str | Promise]
Rows = Iterable[Sequence[Any]]

# What starts a formula in a spreadsheet, plain or full-width, also after spaces, which it trims; tabs and line ends.
FORMULA = re.compile(r"'*(?:\s*[=+\-@＝＋－＠]|[\t\r\n])")

# Controls and lone surrogates: no file of ours holds them, and a spreadsheet would drop them and see what is behind.
UNPRINTABLE = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff\ufffe\uffff]")

COLUMN_WIDTH = 28  # characters; a date and time fit, where the usual width would show ####
CELL_LIMIT = 32_767  # characters that a cell of an XLSX file holds; what is longer is cut there, and whole in the CSV


def defuse(text: str) -> str:
    """The text as it may stand in a cell: never the start of a formula."""
    return f"'{text}" if FORMULA.match(text) else text


def restore(text: str) -> str:
    """The reverse of `defuse`, for an import of our own export."""
    return text[1:] if text.startswith("'") and FORMULA.match(text[1:]) else text


def _words(value: Any) -> str:
    return defuse(UNPRINTABLE.sub("", str(value)))


def _csv_cell(value: Any) -> str:
    if value is None:
        return ""
    if isinstance(value, datetime.datetime):
        return value.astimezone(LONDON).strftime("%Y-%m-%d %H:%M:%S")
    if isinstance(value, bool | int | float | Decimal | datetime.date):
        return str(value)
    return _words(value)


def csv_response(name: str, columns: Columns, rows: Rows) -> HttpResponse:
    """A CSV file to download: UTF-8 with the mark that Excel needs, a header row, dates as 2006-01-31, London times.

    `name` is the file's name without its ending.
    """
    text = io.StringIO(newline="")
    writer = csv.writer(text)
    writer.writerow([_csv_cell(column) for column in columns])
    writer.writerows([_csv_cell(value) for value in row] for row in rows)
    return _download(
        f"\N{ZERO WIDTH NO-BREAK SPACE}{text.getvalue()}".encode(), "text/csv; charset=utf-8", f"{name}.csv"
    )


def _xlsx_cell(sheet: Any, value: Any) -> Any:
    """A typed cell: numbers and dates stay such, a Decimal is shown with its pence, other things are text."""
    if isinstance(value, datetime.datetime):
        value = value.astimezone(LONDON).replace(tzinfo=None)  # a spreadsheet knows no time zones
    if isinstance(value, datetime.date) and value.year < 1901:
        value = value.isoformat()  # before the first day of a spreadsheet's calendar
    if not isinstance(value, bool | int | float | Decimal | datetime.date | None):
        cell = WriteOnlyCell(sheet, _words(value)[:CELL_LIMIT])
        cell.data_type = "s"  # text, whatever it looks like
        return cell
    cell = WriteOnlyCell(sheet, value)
    if isinstance(value, Decimal):
        cell.number_format = "#,##0.00"
    elif isinstance(value, datetime.datetime):
        cell.number_format = "d mmmm yyyy hh:mm"
    elif isinstance(value, datetime.date):
        cell.number_format = "d mmmm yyyy"
    return cell


def xlsx_response(name: str, columns: Columns, rows: Rows) -> HttpResponse:
    """An XLSX file to download: one sheet, a bold header row that stays in sight, typed cells.

    `name` is the file's name without its ending.
    """
    book = Workbook(write_only=True)
    sheet = book.create_sheet(slugify(name)[:31] or "export")
    sheet.freeze_panes = "A2"
    for number in range(1, len(columns) + 1):
        sheet.column_dimensions[get_column_letter(number)].width = COLUMN_WIDTH
    header = [_xlsx_cell(sheet, str(column)) for column in columns]
    for cell in header:
        cell.font = Font(bold=True)
    sheet.append(header)
    for row in rows:
        sheet.append([_xlsx_cell(sheet, value) for value in row])
    file = io.BytesIO()
    book.save(file)
    kind = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
    return _download(file.getvalue(), kind, f"{name}.xlsx")


def _download(content: bytes, kind: str, name: str) -> HttpResponse:
    stem, _dot, ending = name.rpartition(".")
    response = HttpResponse(content, content_type=kind)
    response["Content-Disposition"] = f'attachment; filename="{slugify(stem) or "export"}.{ending}"'
    return response


def wants_file(request: HttpRequest) -> bool:
    """Whether the address asks (`?format=`) for a file of a kind there is; anything else gets the page."""
    return request.GET.get("format") in {"csv", "xlsx"}


def export(request: HttpRequest, name: str, columns: Columns, rows: Rows) -> HttpResponse:
    """The file that the address asks for: CSV, or XLSX. `name` is the file's name without its ending."""
    respond = xlsx_response if request.GET["format"] == "xlsx" else csv_response
    return respond(name, columns, rows)
