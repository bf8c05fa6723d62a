"""The export of members and seats imports again unchanged, and builds the same table elsewhere."""

import csv
import datetime
import io

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from accounts.models import Person
from core import exports
from core.sheets import read
from imports.models import MemberImport
from partnerships.actions.imports import check
from partnerships.actions.imports.names import spaced
from partnerships.models import (
    GovernanceLayer,
    Membership,
    Organisation,
    OrganisationIdentifier,
    Seat,
    SeatGroup,
    Sector,
    Sitting,
    UnderrepresentedGroup,
)
from partnerships.queries import member_sheet
from partnerships.queries.member_sheet import COLUMNS
from partnerships.tenancy.context import acting
from tests.imports.conftest import southwark
from tests.world import SYSTEM

RESPONDERS = {"csv": exports.csv_response, "xlsx": exports.xlsx_response}
DAY = datetime.date(2006, 1, 31)
# Names as somebody might type them, to break a spreadsheet or by accident.
names = st.text(
    st.characters(codec="utf-8", exclude_categories=["Cn", "Cs"], exclude_characters="\x00")
    | st.sampled_from("=+-@';\t "),
    min_size=1,
    max_size=60,
).filter(spaced)


def file_of(partnership, kind="csv", on=DAY):
    with acting(partnership.pk):
        return RESPONDERS[kind]("members", *member_sheet(partnership, on, with_addresses=True)).content


def plan_of(partnership, content):
    with acting(partnership.pk):
        sheet = read(content, COLUMNS)
        assert not sheet.faults
        return check(partnership=partnership, rows=sheet.rows, by=SYSTEM)


@pytest.mark.parametrize("kind", RESPONDERS)
def test_the_export_imports_again_unchanged(empty, imported, kind):
    imported(southwark())
    plan = plan_of(empty, file_of(empty, kind))
    assert (plan.faults, plan.notes, plan.adding, plan.counts["standing"]) == ([], [], set(), 26)


@pytest.mark.parametrize("kind", RESPONDERS)
def test_the_export_of_the_world_imports_again_unchanged(world, kind):
    """With seats that are open, and members that were entered one by one."""
    for partnership in world.partnerships.values():
        plan = plan_of(partnership, file_of(partnership, kind))
        assert (plan.faults, plan.adding) == ([], set())
        assert plan.rows >= 3


def odd_table(partnership, odd):
    """Rows as no form would let them in: `odd` are names for everything."""
    sector, layer = Sector.objects.get(code="faith"), GovernanceLayer.objects.get(code="executive")
    with acting(partnership.pk):
        for number, name in enumerate(odd):
            kept = Organisation.objects.filter(name=name[:200]).first()
            organisation = kept or Organisation.objects.create(name=name[:200], sector=sector)
            if not kept:
                OrganisationIdentifier.objects.create(organisation=organisation, scheme="charity", value=f"{number} /x")
                Membership.objects.create(partnership=partnership, organisation=organisation, starts_on=DAY)
            seat = Seat.objects.create(
                partnership=partnership,
                layer=layer,
                sector=sector,
                position=name,
                organisation=organisation if number % 2 else None,
                starts_on=DAY - datetime.timedelta(days=number % 3),
                ends_on=DAY + datetime.timedelta(days=30) if number % 5 == 0 else None,
            )
            person, _new = Person.objects.get_or_create(email=f"odd{number}@example.org", defaults={"name": name})
            if number % 4:
                Sitting.objects.create(
                    partnership=partnership,
                    seat=seat,
                    person=person,
                    substitute=person if number % 3 else None,
                    starts_on=DAY - datetime.timedelta(days=10),
                )
            group = UnderrepresentedGroup.objects.filter(partnership=partnership, name__iexact=name).first()
            group = group or UnderrepresentedGroup.objects.create(partnership=partnership, name=name)
            SeatGroup.objects.create(partnership=partnership, seat=seat, group=group)


@pytest.mark.parametrize("kind", RESPONDERS)
@settings(max_examples=25, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(odd=st.lists(names, min_size=1, max_size=12))
def test_whatever_stands_comes_back_unchanged(empty, kind, odd):
    with acting(empty.pk):
        for model in (SeatGroup, Sitting, Seat, UnderrepresentedGroup, Membership):
            model.objects.filter(partnership=empty).delete()
        used = Organisation.objects.filter(identifiers__value__endswith="/x")
        gone = list(used.values_list("pk", flat=True))
        OrganisationIdentifier.objects.filter(organisation__in=gone).delete()
        Organisation.objects.filter(pk__in=gone).delete()
        Person.objects.filter(email__startswith="odd").delete()
    odd_table(empty, odd)
    plan = plan_of(empty, file_of(empty, kind))
    assert (plan.faults, plan.adding) == ([], set())


def test_the_export_builds_the_same_table_elsewhere(world, empty, imported):
    odd = {"Speaks for": "Youth", "Substitute": "B", "Substitute e-mail": "b@example.org", "Held since": "2005-12-01"}
    rows = southwark()
    imported([*rows[:10], {**rows[10], **odd}, {**rows[11], "Held by": "", "E-mail": "", "Until": "2009-01-01"}])
    here = file_of(empty)
    content = list(csv.DictReader(io.StringIO(here.decode("utf-8-sig"), newline="")))
    found = imported(content, to=world.southwark)
    assert found.state == MemberImport.State.DONE
    there = list(csv.DictReader(io.StringIO(file_of(world.southwark).decode("utf-8-sig"), newline="")))
    assert {tuple(row.values()) for row in content} <= {tuple(row.values()) for row in there}


def test_addresses_are_for_those_who_manage_the_members(empty, imported):
    imported(southwark())
    with acting(empty.pk):
        headings, rows = member_sheet(empty, DAY)
    assert "E-mail" not in headings and "Substitute e-mail" not in headings
    assert not [cell for row in rows for cell in row if "@" in str(cell)]
    assert len(rows) == 26 and {len(row) for row in rows} == {len(headings)}


def test_the_export_is_of_one_day(empty, imported):
    """Seven of the seats came half a year later."""
    imported(southwark())
    with acting(empty.pk):
        assert len(member_sheet(empty, datetime.date(2005, 4, 1))[1]) == 26 - sum(
            row["From"] == "2005-10-01" for row in southwark()
        )


def test_five_statements_however_many_rows(empty, imported):
    counts = []
    for rows in (southwark()[6:8], southwark()):
        imported(rows)
        with (
            acting(empty.pk),
            CaptureQueriesContext(
                connection,
            ) as queries,
        ):
            member_sheet(empty, DAY)
        counts.append(len(queries))
    assert counts == [5, 5]
