"""Entering what an import adds: everything or nothing, in batches."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from typing import Any

from django.db import IntegrityError, models, transaction
from django.utils.translation import gettext as _
from psycopg.errors import UniqueViolation

from accounts.models import Person
from core.refusals import Already
from core.sheets import Row
from partnerships import deeds
from partnerships.actions.imports.checking import Progress, check
from partnerships.actions.imports.plan import Plan
from partnerships.models import Partnership
from partnerships.tenancy.access import Access

BATCH = 1000


@transaction.atomic
def enter(
    *,
    partnership: Partnership,
    rows: Sequence[Row],
    expected: Mapping[str, int],
    by: Access,
    progress: Progress = lambda done, total: None,
) -> tuple[Plan, bool]:
    """Enter what the rows add, if it still is what somebody has seen and confirmed: the counts in `expected`.

    Returns what was added, or would be, and whether it was. People are entered without password and role: this gives
    nobody access. Raises NotPermitted, Already if somebody enters the same organisation elsewhere at this moment.
    """
    Partnership.objects.select_for_update(of=("self",), no_key=True).get(pk=partnership.pk)
    plan = check(partnership=partnership, rows=rows, by=by)
    if plan.faults or plan.counts != dict(expected):
        return plan, False
    try:
        with transaction.atomic():
            _save(plan, by, progress)
    except IntegrityError as error:
        if not isinstance(error.__cause__, UniqueViolation):
            raise
        raise Already(
            _("Somebody entered the same organisation or person at this moment. Confirm once more.")
        ) from error
    return plan, True


def _save(plan: Plan, by: Access, progress: Progress) -> None:
    def log(verb: str, rows: Iterable[Any], about: Callable[[Any], Person | None] = lambda row: None) -> None:
        deeds.record_all(verb, ((row, about(row)) for row in rows), by=by)

    for person in plan.people:
        person.set_unusable_password()
    steps: list[Callable[[], None]] = [
        *(_batches(rows) for rows in (plan.organisations, plan.identifiers, plan.people, plan.groups)),
        *(_batches(rows) for rows in (plan.memberships, plan.seats, plan.speaks_for, plan.sittings)),
        lambda: log("partnerships.joined", plan.memberships),
        lambda: log("partnerships.seat_added", plan.seats),
        lambda: log("partnerships.seat_taken", plan.sittings, lambda sitting: sitting.person),
    ]
    for done, step in enumerate(steps):
        progress(done, len(steps))
        step()


def _batches(rows: Sequence[models.Model]) -> Callable[[], None]:
    """Save rows of one table, a thousand at a time."""

    def save() -> None:
        if rows:
            type(rows[0])._default_manager.bulk_create(rows, batch_size=BATCH)

    return save
