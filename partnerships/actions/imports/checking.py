"""Setting the rows of a file against a partnership: what they would add, or what is wrong with them."""

from collections.abc import Callable, Sequence
from operator import attrgetter

from core.sheets import Fault, Row
from partnerships.actions.imports.cells import HEADINGS
from partnerships.actions.imports.memberships import plan_memberships
from partnerships.actions.imports.organisations import Directory
from partnerships.actions.imports.people import People
from partnerships.actions.imports.plan import Meant, Plan
from partnerships.actions.imports.rows import MemberRow, Parser
from partnerships.actions.imports.seats import Seats
from partnerships.actions.imports.standing import Standing
from partnerships.models import GovernanceLayer, Partnership, Sector
from partnerships.permissions import Perm
from partnerships.tenancy.access import Access

Progress = Callable[[int, int], None]

STEP = 250  # rows between two signs of progress


def check(
    *, partnership: Partnership, rows: Sequence[Row], by: Access, progress: Progress = lambda done, total: None
) -> Plan:
    """What the rows would add, without adding it. A dozen statements, however many rows.

    Rows that say what stands already add nothing. Raises NotPermitted.
    """
    by.require(Perm.MANAGE_MEMBERS, partnership)
    parser = Parser(list(Sector.objects.order_by("order")), list(GovernanceLayer.objects.order_by("pk")))
    parsed: list[MemberRow] = []
    for done, row in enumerate(rows):
        if done % STEP == 0:
            progress(done, len(rows))
        if values := parser.parse(row):
            parsed.append(values)
    plan = Plan(partnership, rows=len(rows), faults=parser.faults)
    meant = _meant(plan, parsed)
    standing = Standing(partnership)
    seats = Seats(plan, standing)
    seats.set_against([each for each in meant if each.row.position])
    plan_memberships(plan, standing, meant, seats.added)
    plan.faults = _in_order(plan.faults)
    plan.notes = _in_order(plan.notes)
    progress(len(rows), len(rows))
    return plan


def _meant(plan: Plan, rows: list[MemberRow]) -> list[Meant]:
    """The rows with the organisations and people that they name; those at fault are left out."""
    directory, people = Directory(plan.partnership), People(rows)
    meant = []
    for row in rows:
        before = len(directory.faults)
        organisation = directory.find(row)
        if len(directory.faults) > before:
            continue
        holder = people.find(row, row.holder, "email") if row.holder else None
        substitute = people.find(row, row.substitute, "substitute_email") if row.substitute else None
        meant.append(Meant(row, organisation, holder, substitute))
    plan.faults += [*directory.faults, *people.faults]
    plan.notes += [*directory.notes, *people.notes]
    plan.organisations, plan.identifiers, plan.people = directory.new, directory.identifiers, people.new
    plan.adding |= directory.numbered
    return meant


def _in_order(faults: list[Fault]) -> list[Fault]:
    """By row, and within a row by column."""
    columns = [str(heading) for heading in HEADINGS.values()]
    by_column = sorted(faults, key=lambda fault: columns.index(fault.column) if fault.column in columns else -1)
    return sorted(by_column, key=attrgetter("row"))
