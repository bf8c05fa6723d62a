"""Uploaded tables are read as plain rows; what is no table, or is one built to harm, is refused with what to do."""

import csv
import datetime
import io
import time
import tracemalloc
import zipfile

import pytest
from hypothesis import given
from hypothesis import strategies as st
from openpyxl import Workbook

from core.exports import csv_response, xlsx_response
from core.sheets import MAX_COLUMNS, MAX_ROWS, Column, Fault, Unreadable, read

COLUMNS = [
    Column("position", "Position", required=True),
    Column("organisation", "Organisation", required=True),
    Column("starts_on", "From"),
]
HEADING = ["Position", "Organisation", "From"]
POLICE = ["Police", "Metropolitan Police", "2005-04-01"]
READ = {"position": "Police", "organisation": "Metropolitan Police", "starts_on": "2005-04-01"}
MARK = "\N{ZERO WIDTH NO-BREAK SPACE}"


def written(*rows, delimiter=",", encoding="utf-8"):
    """The bytes of a CSV file."""
    text = io.StringIO(newline="")
    csv.writer(text, delimiter=delimiter).writerows(rows)
    return text.getvalue().encode(encoding)


def workbook(*rows, change=lambda book: None):
    """The bytes of an XLSX file."""
    book = Workbook()
    for row in rows:
        book.active.append(row)
    change(book)
    file = io.BytesIO()
    book.save(file)
    return file.getvalue()


def repacked(content, **parts):
    """An XLSX file with some of its parts replaced or added, by their names with __ for / and _dot_ for a point."""
    file = io.BytesIO()
    new = {name.replace("__", "/").replace("_dot_", "."): data for name, data in parts.items()}
    with (
        zipfile.ZipFile(io.BytesIO(content)) as old,
        zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED) as archive,
    ):
        for name in old.namelist():
            archive.writestr(name, new.pop(name, None) or old.read(name))
        for name, data in new.items():
            archive.writestr(name, data)
    return file.getvalue()


def texts(content):
    return [row.cells for row in read(content, COLUMNS).rows]


def refusal(content):
    with pytest.raises(Unreadable) as refused:
        read(content, COLUMNS)
    assert refused.value.status == 422
    return str(refused.value)


@pytest.mark.parametrize("delimiter", [",", ";", "\t"])
@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16"])
def test_csv_of_any_office(delimiter, encoding):
    sheet = read(written(HEADING, POLICE, delimiter=delimiter, encoding=encoding), COLUMNS)
    assert [(row.number, row.cells) for row in sheet.rows] == [(2, READ)]
    assert (sheet.faults, sheet.notes) == ([], [])


def test_a_first_line_that_names_the_delimiter():
    assert texts(b"sep=;\r\n" + written(HEADING, POLICE, delimiter=";")) == [READ]


def test_windows_1252_is_read_and_said():
    sheet = read(written(HEADING, ["Café", "Zoë’s", ""], encoding="cp1252"), COLUMNS)
    assert sheet.rows[0].cells["position"] == "Café" and sheet.rows[0].cells["organisation"] == "Zoë’s"
    assert "Windows-1252" in sheet.notes[0] and "look at the accents" in sheet.notes[0]


def test_an_unknown_encoding_is_refused():
    assert "CSV UTF-8" in refusal(written(HEADING, POLICE) + b"\x81\x8d")
    assert "encoding UTF-8" in refusal(written(HEADING, POLICE, encoding="utf-16-le"))


@pytest.mark.parametrize("ends", ["\n", "\r\n", "\r"])
def test_line_ends_of_any_system(ends):
    assert texts(ends.join(["Position,Organisation,From", '"Po,lice",x,y', ""]).encode())[0]["position"] == "Po,lice"


def test_an_open_quotation_mark_names_its_row():
    assert refusal(written(HEADING, POLICE) + b'"Fire,x,y\r\nFaith,x,y\r\n').startswith("Row 3 cannot be read")


def test_headings_are_found_whatever_their_case_spaces_and_order():
    content = written([" FROM ", "organisation", "Posi tion", "position"], ["1", "2", "3", "4"])
    sheet = read(content, COLUMNS)
    assert sheet.rows[0].cells == {"starts_on": "1", "organisation": "2", "position": "4"}
    assert sheet.notes == ["The column “Posi tion” is not known and was left out."]


def test_several_unknown_columns_are_named():
    note = read(written([*HEADING, "Fax", "Notes"], POLICE), COLUMNS).notes[0]
    assert note == "The columns “Fax” and “Notes” are not known and were left out."


@pytest.mark.parametrize(
    ("heading", "words"),
    [
        (["Position", "From"], "The column “Organisation” is missing."),
        (["From", "Fax"], "The columns “Position” and “Organisation” are missing."),
        ([*HEADING, "from"], "The column “From” is there twice."),
    ],
)
def test_the_wrong_headings_are_named(heading, words):
    assert refusal(written(heading, POLICE)).startswith(words)
    assert refusal(workbook(heading, POLICE)).startswith(words)


def test_a_column_that_nobody_wrote_is_empty():
    assert texts(written(["Position", "Organisation"], ["Police", "Met"])) == [
        {"position": "Police", "organisation": "Met"}
    ]


def test_a_cell_under_no_heading_is_a_fault():
    """The usual cause: a comma that is not between quotation marks."""
    sheet = read(b"Position,Organisation,From\r\nResident, Walworth,,2005-04-01\r\n", COLUMNS)
    (fault,) = sheet.faults
    assert (fault.row, fault.column) == (2, "column D")
    assert "split in two" in fault.message


@pytest.mark.parametrize("make", [written, workbook])
def test_empty_rows_are_left_out_and_counted(make):
    content = make(["", "", ""], HEADING, POLICE, ["", " ", ""], [], ["Fire", "", ""])
    assert [(row.number, row.cells["position"]) for row in read(content, COLUMNS).rows] == [(3, "Police"), (6, "Fire")]


def test_a_cell_of_several_lines_is_one_row():
    content = written(HEADING, ["Police\nand fire", "", ""], ["Faith", "", ""])
    assert [row.number for row in read(content, COLUMNS).rows] == [2, 3]


def test_cells_of_a_workbook_are_plain_text():
    day = datetime.date(2006, 1, 31)
    rows = [(1012345, 1012345.0, day), (0.5, True, datetime.datetime(2006, 1, 31)), (1e20, None, "31/01/2006")]
    assert [list(row.values()) for row in texts(workbook(HEADING, *rows))] == [
        ["1012345", "1012345", "2006-01-31"],
        ["0.5", "True", "2006-01-31"],
        ["100000000000000000000", "", "31/01/2006"],
    ]


@pytest.mark.parametrize("respond", [csv_response, xlsx_response])
@given(text=st.text(st.characters(codec="utf-8", exclude_categories=["Cc", "Cn", "Cs"]), max_size=40))
def test_what_was_exported_comes_back(respond, text):
    """But for spaces round it and the line ends that XML knows one of."""
    content = respond("a", HEADING, [["Police", text, None]]).content
    assert texts(content) == [{**READ, "organisation": text.strip(), "starts_on": ""}]


@pytest.mark.parametrize("text", ["=1+1", "'=1+1", "-5", "@x", "'quoted'", "＝1"])
@pytest.mark.parametrize("respond", [csv_response, xlsx_response])
def test_defused_cells_are_restored(respond, text):
    assert texts(respond("a", HEADING, [["Police", text, None]]).content)[0]["organisation"] == text


def test_a_formula_gives_what_it_gave_when_it_was_saved():
    """As Excel writes it: the formula and its result."""
    content = workbook(HEADING, POLICE, ["Fire", "=CONCATENATE(A1,A2)", ""])
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        sheet = archive.read("xl/worksheets/sheet1.xml")
    saved = sheet.replace(b'r="B3"><f>', b'r="B3" t="str"><f>').replace(b"<v></v>", b"<v>London Fire</v>")
    saved = saved.replace(b"<v/>", b"<v>London Fire</v>").replace(b"<v />", b"<v>London Fire</v>")
    assert b"London Fire" in saved
    found = read(repacked(content, xl__worksheets__sheet1_dot_xml=saved), COLUMNS)
    assert (found.rows[1].cells["organisation"], found.faults) == ("London Fire", [])


def test_a_formula_without_a_result_is_a_fault():
    sheet = read(workbook(HEADING, POLICE, ["Fire", '=HYPERLINK("http://evil.example")', ""]), COLUMNS)
    assert sheet.faults == [
        Fault(3, "Organisation", "The cell holds a formula without a result. Put the text itself in.")
    ]


def test_an_error_in_a_cell_is_a_fault():
    def broken(book):
        book.active["C2"] = "#REF!"

    (fault,) = read(workbook(HEADING, POLICE, change=broken), COLUMNS).faults
    assert (fault.row, fault.column) == (2, "From") and "#REF!" in fault.message


def test_a_date_that_no_calendar_has_is_a_fault():
    def broken(book):
        book.active["C2"] = 99_999_999
        book.active["C2"].number_format = "d mmmm yyyy"

    (fault,) = read(workbook(HEADING, POLICE, change=broken), COLUMNS).faults
    assert (fault.row, fault.column) == (2, "From")


def test_only_the_first_sheet_is_read_and_that_is_said():
    def second(book):
        book.active.title = "Seats"
        book.create_sheet("Old").append(["Position"])

    sheet = read(workbook(HEADING, POLICE, change=second), COLUMNS)
    assert len(sheet.rows) == 1 and sheet.notes == ["Only the first sheet was read, “Seats”."]


def test_merged_cells_are_read_as_the_one_they_are():
    def merged(book):
        book.active.merge_cells("A2:A3")

    sheet = read(workbook(HEADING, POLICE, ["", "London Fire", ""], change=merged), COLUMNS)
    assert [row.cells["position"] for row in sheet.rows] == ["Police", ""]


def test_a_workbook_that_understates_its_size_is_read_whole():
    content = workbook(HEADING, POLICE, POLICE)
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        sheet = archive.read("xl/worksheets/sheet1.xml")
    assert b'ref="A1:C3"' in sheet
    lying = repacked(content, xl__worksheets__sheet1_dot_xml=sheet.replace(b'ref="A1:C3"', b'ref="A1:A1"'))
    assert texts(lying) == [READ, READ]


@pytest.mark.parametrize("make", [written, workbook])
def test_ten_thousand_rows_and_not_one_more(make):
    short = ["a", "b", ""]
    assert len(texts(make(HEADING, *[short] * MAX_ROWS))) == MAX_ROWS
    assert refusal(make(HEADING, *[short] * (MAX_ROWS + 1))).startswith("The table has more than 10,000 rows")


@pytest.mark.parametrize("make", [written, workbook])
def test_sixty_columns_and_not_one_more(make):
    names = [*HEADING, *(f"c{number}" for number in range(MAX_COLUMNS - 3))]
    assert texts(make(names, POLICE)) == [READ]
    assert refusal(make([*names, "more"], POLICE)).startswith("Row 1 has more than 60 columns")


@pytest.mark.parametrize(
    ("content", "words"),
    [
        (b"", "The file is empty"),
        (MARK.encode(), "The file is empty"),
        (b"\r\n,,\r\n", "The file is empty"),
        (written(HEADING), "a heading and nothing below"),
        (workbook(), "The file is empty"),
        (b"%PDF-1.7\n\x00\x01\x02", "not a table"),
        (b"\x89PNG\r\n\x1a\n\x00\x00", "not a table"),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\x00" * 600, "has a password or is of an old format"),
        (b"PK\x03\x04 but nothing more", "damaged or no Excel workbook"),
        (workbook(HEADING, POLICE)[:-200], "damaged or no Excel workbook"),
    ],
)
def test_what_is_no_table_is_refused(content, words):
    assert words in refusal(content)


def archive_of(**parts):
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, data in parts.items():
            archive.writestr(name, data)
    return file.getvalue()


def test_other_archives_are_told_apart():
    assert "not a table" in refusal(archive_of(letter="Dear"))
    assert "OpenDocument" in refusal(archive_of(mimetype="application/vnd.oasis.opendocument.spreadsheet"))
    assert "damaged" in refusal(archive_of(**{"[Content_Types].xml": "<Types/>"}))
    assert "damaged" in refusal(archive_of(**{"[Content_Types].xml": "no XML"}))


def within_reason(content):
    """The refusal, after little time and memory."""
    tracemalloc.start()
    began = time.process_time()
    words = refusal(content)
    seconds, (_now, peak) = time.process_time() - began, tracemalloc.get_traced_memory()
    tracemalloc.stop()
    assert seconds < 10 and peak < 50 * 1024 * 1024
    return words


def test_a_zip_bomb_is_not_unpacked():
    bomb = repacked(workbook(HEADING, POLICE), xl__worksheets__sheet2_dot_xml=b" " * 200 * 1024 * 1024)
    assert len(bomb) < 1024 * 1024
    assert "unpacks to more" in within_reason(bomb)


def test_a_zip_bomb_that_lies_about_its_size_is_not_unpacked():
    """The list of the archive says the first sheet is small; no more of it is ever read."""
    honest = repacked(workbook(HEADING, POLICE), xl__worksheets__sheet1_dot_xml=b" " * 200 * 1024 * 1024)
    size = (200 * 1024 * 1024).to_bytes(4, "little")
    assert honest.count(size) == 2
    assert "damaged" in within_reason(honest.replace(size, (1000).to_bytes(4, "little")))


def test_an_archive_of_ten_thousand_parts_is_refused():
    parts = {f"part{number}.xml": "<a/>" for number in range(10_000)}
    assert "unpacks to more" in within_reason(archive_of(**{"[Content_Types].xml": "<Types/>"}, **parts))


def test_a_compression_that_no_spreadsheet_uses_is_refused():
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w", zipfile.ZIP_LZMA) as archive:
        archive.writestr("[Content_Types].xml", "<Types/>")
    assert "damaged" in refusal(file.getvalue())


LAUGHS = (
    '<!DOCTYPE sst [<!ENTITY a "ha">'
    + "".join(f'<!ENTITY {b} "{f"&{a};" * 10}">' for a, b in zip("abcdefgh", "bcdefghi", strict=True))
    + "]>"
)


@pytest.mark.parametrize("encoding", ["utf-8", "utf-16"])
@pytest.mark.parametrize(
    "declaration", [LAUGHS, '<!DOCTYPE x [<!ENTITY a SYSTEM "file:///etc/passwd">]>', "<!DOCTYPE x>"]
)
@pytest.mark.parametrize("part", ["xl/workbook.xml", "xl/sharedStrings.xml", "xl/hidden.bin"])
def test_declarations_of_entities_are_refused(part, declaration, encoding):
    xml = f"<?xml version='1.0' encoding='{encoding}'?>{'<!-- long -->' * 1000}{declaration}<sst>&a;</sst>"
    hostile = repacked(workbook(HEADING, POLICE), **{part: xml.encode(encoding)})
    assert "declares things no spreadsheet needs" in within_reason(hostile)


SHEET = (
    '<worksheet xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"><sheetData>{rows}</sheetData>'
    "</worksheet>"
)
INLINE = '<c r="{cell}" t="inlineStr"><is><t>{text}</t></is></c>'


def far_away(row, cell):
    heading = "".join(INLINE.format(cell=f"{letter}1", text=text) for letter, text in zip("ABC", HEADING, strict=True))
    rows = f'<row r="1">{heading}</row><row r="{row}">{INLINE.format(cell=cell, text="x")}</row>'
    return repacked(workbook(HEADING), xl__worksheets__sheet1_dot_xml=SHEET.format(rows=rows).encode())


def test_a_cell_at_the_far_end_costs_nothing():
    (row,) = read(far_away(1_048_576, "A1048576"), COLUMNS).rows
    assert (row.number, row.cells["position"]) == (1_048_576, "x")


@pytest.mark.parametrize("row", [2_147_483_647, 9 * 10**18])
def test_a_row_beyond_any_spreadsheet_costs_nothing(row):
    assert "nothing below" in within_reason(far_away(row, "A2"))
