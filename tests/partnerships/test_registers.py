"""The public register of seats, the register of members, the log: as pages and as files."""

import csv
import io

import pytest

from tests.strategies.conftest import REFUSED

SEATS, MEMBERS, ACTIVITY = "/p/southwark/seats/", "/p/southwark/manage/members/", "/p/southwark/manage/activity/"


def table(browser, address):
    """The rows of a CSV export."""
    return list(csv.reader(io.StringIO(browser.get(f"{address}?format=csv").content.decode("utf-8-sig"))))


def test_the_public_sees_which_seats_are_held_and_no_person(world, client):
    page = client.get(SEATS).content.decode()
    assert "Seat of Southwark Council" in page
    assert "Resident" in page
    assert "Member, Southwark Council" not in page
    header, *rows = table(client, SEATS)
    assert header == ["Sector", "Position", "Organisation", "Held"]
    assert ["Resident", "", "open"] in [row[1:] for row in rows]
    assert len(rows) == 3
    assert "Member, " not in str(rows)


def test_who_is_let_in_to_the_members(world, sign_in):
    for name, status in REFUSED.items():
        assert sign_in(name).get(MEMBERS).status_code == (200 if status == 403 else 404), name


def test_the_log_is_for_those_who_may_see_it(world, sign_in):
    statuses = {"officer": 200, "chair": 200, "finance": 200, "manager": 200, "national": 200}
    statuses |= {"rep": 403, "cvs": 403, "reviewer": 403, "hackney_officer": 404, "stranger": 404, "lapsed": 404}
    for name, status in statuses.items():
        assert sign_in(name).get(ACTIVITY).status_code == status, name


def test_a_member_who_may_not_reads_who_may(world, sign_in):
    page = sign_in("rep").get(ACTIVITY).content.decode()
    assert "see who did what" in page.lower()
    assert "Co-ordinating officer, Chair, Finance officer" in page


def test_the_log_says_what_was_done_the_latest_first(world, sign_in):
    browser = sign_in("officer")
    page = browser.get(ACTIVITY).content.decode()
    assert "Southwark Local Strategic Partnership" in page
    assert "was entered" in page
    header, *rows = table(browser, ACTIVITY)
    assert header[:5] == ["Number", "When", "Who", "What", "Kind of thing"]
    numbers = [int(row[0]) for row in rows]
    assert numbers == sorted(numbers, reverse=True)
    assert rows[-1][2:6] == ["Test", "Southwark Local Strategic Partnership", "Partnership", "was entered"]


@pytest.mark.parametrize("address", [SEATS, MEMBERS, ACTIVITY])
def test_a_format_there_is_not_gives_the_page(world, sign_in, address):
    response = sign_in("officer").get(f"{address}?format=exe&sort=nothing&page=x")
    assert response.status_code == 200
    assert response["Content-Type"].startswith("text/html")
