"""Exports open safely in a spreadsheet and come back as they were."""

import csv
import datetime
import io
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st
from openpyxl import load_workbook

from core.exports import CELL_LIMIT, csv_response, defuse, restore, xlsx_response

STARTS = ["=", "+", "-", "@", "\t", "\r", "\n", "＝", "＋", "－", "＠"]
texts = st.text(st.characters(codec="utf-8", exclude_categories=["Cc", "Cn"])) | st.lists(
    st.sampled_from([*STARTS, "'", " ", "a", "1", '"', ","])
).map("".join)


def rows_of_csv(response):
    return list(csv.reader(io.StringIO(response.content.decode("utf-8-sig"), newline="")))


def sheet_of(response):
    return load_workbook(io.BytesIO(response.content)).active


@pytest.mark.parametrize("start", [*STARTS, " =", "'=", "''-"])
def test_no_cell_starts_a_formula(start):
    assert defuse(f"{start}cmd|' /C calc'!A0").startswith("'")


@given(texts)
def test_defusing_is_reversible(text):
    assert restore(defuse(text)) == text
    assert not defuse(text).lstrip().startswith(tuple(STARTS))


@given(texts, texts)
def test_different_texts_stay_different(one, other):
    assert (defuse(one) == defuse(other)) == (one == other)


@given(st.lists(st.tuples(texts, texts), max_size=5))
def test_a_csv_comes_back_unchanged(rows):
    header, *read = rows_of_csv(csv_response("members", ["One", "Two"], rows))
    assert header == ["One", "Two"]
    assert [tuple(restore(cell) for cell in row) for row in read] == rows


def test_csv_numbers_and_dates():
    moment = datetime.datetime(2005, 6, 30, 23, 30, tzinfo=datetime.UTC)
    row = [-5, Decimal("-55000.00"), datetime.date(2006, 1, 31), moment, None]
    response = csv_response("claims", ["a", "b", "c", "d", "e"], [row])
    assert rows_of_csv(response)[1] == ["-5", "-55000.00", "2006-01-31", "2005-07-01 00:30:00", ""]
    assert response.content.startswith(b"\xef\xbb\xbf")


def test_xlsx_cells_have_types():
    row = ["=1+1", Decimal("371788.50"), datetime.date(2006, 1, 31), 7, None, datetime.date(1836, 1, 1)]
    sheet = sheet_of(xlsx_response("claims", list("abcdef"), [row]))
    cells = sheet[2]
    assert [cell.data_type for cell in cells] == ["s", "n", "d", "n", "n", "s"]
    assert [cell.value for cell in cells] == ["'=1+1", 371788.5, datetime.datetime(2006, 1, 31), 7, None, "1836-01-01"]
    assert cells[1].number_format == "#,##0.00"
    assert sheet["A1"].font.bold
    assert sheet.freeze_panes == "A2"


def test_xlsx_tells_moments_in_london():
    moment = datetime.datetime(2005, 6, 30, 23, 30, tzinfo=datetime.UTC)
    assert sheet_of(xlsx_response("deeds", ["at"], [[moment]]))["A2"].value == datetime.datetime(2005, 7, 1, 0, 30)


@pytest.mark.parametrize("text", ["\x00=1+1", "\x0b", "\ud800", "x" * (CELL_LIMIT + 1), "_x000D_"])
def test_no_text_breaks_a_file(text):
    value = sheet_of(xlsx_response("a", ["a", "b"], [[text, "here"]]))["A2"].value or ""
    assert not value.startswith("=")
    assert len(value) <= CELL_LIMIT
    assert rows_of_csv(csv_response("a", ["a", "b"], [[text, "here"]]))[1][1] == "here"


@pytest.mark.parametrize("name", ["Members, Southwark", '"; rm -rf /\r\nX: y', "../../etc/passwd", "سوثوارك"])
def test_the_file_name_is_safe(name):
    for response, ending in ((csv_response(name, ["a"], []), "csv"), (xlsx_response(name, ["a"], []), "xlsx")):
        stem = response["Content-Disposition"].removeprefix('attachment; filename="').removesuffix(f'.{ending}"')
        assert stem
        assert set(stem) <= set("abcdefghijklmnopqrstuvwxyz0123456789-_")
