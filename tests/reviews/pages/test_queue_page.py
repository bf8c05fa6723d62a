"""The queue of a region: found, sorted, counted, exported; for whoever is of its office and nobody else."""

import csv
import datetime
import io

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from core.dates import today
from reviews.models import Case, Submission
from reviews.queries import figures
from tests.conftest import as_owner
from tests.pages.conftest import words
from tests.reviewing import KIND

QUEUE = "/office/london/queue/"
WORKLOAD = "/office/london/workload/"


@pytest.fixture
def listed(sign_in):
    """The numbers of the things that a query of the address finds, in their order."""

    def found(query="", name="reviewer"):
        response = sign_in(name).get(f"{QUEUE}?{query}")
        assert response.status_code == 200
        return [case.subject_id for case in response.context_data["listing"].page]

    return found


def aged(case, days, due_in):
    """The same case, opened so many days ago and due in so many."""
    opened = timezone.now() - datetime.timedelta(days=days)
    with as_owner():
        due_on = today() + datetime.timedelta(days=due_in)
        Case.objects.filter(pk=case.pk).update(opened_at=opened, due_on=due_on)


@pytest.fixture
def three(made):
    """One that waits, late; one that the reviewer has; one that is decided."""
    aged(made("queued", 1), 41, -7)
    aged(made("claimed", 2), 12, 28)
    aged(made("decided", 3), 60, -20)


@pytest.mark.parametrize(
    ("query", "found"),
    [
        ("", [1, 2]),
        ("sort=waiting", [2, 1]),
        ("sort=-due", [2, 1]),
        ("state=late", [1]),
        ("state=decided", [3]),
        ("state=all", [3, 1, 2]),
        ("who=me", [2]),
        ("who=nobody", [1]),
        (f"kind={KIND}&q=southwark", [1, 2]),
        ("q=Atlantis", []),
        ("sort=nonsense&page=99", [1, 2]),
    ],
)
def test_cases_are_found_and_sorted(listed, three, query, found):
    assert listed(query) == found


def test_by_the_name_of_whoever_has_taken_it(listed, three, world):
    assert listed(f"who={world.reviewer.pk}", "manager") == [2]
    assert listed(f"who={world.colleague.pk}", "manager") == []


def test_a_row_says_who_what_since_when_and_how_late(sign_in, three):
    said = words(sign_in("reviewer").get(QUEUE))
    assert "2 cases · longest wait first" in said
    assert "41 days" in said
    assert "7 days late" in said
    assert "nobody" in said
    assert "you" in said
    assert "Take Southwark, Paper 2005–06" in said


def test_the_strip_counts_what_is_open(world, three, office):
    with office.acting():
        found = figures(world.southwark.region)
    assert (found.open, found.late, found.free, found.with_partnership) == (2, 1, 1, 0)
    assert found.middle_wait in {12, 41}


def test_the_strip_of_an_empty_queue(sign_in):
    said = words(sign_in("reviewer").get(QUEUE))
    assert "Nothing waits for a decision" in said
    assert "middle wait" not in said


def test_a_filter_that_is_not_understood_lists_nothing_and_says_so(sign_in, three):
    response = sign_in("reviewer").get(f"{QUEUE}?who=somebody&state=lost")
    said = words(response)
    assert "There are 2 things to put right" in said
    assert "The filter was not understood" in said
    assert response.context_data["rows"] == []


def test_the_file_has_all_rows_of_the_choice(sign_in, three):
    response = sign_in("national").get(f"{QUEUE}?state=all&format=csv")
    rows = list(csv.DictReader(io.StringIO(response.content.decode("utf-8-sig"))))
    assert [row["Days waiting"] for row in rows][1:] == ["41", "12"]
    assert [row["Days late"] for row in rows] == ["0", "7", "0"]
    assert rows[2]["Taken by"] == "Reviewer"
    assert rows[0]["Outcome"] == "Green"
    assert sign_in("national").get(f"{QUEUE}?format=xlsx").headers["Content-Disposition"].endswith('.xlsx"')


@pytest.mark.parametrize("address", [QUEUE, WORKLOAD])
@pytest.mark.parametrize("who", ["officer", "chair", "stranger", "other_reviewer", "leeds_officer"])
def test_the_office_does_not_exist_for_others(sign_in, address, who):
    assert sign_in(who).get(address).status_code == 404


def test_a_region_that_there_is_not(sign_in):
    assert sign_in("reviewer").get("/office/atlantis/queue/").status_code == 404


def queries(browser, address):
    browser.get(address)
    with CaptureQueriesContext(connection) as counted:
        assert browser.get(address).status_code == 200
    return len(counted)


def many(case, count):
    """More such cases, with their submissions."""
    with as_owner():
        row, frozen = Case.objects.values().get(pk=case.pk), Submission.objects.values().get(case=case.pk)
        first = 1000
        cases = Case.objects.bulk_create(
            Case(**{**row, "id": None, "subject_id": first + number}) for number in range(count)
        )
        Submission.objects.bulk_create(
            Submission(**{**frozen, "id": None, "case_id": each.pk, "reference": f"R{each.pk}"}) for each in cases
        )


@pytest.mark.parametrize("address", [QUEUE, WORKLOAD, "/p/southwark/manage/cases/"])
def test_with_a_hundred_cases_it_asks_the_database_as_often(sign_in, made, address):
    case = made("queued")
    browser = sign_in("manager")
    before = queries(browser, address)
    many(case, 100)
    assert queries(browser, address) == before


def test_the_next_page_keeps_the_choice(sign_in, made):
    many(made("queued"), 60)
    response = sign_in("reviewer").get(f"{QUEUE}?who=nobody&sort=due")
    assert "61 cases" in words(response)
    assert "?who=nobody&amp;sort=due&amp;page=2" in response.content.decode()


def test_who_has_how_much(sign_in, three):
    said = words(sign_in("manager").get(WORKLOAD))
    assert "Reviewer 1 0" in said
    assert "Nobody 1 1" in said
    assert "Assign Southwark, Paper 2005–06" in said


def test_whoever_cannot_assign_is_not_offered_it(sign_in, three):
    said = words(sign_in("reviewer").get(WORKLOAD))
    assert "To assign" not in said


def test_the_way_there(sign_in):
    """From every page to one's queue; from one's own page too."""
    page = sign_in("reviewer").get("/mine/").content.decode()
    assert page.count(f'href="{QUEUE}"') == 2
    assert QUEUE not in sign_in("officer").get("/mine/").content.decode()
