"""Imports in every state, for the pages of Southwark."""

from __future__ import annotations

from typing import Any

from core.exports import csv_response
from core.sheets import read
from imports import actions
from imports.models import MemberImport
from partnerships.models import Partnership
from partnerships.queries.member_sheet import COLUMNS
from partnerships.tenancy.access import Access
from partnerships.tenancy.context import acting

Rows = list[dict[str, Any]]
SEAT = {"Sector": "Faith", "Position": "", "Organisation": "", "Held by": "", "E-mail": "", "From": "2006-01-31"}


def rows_of(count: int, **cells: str) -> Rows:
    """So many seats, each with a position and a holder of its own."""
    return [
        {**SEAT, "Position": f"Seat {n}", "Held by": f"Holder {n}", "E-mail": f"holder{n}@example.org", **cells}
        for n in range(count)
    ]


def file_of(rows: Rows) -> bytes:
    """The rows as a CSV file."""
    return csv_response("members", list(rows[0]), [list(row.values()) for row in rows]).content


def furnish_imports(partnership: Partnership, by: Access) -> dict[str, MemberImport]:
    """An import in each state, by the state; two of them wait for a worker."""
    states = MemberImport.State

    def upload(name: str, rows: Rows) -> MemberImport:
        content = file_of(rows)
        return actions.upload(
            partnership=partnership, file_name=name, content=content, sheet=read(content, COLUMNS), by=by
        )

    with acting(partnership.pk, by=by.person_id):
        large = upload("large.csv", rows_of(actions.AT_ONCE + 1, Organisation="Large Ltd"))
        actions.check_rows(member_import=large, by=by)
        found = {
            states.ENTERING: actions.confirm(member_import=large, by=by),
            states.CHECKING: upload("unchecked.csv", rows_of(actions.AT_ONCE + 1)),
            states.DONE: actions.confirm(member_import=upload("done.csv", rows_of(2)), by=by),
            states.READY: upload("ready.csv", rows_of(60, Notes="left out")),
            states.REFUSED: upload("refused.csv", rows_of(60, Sector="Druids")),
            states.DISCARDED: actions.discard(member_import=upload("discarded.csv", rows_of(1)), by=by),
        }
        return {state.value: row for state, row in found.items()} | {"standing": upload("again.csv", rows_of(2))}
