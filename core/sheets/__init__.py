"""Uploaded tables, CSV or XLSX, as rows of plain text. What a file is, its content says, not its name.

A file is judged before it is opened, formulas are never computed, and dates come as 2006-01-31.
"""

from core.sheets.cells import Fault, Unreadable
from core.sheets.columns import Column, Row, Sheet, matched
from core.sheets.limits import MAX_BYTES, MAX_COLUMNS, MAX_ROWS
from core.sheets.text import read_text
from core.sheets.workbook import OLD_OFFICE, ZIP, read_workbook

__all__ = ["MAX_BYTES", "MAX_COLUMNS", "MAX_ROWS", "Column", "Fault", "Row", "Sheet", "Unreadable", "read"]


def read(content: bytes, columns: list[Column]) -> Sheet:
    """The rows of an uploaded file under the headings of `columns`, in any order and case.

    What is wrong with a cell is one of the sheet's faults. Raises Unreadable where there is no table to speak of: the
    file is empty, too large, of another kind, or a required column is missing.
    """
    table = read_workbook(content) if content.startswith((ZIP, OLD_OFFICE)) else read_text(content, columns)
    return matched(table, columns)
