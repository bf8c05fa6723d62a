"""The balance of a body against what the partnership wants; who is missing."""

import csv
import io

import pytest

from core.dates import today
from partnerships.actions.composition import add_group, end_group, key_of, set_composition, wishes
from partnerships.actions.overtaking import seal_of
from partnerships.actions.seats import add_seat
from partnerships.actions.sittings import end_seat
from partnerships.models import DutyPartner, GovernanceLayer, NamedPartner, Seat, Sector
from partnerships.queries.composition import composition
from partnerships.tenancy.context import acting
from tests.pages.conftest import queries_of
from tests.partnerships.conftest import SAT_DOWN_ON

PAGE = "/p/southwark/manage/balance/"


@pytest.fixture
def board(db):
    return GovernanceLayer.objects.get(code="strategic")


@pytest.fixture
def found(world, board):
    """`found()`: the board's balance now; sides by name."""

    def read(body=board):
        with acting(world.southwark.pk):
            return composition(world.southwark, body)

    return read


@pytest.fixture
def want(world, board):
    """`want({side: seats})`: the officer says what is wanted of the board."""

    def wanted(sides, body=board):
        with acting(world.southwark.pk, by=world.officer.pk):
            seen = seal_of(wishes(world.southwark, body))
            set_composition(partnership=world.southwark, body=body, wanted=sides, seen=seen, by=world.access("officer"))

    return wanted


def sector(code):
    return Sector.objects.get(code=code)


def side(sides, name):
    return next(one for one in sides if one.name == name)


def test_every_sector_is_there_with_its_seats(found):
    counts = {one.name: (one.held, one.open) for one in found().sectors}
    assert counts == {
        "Residents": (0, 1),
        "Voluntary and community organisations": (1, 0),
        "Faith communities": (0, 0),
        "Businesses": (0, 0),
        "Public agencies": (1, 0),
    }
    assert (found().held, found().open, found().is_set) == (2, 1, False)


def test_the_difference_is_in_words(world, found, want):
    want({sector("residents"): 3, sector("voluntary"): 1, sector("public"): 0, sector("faith"): 1})
    words = {one.name: one.difference for one in found().sectors}
    assert words == {
        "Residents": "2 fewer than wanted",
        "Voluntary and community organisations": "as wanted",
        "Faith communities": "1 fewer than wanted",
        "Businesses": "",
        "Public agencies": "1 more than wanted",
    }


def test_who_is_missing_is_named_unless_nobody_is_wanted(found, want):
    assert [one.name for one in found().missing_sectors] == ["Residents", "Faith communities", "Businesses"]
    want({sector("business"): 0})
    assert [one.name for one in found().missing_sectors] == ["Residents", "Faith communities"]


def test_what_is_short_of_what_is_wanted_is_named_with_open_seats(found, want, sign_in):
    want(
        {sector("residents"): 3, sector("voluntary"): 1, sector("public"): 2, sector("faith"): 0, sector("business"): 0}
    )
    assert {one.name: one.lacks for one in found().lacking} == {
        "Residents": "3 fewer than wanted, 1 open seat",
        "Public agencies": "1 fewer than wanted",
    }
    page = sign_in("officer").get(PAGE).content.decode()
    assert ">Public agencies: 1 fewer than wanted</li>" in page
    assert "4 held seats fewer than you want of this body." in page
    assert "Nobody, as far as is entered here" not in page


def test_seats_speak_for_groups(world, board, found, want):
    officer = world.access("officer")
    with acting(world.southwark.pk):
        young, refugees = (
            add_group(partnership=world.southwark, name=name, by=officer) for name in ("Young", "Refugees")
        )
        for number in range(2):
            add_seat(
                partnership=world.southwark,
                layer=board,
                sector=sector("residents"),
                position=f"Youth {number}",
                starts_on=SAT_DOWN_ON,
                speaks_for=[young, refugees] if number else [young],
                by=officer,
            )
    want({young: 3})
    assert {one.name: (one.seats, one.wanted) for one in found().groups} == {"Refugees": (1, None), "Young": (2, 3)}
    assert side(found().sectors, "Residents").seats == 3, "a seat that speaks for two groups is one seat"
    assert [one.name for one in found().missing_groups] == ["Refugees", "Young"], "nobody sits on these seats yet"
    with acting(world.southwark.pk):
        end_group(group=refugees, by=officer)
    assert [one.name for one in found().groups] == ["Young"]


def test_a_seat_that_ended_counts_no_longer(world, open_seat, found):
    with acting(world.southwark.pk):
        end_seat(seat=open_seat, on=today(), reason="R", by=world.access("officer"))
    assert side(found().sectors, "Residents").seats == 0


def test_bodies_are_told_apart(world, found, want):
    executive = GovernanceLayer.objects.get(code="executive")
    want({sector("public"): 4}, body=executive)
    assert found().is_set is False
    assert side(found(executive).sectors, "Public agencies").difference == "4 fewer than wanted"


@pytest.fixture
def named(world):
    """The council is named in the agreement, and so is Jobcentre Plus, which has no seat."""
    from partnerships.models import Organisation

    jobs = Organisation.objects.create(name="Jobcentre Plus, Southwark", sector=sector("public"))
    kinds = {row.code: row for row in DutyPartner.objects.all()}
    with acting(world.southwark.pk):
        common = {"partnership": world.southwark, "agreement": "Agreement 2006", "starts_on": SAT_DOWN_ON}
        NamedPartner.objects.create(
            organisation=world.southwark.accountable_body, duty=kinds["district_councils"], **common
        )
        NamedPartner.objects.create(organisation=jobs, duty=kinds["jobcentre_plus"], **common)
    return kinds


def test_named_partners_stand_beside_their_kind(found, named):
    duties = {duty.name: [row.organisation.name for row in duty.partners] for duty in found().duties}
    assert len(duties) == len(named) == 14
    assert duties["Jobcentre Plus"] == ["Jobcentre Plus, Southwark"]
    assert duties["Police"] == []
    assert [row.organisation.name for row in found().unseated_partners] == ["Jobcentre Plus, Southwark"]


def test_a_naming_that_is_over_counts_no_longer(world, found, named):
    with acting(world.southwark.pk):
        NamedPartner.objects.filter(partnership=world.southwark).update(ends_on=today())
    assert all(duty.partners == [] for duty in found().duties)


def test_the_page_shows_chart_tables_and_who_is_missing(named, sign_in, want):
    want({sector("residents"): 3})
    page = sign_in("rep").get(PAGE).text
    for words in (
        "2 fewer than wanted",
        "nobody sits for: Faith communities",
        "Jobcentre Plus, Southwark is named in an",
    ):
        assert words in page
    assert page.count("not named in any agreement") == 12
    assert "govuk-tag" not in page.split("not named in any agreement")[1][:100], "it is no error"
    assert '<svg class="lsp-figure__wide"' in page
    assert "Change what is wanted" not in page
    assert "Change what is wanted" in sign_in("officer").get(PAGE).text


def test_another_body_by_its_code_and_the_board_for_nonsense(sign_in, world):
    browser = sign_in("rep")
    assert "This body has no seat yet." in browser.get(f"{PAGE}?body=executive").text
    assert "This body has no seat yet." not in browser.get(f"{PAGE}?body=atlantis").text


def test_the_file_holds_the_same(named, sign_in, want):
    want({sector("residents"): 3})
    answer = sign_in("rep").get(f"{PAGE}?format=csv")
    table = list(csv.DictReader(io.StringIO(answer.content.decode("utf-8-sig"))))
    assert list(table[0]) == ["Body", "What", "Name", "Wanted", "Seats", "Held", "Open", "Difference"]
    residents = next(row for row in table if row["Name"] == "Residents")
    assert [residents[name] for name in ("Wanted", "Seats", "Held", "Open", "Difference")] == [
        "3", "1", "0", "1", "2 fewer than wanted",
    ]  # fmt: skip
    assert sum(row["Difference"] == "not named in any agreement" for row in table) == 12
    assert any(row["Difference"] == "has no seat" and "Jobcentre" in row["Name"] for row in table)
    assert sign_in("rep").get(f"{PAGE}?format=xlsx").content[:2] == b"PK"


def test_it_asks_as_often_for_sixty_seats_as_for_three(world, board, sign_in, want):
    browser = sign_in("rep")
    few = len(queries_of(browser, PAGE))
    with acting(world.southwark.pk):
        for number, one in enumerate(list(Sector.objects.all()) * 12):
            Seat.objects.create(
                partnership=world.southwark, layer=board, sector=one, position=f"S {number}", starts_on=SAT_DOWN_ON
            )
            add_group(partnership=world.southwark, name=f"Group {number}", by=world.access("officer"))
    want(dict.fromkeys(Sector.objects.all(), 2))
    many = queries_of(browser, PAGE)
    assert len(many) == few, "\n".join(many)
    assert few <= 20


def test_keys_tell_sectors_and_groups_apart(world):
    with acting(world.southwark.pk):
        group = add_group(partnership=world.southwark, name="G", by=world.access("officer"))
    assert {key_of(group), key_of(sector("public"))} == {f"group_{group.pk}", f"sector_{sector('public').pk}"}
