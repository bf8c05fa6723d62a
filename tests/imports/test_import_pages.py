"""The pages of an import: upload, look, confirm, discard; and files that are not taken."""

import csv
import html
import io
import re
import zipfile

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from openpyxl import load_workbook

from imports.models import MemberImport
from partnerships.models import Seat
from partnerships.queries.member_sheet import COLUMNS
from tests.imports.conftest import file_of, southwark, upload_of

LIST = "/p/lewisham/manage/imports/"


@pytest.fixture
def officer(empty, sign_in):
    return sign_in("officer")


def send(client, file):
    return client.post(LIST, {"file": file} if file else {})


def sent(client, rows, kind="csv"):
    """The page of an import that was just uploaded."""
    answer = send(client, upload_of(rows, kind))
    assert answer.status_code == 302, answer.content.decode()
    return answer["Location"]


def words_of(answer):
    return " ".join(re.sub(r"<[^>]+>", " ", answer.content.decode()).split())


def rows_shown(answer):
    return answer.content.decode().count(">is added</td>")


@pytest.mark.parametrize("kind", ["csv", "xlsx"])
def test_from_the_upload_to_the_members(empty, officer, kind):
    page = sent(officer, southwark(), kind)
    shown = words_of(officer.get(page))
    assert "Seats 26 People on seats 26 26 new here Memberships 20 18 new to the directory" in shown
    assert Seat.objects.filter(partnership=empty).count() == 0
    done = officer.post(f"{page}confirmation/", follow=True)
    assert f"“members.{kind}” is imported." in words_of(done)
    assert Seat.objects.filter(partnership=empty).count() == 26


def test_row_7_is_named_with_its_column(empty, officer):
    rows = southwark()
    rows[5]["From"] = "31/02/2006"
    page = sent(officer, rows)
    shown = officer.get(page)
    assert "Nothing was imported. There is 1 thing to put right" in words_of(shown)
    assert "Row 7 From 31 February 2006 does not exist" in words_of(shown)
    errors = officer.get(f"{page}errors/").content.decode("utf-8-sig")
    assert list(csv.reader(io.StringIO(errors, newline="")))[1:] == [["7", "From", "31 February 2006 does not exist"]]
    assert Seat.objects.filter(partnership=empty).count() == 0
    assert "is now “To be corrected”" in words_of(officer.post(f"{page}confirmation/", follow=True))


def test_two_tabs_confirm_the_same_import(empty, officer):
    page = sent(officer, southwark())
    officer.post(f"{page}confirmation/")
    second = officer.post(f"{page}confirmation/", follow=True)
    assert "Somebody was quicker, perhaps you in another tab: this import is now “Imported”." in words_of(second)
    assert Seat.objects.filter(partnership=empty).count() == 26


def test_the_members_have_changed_since_somebody_looked(empty, officer):
    one, other = sent(officer, southwark()[:3]), sent(officer, southwark())
    officer.post(f"{one}confirmation/")
    again = officer.post(f"{other}confirmation/", follow=True)
    assert "The members have changed since you looked. Nothing is imported yet" in words_of(again)
    assert "Seats 23" in words_of(again) and "Rows that stand already 3" in words_of(again)
    officer.post(f"{other}confirmation/")
    assert Seat.objects.filter(partnership=empty).count() == 26


def test_what_stands_already_offers_nothing_to_import(officer):
    page = sent(officer, southwark())
    officer.post(f"{page}confirmation/")
    again = officer.get(sent(officer, southwark()))
    assert "All rows stand already. There is nothing to import." in words_of(again)
    assert "This very file was imported on" in words_of(again)
    assert "confirmation/" not in again.content.decode()


@pytest.mark.parametrize("kind", ["csv", "xlsx"])
def test_the_file_of_the_members_page_imports_again_unchanged(officer, kind):
    officer.post(f"{sent(officer, southwark())}confirmation/")
    link = re.search(r'href="([^"]*members/[^"]*format=xlsx)"', officer.get(LIST).content.decode()).group(1)
    exported = officer.get(html.unescape(link).replace("xlsx", kind))
    answer = send(officer, SimpleUploadedFile(f"members.{kind}", exported.content))
    assert answer.status_code == 302, words_of(answer)
    again = officer.get(answer["Location"])
    assert "Rows that stand already 26" in words_of(again)
    assert "There is nothing to import." in words_of(again)


def test_discarding(empty, officer):
    page = sent(officer, southwark())
    assert "is discarded. Nothing of it was imported." in words_of(officer.post(f"{page}removal/", follow=True))
    assert "what the file said is forgotten" in words_of(officer.get(page))
    assert "is now “Discarded”" in words_of(officer.post(f"{page}removal/", follow=True))
    assert "is now “Discarded”" in words_of(officer.post(f"{page}confirmation/", follow=True))
    assert Seat.objects.filter(partnership=empty).count() == 0


def bomb():
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("[Content_Types].xml", b" " * 100_000_000)
    return file.getvalue()


@pytest.mark.parametrize(
    ("name", "content", "words"),
    [
        ("members.csv", b"", "The file is empty."),
        ("members.csv", b"x" * 10 * 1024 * 1024, "The file has 10.0 MB. Choose one of up to 5.0 MB"),
        ("members.csv", file_of(southwark())[3:].decode().encode("utf-16-le"), "with the encoding UTF-8"),
        ("members.csv", file_of(southwark()) + b"\x81", "The encoding of this file is not known."),
        ("members.xlsx", bomb(), "The workbook unpacks to more than this service reads."),
        ("members.xlsx", b"%PDF-1.7 \x00", "This is not a table."),
        ("members.xls", b"\xd0\xcf\x11\xe0" + b"\x00" * 512, "of an old format (XLS)"),
        ("members.csv", b"Name,Fax\r\na,b\r\n", "The columns “Sector”, “Position” and “Organisation” are missing."),
        ("members.csv", b"Sector,Position,Organisation\r\n" + b"a,b,c\r\n" * 10_001, "more than 10,000 rows"),
    ],
)
def test_a_file_that_is_not_taken(empty, officer, name, content, words):
    answer = send(officer, SimpleUploadedFile(name, content))
    assert answer.status_code == 200
    assert words in words_of(answer)
    assert 'href="#id_file"' in answer.content.decode()
    with CaptureQueriesContext(connection):
        assert not MemberImport.objects.exists()


def test_no_file(officer):
    assert words_of(send(officer, None)).count("Choose a spreadsheet") == 2


def test_the_name_of_a_file_is_shown_as_text(officer):
    page = send(officer, SimpleUploadedFile("<b>x</b>.csv", file_of(southwark())))["Location"]
    assert "<b>x" not in officer.get(page).content.decode()


@pytest.mark.parametrize("kind", ["csv", "xlsx"])
def test_the_empty_table_has_the_headings(officer, kind):
    content = officer.get(f"{LIST}template/?format={kind}").content
    if kind == "csv":
        heading = next(csv.reader(io.StringIO(content.decode("utf-8-sig"), newline="")))
    else:
        heading = [cell.value for cell in load_workbook(io.BytesIO(content)).active[1]]
    assert heading == [str(column.heading) for column in COLUMNS]


def test_each_column_is_explained(officer):
    shown = words_of(officer.get(LIST))
    for column in COLUMNS:
        assert str(column.heading) in shown and str(column.hint) in shown


def test_a_preview_shows_fifty_rows_a_page(officer):
    rows = [
        {"Sector": "Faith", "Position": f"Seat {number}", "Organisation": "", "From": "2006-01-31"}
        for number in range(120)
    ]
    page = sent(officer, rows)
    assert rows_shown(officer.get(page)) == 50
    assert rows_shown(officer.get(f"{page}?page=3")) == 20


def test_a_large_file_leads_to_its_job(officer, monkeypatch):
    monkeypatch.setattr("jobs.tasks.run.apply_async", lambda *args, **options: None)
    rows = [
        {"Sector": "Faith", "Position": f"Seat {number}", "Organisation": "", "From": "2006-01-31"}
        for number in range(501)
    ]
    job = sent(officer, rows)
    assert "/manage/jobs/" in job
    shown = words_of(officer.get(job))
    assert "Check of the rows" in shown and "Nothing is entered before you have looked." in shown
    assert "PDF" not in shown
    found = officer.get(reverse("imports:list", args=["lewisham"])).context["listing"].page[0]
    assert "A worker has it." in words_of(officer.get(f"{LIST}{found.pk}/"))


def test_constant_statements(officer):
    counts = []
    for size in (1, 20):
        rows = [{"Sector": "Faith", "Position": "x", "Organisation": "", "From": "2006-01-31"}] * size
        page = sent(officer, rows)
        for _each in range(size):
            sent(officer, rows)
        for address in (LIST, page):
            with CaptureQueriesContext(connection) as queries:
                officer.get(address)
            counts.append(len(queries))
    assert counts[:2] == counts[2:]
    assert max(counts) <= 14


def test_another_partnerships_import_does_not_exist_here(world, officer, sign_in):
    page = sent(officer, southwark())
    for address in (page, f"{page}errors/"):
        assert officer.get(address.replace("lewisham", "southwark")).status_code == 404
    for deed in ("confirmation/", "removal/"):
        assert officer.post(f"{page}{deed}".replace("lewisham", "southwark")).status_code == 404
