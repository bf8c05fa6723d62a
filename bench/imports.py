"""An import of 5,000 members from an XLSX file, against COPY of the very same rows into the same tables.

`python -m lsp.embedded run -- python -m bench.imports`
"""

import os

import psycopg
from django.db import connection

from bench.ground import prepare, seconds_of, tell

MEMBERS = 5000
SLUG = "hackney"
# What an import writes, in the order in which rows refer to each other.
TABLES = (
    "partnerships_organisation",
    "accounts_person",
    "partnerships_membership",
    "partnerships_seat",
    "partnerships_sitting",
    "partnerships_deed",
)


def table() -> bytes:
    """The file: each member an organisation with a seat of its own and somebody on it."""
    from core.exports import xlsx_response
    from partnerships.queries.member_sheet import COLUMNS

    keys = [column.key for column in COLUMNS]
    rows = []
    for number in range(MEMBERS):
        cells = {
            "sector": "Business",
            "position": f"Seat {number}",
            "organisation": f"Organisation {number}",
            "holder": f"Person {number}",
            "email": f"person{number}@bench.example.org",
            "starts_on": "2006-01-31",
        }
        rows.append([cells.get(key) for key in keys])
    return xlsx_response("members", [column.heading for column in COLUMNS], rows).content


def highest(bare: psycopg.Connection) -> dict[str, int]:
    """The last row of each table."""
    return {name: bare.execute(f"SELECT coalesce(max(id), 0) FROM {name}").fetchone()[0] for name in TABLES}


def copied_out(bare: psycopg.Connection, before: dict[str, int]) -> dict[str, bytes]:
    """The rows that were added, as COPY writes them."""
    found = {}
    for name, last in before.items():
        with bare.cursor().copy(f"COPY (SELECT * FROM {name} WHERE id > {last} ORDER BY id) TO STDOUT BINARY") as copy:
            found[name] = b"".join(bytes(part) for part in copy)
    return found


def remove(bare: psycopg.Connection, before: dict[str, int]) -> None:
    """Take them out again, and no trigger says so."""
    bare.execute("SET session_replication_role = replica")
    for name in reversed(TABLES):
        bare.execute(f"DELETE FROM {name} WHERE id > {before[name]}")
    bare.execute("SET session_replication_role = origin")


def copy_in(bare: psycopg.Connection, rows: dict[str, bytes]) -> None:
    """All of it, in one transaction."""
    with bare.transaction():
        for name, content in rows.items():
            with bare.cursor().copy(f"COPY {name} FROM STDIN BINARY") as copy:
                copy.write(content)


def main() -> None:
    """Read, check, enter; then the bare thing, with the triggers of history and deeds and without any."""
    from accounts.models import Person
    from core.sheets import read
    from imports import actions
    from imports.models import MemberImport
    from partnerships.models import Partnership
    from partnerships.queries.member_sheet import COLUMNS
    from partnerships.tenancy.access import Access
    from partnerships.tenancy.context import acting

    partnership = Partnership.objects.get(slug=SLUG)
    officer = Access.of(Person.objects.get(email=f"officer.{SLUG}@example.org"))
    content = table()
    reading = seconds_of(lambda: read(content, COLUMNS))
    sheet = read(content, COLUMNS)
    with acting(partnership.pk, by=officer.person_id):
        found = actions.upload(partnership=partnership, file_name="5000.xlsx", content=content, sheet=sheet, by=officer)
    with acting(partnership.pk, by=officer.person_id):
        checking = seconds_of(lambda: actions.check_rows(member_import=found, by=officer))
    with acting(partnership.pk, by=officer.person_id):
        actions.confirm(member_import=found, by=officer)
    connection.close()

    with psycopg.connect(os.environ["DATABASE_URL"].replace("lsp_app@", "postgres@"), autocommit=True) as bare:
        before = highest(bare)
        with acting(partnership.pk, by=officer.person_id):
            entering = seconds_of(lambda: actions.enter_rows(member_import=found, by=officer))
            assert MemberImport.objects.get(pk=found.pk).state == MemberImport.State.DONE
        rows = copied_out(bare, before)
        remove(bare, before)
        with_triggers = seconds_of(lambda: copy_in(bare, rows))
        remove(bare, before)
        bare.execute("SET session_replication_role = replica")
        alone = seconds_of(lambda: copy_in(bare, rows))
    print(f"{MEMBERS} members, {sum(map(len, rows.values())) / 1e6:.1f} MB of rows")
    print(f"reading the XLSX file: {reading:.2f} s; checking its rows: {checking:.2f} s")
    tell("entering, against COPY with the triggers of history and deeds", entering, with_triggers)
    tell("entering, against COPY with no trigger and no check", entering, alone)
    tell("the whole import: read, check, check again, enter; against COPY alone", reading + checking + entering, alone)


if __name__ == "__main__":
    prepare()
    main()
