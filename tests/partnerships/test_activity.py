"""The log of deeds as a page: filtered, sorted, exported; one deed with its seal."""

import csv
import datetime
import io

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from accounts.models import Person
from core.dates import long_date, today
from partnerships import deeds
from partnerships.models import Deed, Seat
from partnerships.tenancy.context import acting
from tests.conftest import as_owner

LOG = "/p/southwark/manage/activity/"


@pytest.fixture
def filled(world):
    """Deeds of two people about two people, with reasons and changes."""
    with acting(world.southwark.pk, by=world.officer.pk):
        seat = Seat.objects.get(partnership=world.southwark, position="Resident")
        for name, verb, about, reason in (
            ("officer", "partnerships.seat_taken", world.rep, "Elected in Peckham"),
            ("chair", "partnerships.seat_taken", world.dual, "Elected in Bermondsey"),
            ("officer", "partnerships.seat_added", None, "=HYPERLINK(1)"),
        ):
            changes = {"starts_on": ["2006-01-09", None], "role": [None, "chair"], "position": ["Tenant", "Resident"]}
            deeds.record(verb, seat, by=world.access(name), about=about, reason=reason, changes=changes)
    return seat


def shown(response):
    """The numbers of the deeds on a page."""
    return [deed.number for deed in response.context["listing"].page]


def found(browser, **query):
    """What the filter lets through, by the reasons given."""
    return [deed.reason for deed in browser.get(LOG, query).context["listing"].page]


def test_it_is_filtered_by_who_did_it(world, filled, sign_in):
    assert found(sign_in("officer"), who=world.chair.pk) == ["Elected in Bermondsey"]
    assert len(found(sign_in("officer"), who=world.officer.pk)) == 2
    by_the_service = sign_in("officer").get(LOG, {"who": "null"}).context["listing"]
    assert {deed.who for deed in by_the_service.page} == {"Test"}


def test_it_is_filtered_by_whom_it_is_about_and_by_words(world, filled, sign_in):
    officer = sign_in("officer")
    assert found(officer, about=world.dual.pk, kind="partnerships.seat") == ["Elected in Bermondsey"]
    assert found(officer, q="peckham") == ["Elected in Peckham"]
    assert found(officer, q="dual", kind="partnerships.seat") == ["Elected in Bermondsey"]
    assert {"Elected in Peckham", "Elected in Bermondsey"} <= set(found(officer, q="took a SEAT"))
    assert found(officer, q="100%_") == []


def test_it_is_filtered_by_kind_of_thing_and_deed(world, filled, sign_in):
    officer = sign_in("officer")
    assert "=HYPERLINK(1)" in found(officer, deed="partnerships.seat_added", kind="partnerships.seat")
    kinds = dict(officer.get(LOG).context["filter"].form.fields["kind"].choices)
    assert kinds["partnerships.seat"] == "Seat"
    assert {deed.verb for deed in officer.get(LOG, {"deed": "partnerships.joined"}).context["listing"].page} == {
        "partnerships.joined"
    }


def days(**parts):
    """Dates as the boxes of the form send them."""
    return {
        f"{name}_{number}": part
        for name, day in parts.items()
        for number, part in enumerate((day.day, day.month, day.year))
    }


def test_it_is_filtered_from_day_to_day(world, filled, sign_in):
    officer, now, day = sign_in("officer"), today(), datetime.timedelta(days=1)
    assert len(found(officer, **days(since=now, until=now))) > 3
    assert found(officer, **days(since=now + day)) == []
    assert found(officer, **days(until=now - day)) == []


@pytest.mark.parametrize(
    ("query", "message", "field"),
    [
        ({"since_0": "31", "since_1": "2", "since_2": "2006"}, "31 February 2006 does not exist", "id_since_0"),
        ({"until_1": "2", "until_2": "2006"}, "Last day must include a day", "id_until_0"),
        (days(since=datetime.date(2006, 2, 1), until=datetime.date(2006, 1, 31)), "The last day must be", "id_until_0"),
        ({"who": "0"}, "Choose one of the list", "id_who"),
        ({"about": "x"}, "Choose one of the list", "id_about"),
        ({"q": "x" * 101}, "must be 100 characters or fewer", "id_q"),
    ],
)
def test_a_filter_that_is_not_understood_says_so_beside_the_field(filled, sign_in, query, message, field):
    response = sign_in("officer").get(LOG, query)
    text = response.content.decode()
    assert text.count(message) == 2  # in the summary and beside the field
    assert f'href="#{field}"' in text
    assert "Nothing is listed until it is put right" in text
    assert not shown(response)


def test_a_filter_can_name_people_of_this_partnership_alone(world, filled, sign_in):
    """Or it would tell who has an account."""
    form = sign_in("officer").get(LOG).context["filter"].form
    names = {str(label) for name in ("who", "about") for _value, label in form.fields[name].choices}
    assert {"Rep", "Dual"} <= names
    assert "Hackney officer" not in names
    assert "Choose one of the list" in sign_in("officer").get(LOG, {"who": world.hackney_officer.pk}).content.decode()


def test_it_is_sorted_and_the_order_is_kept_with_the_filter(world, filled, sign_in):
    officer = sign_in("officer")
    numbers = shown(officer.get(LOG))
    assert numbers == sorted(numbers, reverse=True)
    assert shown(officer.get(LOG, {"sort": "number"})) == sorted(numbers)
    who = [deed.who for deed in officer.get(LOG, {"sort": "who", "about": world.dual.pk}).context["listing"].page]
    assert who == ["Chair", "Test"]
    assert 'name="sort" value="who"' in officer.get(LOG, {"sort": "who"}).content.decode()


def test_the_export_holds_what_the_filter_lets_through_in_words(world, filled, sign_in):
    response = sign_in("officer").get(LOG, {"format": "csv", "deed": "partnerships.seat_added", "q": "HYPERLINK"})
    (row,) = csv.DictReader(io.StringIO(response.content.decode("utf-8-sig")))
    assert row["Why"] == "'=HYPERLINK(1)"
    assert set(row["From what to what"].splitlines()) == {
        "From: 9 January 2006 → nothing",
        "Role: nothing → chair",
        "Position: Tenant → Resident",
    }
    assert len(row["Seal"]) == 64
    assert sign_in("officer").get(LOG, {"format": "xlsx"}).status_code == 200


def test_a_filter_that_is_not_understood_is_not_exported(filled, sign_in):
    response = sign_in("officer").get(LOG, {"format": "csv", "since_0": "31"})
    assert response["Content-Type"].startswith("text/html")


def test_changes_are_told_in_words(world, filled, sign_in):
    number = shown(sign_in("officer").get(LOG, {"q": "HYPERLINK"}))[0]
    text = sign_in("officer").get(f"{LOG}{number}/").content.decode()
    assert "9 January 2006" in text
    assert "2006-01-09" not in text


def test_one_deed_shows_its_seal_and_the_one_before(world, filled, sign_in):
    with acting(world.southwark.pk):
        before, last = list(Deed.objects.order_by("number"))[-2:]
    response = sign_in("chair").get(f"{LOG}{last.number}/")
    text = response.content.decode()
    assert last.seal in text
    assert before.seal in text
    assert f"all {last.number} deeds up to this one are as they were written" in text
    assert long_date(today()) in text
    first = sign_in("chair").get(f"{LOG}1/").content.decode()
    assert "This is the first deed, and it is as it was written." in first
    assert "the log begins here" in first


def test_one_deed_says_when_the_log_is_broken_before_it_and_not_when_behind(world, filled, sign_in):
    with as_owner(), connection.cursor() as cursor:
        cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")
        cursor.execute(
            "UPDATE partnerships_deed SET reason = 'x' WHERE partnership_id = %s AND number = 4", [world.southwark.pk]
        )
    officer = sign_in("officer")
    assert "deed 4 does not follow" in officer.get(f"{LOG}6/").content.decode()
    assert "as they were written" in officer.get(f"{LOG}3/").content.decode()


def test_a_deed_of_another_partnership_or_none_is_not_found(world, filled, sign_in):
    with acting(world.southwark.pk):
        last = Deed.objects.latest("number").number
    assert sign_in("hackney_officer").get(f"{LOG}1/").status_code == 404
    assert sign_in("officer").get(f"{LOG}{last + 1}/").status_code == 404
    assert sign_in("officer").get(f"{LOG}{10**30}/").status_code == 404
    assert sign_in("rep").get(f"{LOG}1/").status_code == 403


def queries_of(browser, address):
    """How many statements a page takes."""
    with CaptureQueriesContext(
        connection,
    ) as seen:
        assert browser.get(address).status_code == 200
    return len(seen)


def test_ten_thousand_deeds_take_as_many_statements_as_ten(world, filled, sign_in):
    officer = sign_in("officer")
    officer.get(LOG)
    addresses = [LOG, f"{LOG}?q=elected&sort=who", f"{LOG}?format=csv&q=Elected", f"{LOG}3/"]
    few = [queries_of(officer, address) for address in addresses]
    people = Person.objects.bulk_create(
        Person(email=f"many{number}@example.org", name=f"Many {number}") for number in range(50)
    )
    with acting(world.southwark.pk, by=world.officer.pk):
        rows = [(filled, people[number % 50]) for number in range(10_000)]
        deeds.record_all("test.done", rows, by=world.access("officer"))
    assert [queries_of(officer, address) for address in addresses] == few
    assert officer.get(LOG).context["listing"].count > 10_000
