"""Members come in from a spreadsheet, in a real browser: a broken file first, then the whole table."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from playwright.sync_api import Page, expect

from partnerships.models import Seat
from tests.browser.looking import faults
from tests.browser.stage import empty_table
from tests.imports.conftest import file_of, southwark


@pytest.fixture
def table(stage):
    """Barnsley's, at which nobody sits."""
    empty_table(stage)
    return stage.partnerships["barnsley"]


def upload(page: Page, path: Path) -> None:
    page.get_by_label("Spreadsheet").set_input_files(path)
    page.get_by_role("button", name="Upload and check").click()


@pytest.mark.parametrize("kind", ["csv", "xlsx"])
def test_26_seats_come_in_after_row_7_was_put_right(table, visitor, tmp_path, kind):
    rows = southwark()
    right, wrong = tmp_path / f"southwark.{kind}", tmp_path / f"wrong.{kind}"
    right.write_bytes(file_of(rows, kind))
    rows[5]["From"] = "31/02/2006"
    wrong.write_bytes(file_of(rows, kind))

    officer = visitor("officer.barnsley")
    officer.goto("/p/barnsley/manage/imports/")
    upload(officer, wrong)
    expect(officer.get_by_role("row", name=re.compile("Row 7"))).to_contain_text("31 February 2006 does not exist")
    expect(officer.get_by_role("row", name=re.compile("Row 7"))).to_contain_text("From")
    assert faults(officer) == []
    assert not Seat.objects.filter(partnership=table).exists()

    officer.get_by_role("button", name="Upload the corrected file").click()
    upload(officer, right)
    expect(officer.locator(".lsp-stats")).to_contain_text(re.compile(r"Seats\s*26"))
    officer.get_by_role("button", name="Import").click()
    expect(officer.get_by_role("alert")).to_contain_text("is imported.")
    assert Seat.objects.filter(partnership=table).count() == 26

    officer.goto("/p/barnsley/seats/")
    assert officer.locator(".lsp-balance b").all_inner_texts() == ["6", "5", "2", "2", "11"]


def test_a_file_that_is_no_table(table, visitor, tmp_path):
    letter = tmp_path / "members.xlsx"
    letter.write_bytes(b"%PDF-1.7 \x00")
    officer = visitor("officer.barnsley")
    officer.goto("/p/barnsley/manage/imports/")
    upload(officer, letter)
    summary = officer.get_by_role("alert")
    expect(summary).to_contain_text("This is not a table.")
    assert faults(officer) == []
    summary.get_by_role("link").click()
    expect(officer.get_by_label("Spreadsheet")).to_be_focused()


def test_a_worker_takes_a_large_file(table, visitor, worker, tmp_path):
    rows = [
        {"Sector": "Faith", "Position": f"Seat {number}", "Organisation": "", "From": "2006-01-31"}
        for number in range(600)
    ]
    large = tmp_path / "large.csv"
    large.write_bytes(file_of(rows))
    officer = visitor("officer.barnsley")
    officer.goto("/p/barnsley/manage/imports/")
    upload(officer, large)
    officer.get_by_role("button", name="See what was found").click(timeout=60_000)
    officer.get_by_role("button", name="Import").click()
    officer.get_by_role("button", name="See what was imported").click(timeout=60_000)
    expect(officer.locator(".lsp-stats")).to_contain_text(re.compile(r"Seats\s*600"))
    assert Seat.objects.filter(partnership=table).count() == 600
