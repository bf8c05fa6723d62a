"""Everything that happens to an import. Small ones are checked and entered at once, large ones by a worker."""

import hashlib

from django.db import transaction
from django.utils import timezone

from core.sheets import Fault, Row, Sheet
from imports.models import MemberImport
from imports.workflow import IMPORT
from jobs import actions as jobs
from jobs.models import Job
from partnerships import deeds
from partnerships.actions.imports import Plan, Progress, check, enter
from partnerships.models import Partnership
from partnerships.permissions import Perm
from partnerships.tenancy.access import Access

AT_ONCE = 500  # rows that are checked, or entered, while somebody waits for the page
CHECK, ENTER = "imports.check", "imports.enter"
LONGEST_NAME = 200

S = MemberImport.State


def _no_progress(done: int, total: int) -> None:
    """Nobody watches."""


@transaction.atomic
def upload(*, partnership: Partnership, file_name: str, content: bytes, sheet: Sheet, by: Access) -> MemberImport:
    """Keep what a file says and check it, or have it checked. The file itself is not kept. Raises NotPermitted."""
    by.require(Perm.MANAGE_MEMBERS, partnership)
    uploaded = MemberImport.objects.create(
        partnership=partnership,
        file_name=file_name[-LONGEST_NAME:],
        sha256=hashlib.sha256(content).hexdigest(),
        size=len(content),
        row_count=len(sheet.rows),
        rows=[[row.number, {key: text for key, text in row.cells.items() if text}, True] for row in sheet.rows],
        errors=_plain(sheet.faults),
        notes=[[0, "", note] for note in sheet.notes],
        uploaded_by_id=by.person_id,
    )
    deeds.record("imports.uploaded", uploaded, by=by)
    if uploaded.row_count <= AT_ONCE:
        return check_rows(member_import=uploaded, by=by)
    _queue(CHECK, uploaded, by)
    return uploaded


@transaction.atomic
def check_rows(*, member_import: MemberImport, by: Access, progress: Progress = _no_progress) -> MemberImport:
    """Say what the rows would add, or what is wrong with them. What is checked already stays as it is.

    Raises NotPermitted.
    """
    locked = _locked(member_import)
    if locked.state != S.CHECKING:
        return locked
    plan = check(partnership=locked.partnership, rows=_rows(locked), by=by, progress=progress)
    _judge(locked, plan, by)
    return locked


@transaction.atomic
def confirm(*, member_import: MemberImport, by: Access) -> MemberImport:
    """Enter the rows that somebody has looked at, or have them entered. Raises NotPermitted, WrongState.

    If the partnership has changed so that the rows add something else than was shown, nothing is entered: the import is
    ready with new counts, or has errors.
    """
    locked = _locked(member_import)
    _move(locked, "confirm", by)
    if locked.row_count <= AT_ONCE:
        locked.save(update_fields=["state"])
        return enter_rows(member_import=locked, by=by)
    _queue(ENTER, locked, by)
    return locked


@transaction.atomic
def enter_rows(*, member_import: MemberImport, by: Access, progress: Progress = _no_progress) -> MemberImport:
    """Enter the rows of a confirmed import: all or none, once. What is not confirmed, or is entered, stays as it is.

    Raises NotPermitted, Already if the directory changes at this moment.
    """
    locked = _locked(member_import)
    if locked.state != S.ENTERING:
        return locked
    plan, entered = enter(
        partnership=locked.partnership, rows=_rows(locked), expected=locked.counts, by=by, progress=progress
    )
    if not entered:
        _judge(locked, plan, by)
        return locked
    _move(locked, "finish", by)
    locked.done_at = timezone.now()
    _forget(locked)
    deeds.record("imports.imported", locked, by=by, changes={name: [0, count] for name, count in plan.counts.items()})
    return locked


@transaction.atomic
def discard(*, member_import: MemberImport, by: Access) -> MemberImport:
    """Forget what a file said. Raises NotPermitted, WrongState when it is imported or discarded already."""
    locked = _locked(member_import)
    _move(locked, "discard", by)
    _forget(locked)
    deeds.record("imports.discarded", locked, by=by)
    return locked


def _locked(member_import: MemberImport) -> MemberImport:
    rows = MemberImport.objects.select_for_update(of=("self",), no_key=True).select_related("partnership")
    return rows.get(pk=member_import.pk)


def _move(member_import: MemberImport, name: str, by: Access) -> None:
    member_import.state = IMPORT.check(name, member_import, by).to_state


def _rows(member_import: MemberImport) -> list[Row]:
    return [Row(number, cells) for number, cells, _adds in member_import.rows]


def _judge(member_import: MemberImport, plan: Plan, by: Access) -> None:
    """Ready, with what it adds; or refused, with every error: then the rows are of no more use."""
    unread = [Fault(*error) for error in member_import.errors]
    places = {(fault.row, fault.column) for fault in unread}
    faults = unread + [fault for fault in plan.faults if (fault.row, fault.column) not in places]
    _move(member_import, "refuse" if faults else "accept", by)
    member_import.errors = _plain(sorted(faults, key=lambda fault: fault.row))
    member_import.notes = [note for note in member_import.notes if not note[0]] + _plain(plan.notes)
    member_import.counts = plan.counts
    member_import.rows = (
        [] if faults else [[number, cells, number in plan.adding] for number, cells, _adds in member_import.rows]
    )
    member_import.save(update_fields=["state", "errors", "notes", "counts", "rows"])


def _forget(member_import: MemberImport) -> None:
    member_import.rows = member_import.errors = member_import.notes = []
    member_import.save(update_fields=["state", "done_at", "rows", "errors", "notes"])


def _queue(kind: str, member_import: MemberImport, by: Access) -> Job:
    job = jobs.queue(kind, partnership=member_import.partnership, subject_id=member_import.pk, by=by)
    member_import.job_id = job.pk
    member_import.save(update_fields=["job_id", "state"])
    return job


def _plain(faults: list[Fault]) -> list[list[int | str]]:
    return [[fault.row, fault.column, fault.message] for fault in faults]
