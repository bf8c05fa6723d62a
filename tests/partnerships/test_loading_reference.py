"""`manage.py load_reference`: repeatable, and says what it did."""

import datetime
import io

import pytest
from django.core.management import call_command
from django.db import IntegrityError, connection, transaction

from partnerships.models import (
    Authority,
    Eligibility,
    Figure,
    GovernmentOffice,
    Partnership,
    Region,
    Sector,
    Succession,
)
from partnerships.queries import FIRST_NRF_YEAR, NRF, areas_of_fund
from tests.conftest import as_owner
from themes.models import Theme

IN_2004 = datetime.date(2004, 4, 1)


def load():
    """What the command says, line by line."""
    said = io.StringIO()
    call_command("load_reference", stdout=said)
    return said.getvalue().splitlines()


def test_the_places_of_2004_are_there(world):
    existing = Authority.objects.existing_on(IN_2004)
    assert existing.exclude(kind=Authority.Kind.COUNTY).count() == 354
    assert existing.filter(kind=Authority.Kind.COUNTY).count() == 34
    assert (Region.objects.count(), GovernmentOffice.objects.count()) == (9, 9)
    assert areas_of_fund(NRF, FIRST_NRF_YEAR).count() == 88


def test_every_kind_of_authority_is_counted(world):
    kinds = {"district": 238, "unitary": 46, "metropolitan": 36, "london_borough": 32}
    kinds |= {"city_of_london": 1, "isles_of_scilly": 1}
    for kind, count in kinds.items():
        assert Authority.objects.existing_on(IN_2004).filter(kind=kind).count() == count, kind


def test_places_that_changed_name_their_successors(world):
    successor = Succession.objects.get(predecessor__name="Easington").successor
    assert successor.name == "County Durham"
    assert successor.kind == Authority.Kind.UNITARY


def test_a_second_run_changes_nothing_and_says_so(world):
    before = list(Authority.objects.order_by("pk").values())
    lines = load()
    assert len(lines) == 18
    assert all(": 0 added, 0 changed, " in line for line in lines)
    assert "regions: 0 added, 0 changed, 9 as they were" in lines
    assert list(Authority.objects.order_by("pk").values()) == before


def test_a_row_that_differs_is_put_right_and_reported(world):
    southwark = Authority.objects.get(name="Southwark")
    Authority.objects.filter(pk=southwark.pk).update(name="Suthriganaweorc")
    Sector.objects.filter(code="faith").update(plural="Wrong")
    lines = load()
    assert any(line.startswith("authorities: 0 added, 1 changed, ") for line in lines)
    assert any(line.startswith("sectors: 0 added, 1 changed, ") for line in lines)
    assert Authority.objects.get(pk=southwark.pk).name == "Southwark"


def test_a_row_that_is_missing_is_added_and_others_that_no_file_knows_stay(world):
    theme = Theme.objects.get(code="environment")
    theme.delete()
    Theme.objects.create(code="own", name="Our own", order=99, description="", source="here")
    assert "themes: 1 added, 0 changed, 7 as they were" in load()
    assert Theme.objects.filter(code="own").exists()


def test_empty_tables_are_filled(world):
    with as_owner(), connection.cursor() as cursor:
        cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")
        tables = ("region", "sector", "governancelayer", "measure", "fundtotal", "dutypartner")
        emptied = [*(f"partnerships_{table}" for table in tables), "themes_theme", "accreditation_scheme"]
        cursor.execute(f"TRUNCATE {', '.join(emptied)} CASCADE")
    assert not Partnership.objects.exists()
    lines = load()
    assert [line for line in lines if ", 0 changed, 0 as they were" not in line] == []
    assert Authority.objects.existing_on(IN_2004).count() == 388
    assert Figure.objects.count() > 5000
    assert "figures: " + f"{Figure.objects.count()} added, 0 changed, 0 as they were" in lines


@pytest.mark.parametrize(
    ("write", "constraint"),
    [
        (lambda a: Succession.objects.create(predecessor=a, successor=a, on=IN_2004), "nobody_succeeds_themselves"),
        (lambda a: Authority.objects.filter(pk=a.pk).update(valid_until="1900-01-01"), "authority_ends_after"),
        (lambda a: Authority.objects.create(code=a.code, name="Twin", kind="district", region=a.region), "code"),
        (
            lambda a: Eligibility.objects.create(
                authority=a, fund=NRF, period_from=FIRST_NRF_YEAR, period_until=IN_2004, status="eligible"
            ),
            "one_eligibility_per_period",
        ),
        (
            lambda a: Figure.objects.create(
                measure=Figure.objects.first().measure, authority=a, region=a.region, period="2099", value=1
            ),
            "figure_has_one_area",
        ),
    ],
)
def test_postgresql_refuses_contradictions(world, write, constraint):
    southwark = Authority.objects.get(name="Southwark")
    Authority.objects.filter(pk=southwark.pk).update(valid_from="1965-04-01")
    with pytest.raises(IntegrityError, match=constraint), transaction.atomic():
        write(southwark)
