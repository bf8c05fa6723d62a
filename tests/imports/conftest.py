"""An empty partnership, somebody who may import into it, and files for them."""

import csv
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from core import exports
from core.sheets import read
from imports import actions
from imports.models import MemberImport
from partnerships.actions.roles import appoint
from partnerships.models import Partnership
from partnerships.permissions import Role
from partnerships.queries.member_sheet import COLUMNS
from partnerships.tenancy.access import Access
from partnerships.tenancy.context import acting
from tests.partnerships.conftest import enter
from tests.world import BEGAN_ON, SYSTEM, World

SOUTHWARK = Path(__file__).parent / "southwark.csv"

Rows = list[dict[str, Any]]


def southwark() -> Rows:
    """Southwark's 26 seats by heading; the first is row 2 of the spreadsheet."""
    with SOUTHWARK.open(encoding="utf-8", newline="") as lines:
        return list(csv.DictReader(lines))


def file_of(rows: Rows, kind: str = "csv") -> bytes:
    """The rows as the bytes of a CSV or XLSX file, under the headings that they use."""
    headings = list(dict.fromkeys(heading for row in rows for heading in row))
    respond = exports.xlsx_response if kind == "xlsx" else exports.csv_response
    return respond("members", headings, [[row.get(heading) for heading in headings] for row in rows]).content


def upload_of(rows: Rows, kind: str = "csv") -> SimpleUploadedFile:
    """The same as a browser sends it."""
    return SimpleUploadedFile(f"members.{kind}", file_of(rows, kind))


@pytest.fixture
def empty(world: World) -> Partnership:
    """A partnership without a member, of which `officer` is the officer too."""
    partnership = enter("Lewisham")
    with acting(partnership.pk):
        appoint(partnership=partnership, person=world.officer, role=Role.OFFICER, starts_on=BEGAN_ON, by=SYSTEM)
    return partnership


@pytest.fixture
def upload(world: World, empty: Partnership) -> Callable[..., MemberImport]:
    """`upload(rows)`: the officer uploads them for the empty partnership; `to` another, `by` somebody else."""

    def uploaded(
        rows: Rows, kind: str = "csv", to: Partnership | None = None, by: Access | None = None
    ) -> MemberImport:
        partnership, content = to or empty, file_of(rows, kind)
        with acting(partnership.pk, by=world.officer.pk):
            return actions.upload(
                partnership=partnership,
                file_name=f"members.{kind}",
                content=content,
                sheet=read(content, COLUMNS),
                by=by or world.access("officer"),
            )

    return uploaded


@pytest.fixture
def confirm(world: World) -> Callable[[MemberImport], MemberImport]:
    """`confirm(found)`: the officer confirms an import."""

    def confirmed(found: MemberImport) -> MemberImport:
        with acting(found.partnership_id, by=world.officer.pk):
            return actions.confirm(member_import=found, by=world.access("officer"))

    return confirmed


@pytest.fixture
def imported(upload: Any, confirm: Any) -> Callable[..., MemberImport]:
    """`imported(rows)`: uploaded, and confirmed if there was nothing wrong."""

    def done(rows: Rows, **options: Any) -> MemberImport:
        found = upload(rows, **options)
        return confirm(found) if found.state == MemberImport.State.READY else found

    return done
