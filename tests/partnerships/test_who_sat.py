"""Who sat on 3 May 2006? The register of a day, inside and for the public; one seat with its past."""

import csv
import datetime
import io

import pytest

from core.dates import today
from partnerships.actions.seats import take_seat
from partnerships.actions.sittings import set_substitute, vacate
from partnerships.models import GovernanceLayer, Organisation, Seat, Sector, Sitting
from partnerships.tenancy.context import acting
from tests.pages.conftest import queries_of
from tests.partnerships.conftest import SAT_DOWN_ON

INSIDE, PUBLIC = "/p/southwark/manage/seats/", "/p/southwark/seats/"
THIRD_OF_MAY = datetime.date(2006, 5, 3)


@pytest.fixture
def rep_left(world, rep_sits):
    """The rep sat from April 2006 until April 2007; then the dual followed."""
    with acting(world.southwark.pk, by=world.officer.pk):
        officer = world.access("officer")
        vacate(sitting=rep_sits, on=datetime.date(2007, 4, 1), reason="Moved away", by=officer)
        take_seat(seat=rep_sits.seat, person=world.dual, starts_on=datetime.date(2007, 4, 1), by=officer)
    return rep_sits


def rows(browser, address):
    answer = browser.get(address)
    return list(csv.DictReader(io.StringIO(answer.content.decode("utf-8-sig"))))


@pytest.mark.parametrize("query", ["on=2006-05-03", "on_0=3&on_1=5&on_2=2006", "on_0=03&on_1=May&on_2=2006"])
def test_the_day_is_typed_or_stands_in_the_address(rep_left, sign_in, query):
    page = sign_in("rep" if query == "" else "chair").get(f"{INSIDE}?{query}").text
    assert '<h1 class="govuk-heading-l">Who sat on 3 May 2006</h1>' in page
    assert "Rep" in page and "Dual" not in page


def test_today_shows_who_followed(rep_left, sign_in):
    page = sign_in("chair").get(INSIDE).text
    assert "Dual" in page and ">Rep<" not in page


@pytest.mark.parametrize(
    ("query", "message"),
    [
        ("on=2006-02-31", "31 February 2006 does not exist"),
        ("on=yesterday", "On which day? must include a month and a year"),
        ("on_0=3&on_1=&on_2=2006", "On which day? must include a month"),
        ("on_0=3&on_1=13&on_2=2006", "Month must be a number from 1 to 12"),
        ("on=2006-05-03T00:00", "Day must be a number"),
        ("sector=atlantis", "Choose a sector from the list"),
        ("body=atlantis", "Choose a body from the list"),
        ("state=lost", "Choose held or open"),
        (f"q={'x' * 101}", "The words must be 100 characters or fewer"),
    ],
)
def test_what_is_not_understood_lists_nothing_and_says_so(world, sign_in, query, message):
    answer = sign_in("chair").get(f"{INSIDE}?{query}")
    assert answer.status_code == 200
    assert message in answer.text
    assert "Seat of Southwark Council" not in answer.text
    assert sign_in("chair").get(f"{INSIDE}?{query}&format=csv")["Content-Type"].startswith("text/html")


def test_the_public_asks_for_a_day_too_and_reads_no_name(rep_left, client):
    page = client.get(f"{PUBLIC}?on=2006-05-03").text
    assert "Who sat at the table on 3 May 2006" in page
    assert "Rep" not in page.replace("Representative", "")
    held = {row["Position"]: row["Held"] for row in rows(client, f"{PUBLIC}?on=2006-05-03&format=csv")}
    assert held["Resident"] == "yes"
    before = {row["Position"]: row["Held"] for row in rows(client, f"{PUBLIC}?on=2006-03-31&format=csv")}
    assert before["Resident"] == "open"
    assert "does not exist" in client.get(f"{PUBLIC}?on=2006-02-31").text


def test_before_there_was_a_table_nothing_is_known(client, sign_in, world):
    for browser, address in ((client, PUBLIC), (sign_in("rep"), INSIDE)):
        assert "Nothing is known of 1 January 1999" in browser.get(f"{address}?on=1999-01-01").text


@pytest.mark.parametrize(("address", "who"), [(INSIDE, "chair"), (PUBLIC, None)])
def test_an_organisation_that_has_another_name_now_stands_under_the_old_one(world, sign_in, address, who):
    Organisation.objects.filter(pk=world.southwark.accountable_body_id).update(name="Borough of Southwark")
    browser = sign_in(who)
    then, now = (browser.get(f"{address}{query}").text for query in ("?on=2006-05-03", ""))
    assert "Southwark Council" in then and "now Borough of Southwark" in then
    assert "now Borough of Southwark" not in now
    names = {row["Organisation"] for row in rows(browser, f"{address}?on=2006-05-03&format=csv")}
    assert "Southwark Council" in names and "Borough of Southwark" not in names


def test_who_stood_in_then_is_not_who_stands_in_now(world, rep_sits, sign_in):
    """Nobody stood in when the seat was entered; somebody does since today."""
    with acting(world.southwark.pk):
        set_substitute(sitting=rep_sits, substitute=world.dual, by=world.access("officer"))
    browser = sign_in("chair")
    then, now = (
        {row["Position"]: row["Substitute"] for row in rows(browser, f"{INSIDE}?{query}format=csv")}
        for query in ("on=2006-05-03&", "")
    )
    assert (then["Resident"], now["Resident"]) == ("", "Dual")


@pytest.mark.parametrize(
    ("query", "positions"),
    [
        ("state=open", {"Resident"}),
        ("state=held&sector=public", {"Seat of Southwark Council"}),
        ("q=SOUTHWARK+voluntary", {"Seat of Southwark Council for Voluntary Service"}),
        ("q=member+council+service", {"Seat of Southwark Council for Voluntary Service"}),
        ("body=executive", set()),
        ("q=%25", set()),
    ],
)
def test_it_is_filtered(world, sign_in, query, positions):
    assert {row["Position"] for row in rows(sign_in("rep"), f"{INSIDE}?{query}&format=csv")} == positions
    page = sign_in("rep").get(f"{INSIDE}?{query}").text
    assert ("No seat fits the filter" in page) is (not positions)


@pytest.mark.parametrize("key", ["sector", "body", "position", "organisation", "holder", "substitute", "since"])
def test_the_file_is_in_the_order_of_the_page(world, sign_in, key):
    browser = sign_in("rep")
    for sign in ("", "-"):
        shown = [seat.position for seat in browser.get(f"{INSIDE}?sort={sign}{key}").context_data["listing"].page]
        assert [row["Position"] for row in rows(browser, f"{INSIDE}?sort={sign}{key}&format=csv")] == shown


def test_the_file_says_of_which_day_it_is(world, sign_in):
    (row, *_others) = rows(sign_in("rep"), f"{INSIDE}?on=2006-05-03&format=csv")
    assert list(row) == ["Body", "Sector", "Position", "Organisation", "Held by", "Since", "Substitute", "On"]
    assert row["On"] == "2006-05-03"
    answer = sign_in("rep").get(f"{INSIDE}?format=xlsx")
    assert f"seats-southwark-{today().isoformat()}.xlsx" in answer["Content-Disposition"]


def test_one_seat_tells_who_sat_there_and_what_was_done(rep_left, sign_in):
    page = sign_in("chair").get(f"{INSIDE}{rep_left.seat_id}/").text
    assert "Dual" in page
    assert "1 Apr 2006" in page and "1 Apr 2007" in page
    assert "left the seat" in page and "Moved away" in page


def test_who_may_not_see_the_log_sees_the_holders_without_the_reasons(rep_left, sign_in):
    page = sign_in("cvs").get(f"{INSIDE}{rep_left.seat_id}/").text
    assert "Rep" in page
    assert "Moved away" not in page


def test_only_managers_are_offered_deeds(rep_left, sign_in):
    for name, offered in (("officer", True), ("chair", False), ("national", False)):
        page = sign_in(name).get(f"{INSIDE}{rep_left.seat_id}/").text
        assert ("Replace them" in page) is offered
        assert ("Add a seat" in sign_in(name).get(INSIDE).text) is offered


def test_a_seat_of_another_partnership_is_not_there(world, sign_in):
    foreign = Seat.objects.filter(partnership=world.hackney).first()
    assert sign_in("dual").get(f"{INSIDE}{foreign.pk}/").status_code == 404


@pytest.mark.parametrize("address", [INSIDE, f"{INSIDE}?on=2006-05-03", f"{PUBLIC}?on=2006-05-03"])
def test_a_table_of_sixty_seats_asks_as_often_as_one_of_three(world, sign_in, address):
    browser = sign_in("rep")
    few = queries_of(browser, address)
    common = {"layer": GovernanceLayer.objects.get(code="strategic"), "starts_on": SAT_DOWN_ON}
    with acting(world.southwark.pk):
        for number, sector in enumerate(list(Sector.objects.all()) * 12):
            seat = Seat.objects.create(partnership=world.southwark, sector=sector, position=f"Seat {number}", **common)
            Sitting.objects.create(partnership=world.southwark, seat=seat, person=world.rep, starts_on=SAT_DOWN_ON)
    many = queries_of(browser, address)
    assert len(many) == len(few), "\n".join(many)
    assert len(many) <= 16, "\n".join(many)


def test_a_seat_with_a_long_past_asks_as_often_as_a_new_one(world, open_seat, sign_in):
    browser, address = sign_in("officer"), f"{INSIDE}{open_seat.pk}/"
    with acting(world.southwark.pk):
        sitting = {"partnership": world.southwark, "seat": open_seat, "person": world.rep, "substitute": world.dual}
        Sitting.objects.create(**sitting, starts_on=datetime.date(2005, 4, 1), ends_on=datetime.date(2005, 5, 1))
        Sitting.objects.create(**sitting, starts_on=datetime.date(2020, 1, 1))
    few = len(queries_of(browser, address))
    with acting(world.southwark.pk):
        for year in range(2006, 2016):
            days = {"starts_on": datetime.date(year, 1, 1), "ends_on": datetime.date(year, 12, 31)}
            Sitting.objects.create(**sitting, **days)
    assert len(queries_of(browser, address)) == few
