"""What must be written before a strategy can be published: each gap leads to the input that fills it."""

import re

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from partnerships.tenancy.context import acting
from strategies.models import Action, Issue, Objective, Priority, Text
from strategies.queries import gaps

# How to make a gap, and what it says.
HOLES = {
    "foreword": (lambda: Text.objects.filter(kind="foreword").update(body=""), ["Foreword is empty"]),
    "vision": (lambda: Text.objects.filter(kind="vision").update(body=""), ["Vision is empty"]),
    "area": (lambda: Text.objects.filter(kind="area").update(body=""), ["The area in figures is empty"]),
    "progress": (lambda: Text.objects.filter(kind="progress").update(body=""), ["How we report progress is empty"]),
    "no issue": (lambda: Issue.objects.all().delete(), ["There is no key issue"]),
    "hollow issue": (lambda: Issue.objects.update(body=""), ["The key issue “Burglary” has no text"]),
    "no priority": (lambda: Priority.objects.all().delete(), ["There is no priority"]),
    "hollow priority": (
        lambda: Objective.objects.all().delete(),
        ["The priority “Streets where people feel safe” has no objective"],
    ),
    "hollow objective": (
        lambda: Action.objects.all().delete(),
        ["The objective “Fewer burglaries” has no action"],
    ),
    "not measured": (
        lambda: Action.objects.update(measure=""),
        ["The action “New locks for 400 homes” does not say how it is measured"],
    ),
}
HOLES["everything"] = (
    lambda: [Text.objects.update(body=""), Issue.objects.all().delete(), Priority.objects.all().delete()],
    [
        "Foreword is empty",
        "Vision is empty",
        "The area in figures is empty",
        "How we report progress is empty",
        "There is no key issue",
        "There is no priority",
    ],
)


@pytest.fixture
def hole(world, written, request):
    """A strategy with one kind of gap, and what is said of it."""
    make, messages = HOLES[request.param]
    with acting(world.southwark.pk, by=world.officer.pk):
        make()
        return gaps(written.strategy), messages


def test_a_complete_strategy_has_none(world, written):
    with acting(world.southwark.pk):
        assert gaps(written.strategy) == []


@pytest.mark.parametrize("hole", HOLES, indirect=True)
def test_every_gap_is_named(hole):
    found, messages = hole
    assert [gap.message for gap in found] == messages


@pytest.mark.parametrize("hole", HOLES, indirect=True)
def test_every_gap_leads_to_an_input_that_is_there(hole, sign_in):
    found, _messages = hole
    officer = sign_in("officer")
    for gap in found:
        page, _sign, anchor = gap.url.partition("#")
        response = officer.get(page)
        assert response.status_code == 200
        assert re.search(rf'<(input|textarea|select)[^>]* id="{anchor}"', response.content.decode()), gap.url


@pytest.mark.parametrize("hole", ["everything"], indirect=True)
def test_the_strategys_page_and_the_publication_list_every_gap_with_its_link(hole, written, sign_in):
    found, _messages = hole
    for page in (written.page("strategy"), written.page("publication")):
        html = sign_in("officer").get(page).content.decode()
        for gap in found:
            assert f'href="{gap.url}">{gap.message}</a>' in html


@pytest.mark.parametrize("hole", ["everything"], indirect=True)
def test_who_cannot_write_reads_the_gaps_without_links_that_would_refuse_them(hole, written, sign_in):
    found, _messages = hole
    html = sign_in("rep").get(written.page("strategy")).content.decode()
    for gap in found:
        assert gap.message in html
        assert gap.url.partition("#")[0] not in html


@pytest.mark.parametrize(
    ("hole", "task", "status"),
    [
        ("foreword", "Foreword", "Not started"),
        ("progress", "How we report progress", "Not started"),
        ("no issue", "Key issues", "Not started"),
        ("hollow issue", "Key issues", "In progress"),
        ("no priority", "Priorities, objectives and actions", "Not started"),
        ("hollow priority", "Priorities, objectives and actions", "In progress"),
        ("hollow objective", "Priorities, objectives and actions", "In progress"),
        ("not measured", "Priorities, objectives and actions", "In progress"),
    ],
    indirect=["hole"],
)
def test_a_task_is_done_once_nothing_is_lacking(hole, written, sign_in, task, status):
    tasks = sign_in("officer").get(written.page("strategy")).context_data["tasks"]
    assert {str(row["title"]): row["status"] for row in tasks if row["status"] != "Done"} == {task: status}


def test_every_task_of_a_complete_strategy_is_done(written, sign_in):
    tasks = sign_in("officer").get(written.page("strategy")).context_data["tasks"]
    assert [row["status"] for row in tasks] == ["Done"] * 7
    assert tasks[5]["hint"] == "1 priority, 1 objective, 1 action"
    assert all(row["href"] for row in tasks)
    for_reading = sign_in("rep").get(written.page("strategy")).context_data["tasks"]
    assert [bool(row["href"]) for row in for_reading] == [False, False, False, False, True, True, False]


@pytest.mark.parametrize("hole", ["everything"], indirect=True)
def test_editor_and_overview_count_the_gaps(hole, written, sign_in):
    assert "6 gaps" in sign_in("rep").get(reverse("strategies:editor", args=["southwark"])).content.decode()
    dashboard = sign_in("rep").get(reverse("partnerships:dashboard", args=["southwark"]))
    assert dashboard.context_data["figures"][0]["value"] == 6


def test_the_gaps_of_a_long_strategy_cost_as_many_queries_as_of_a_short_one(world, written):
    with acting(world.southwark.pk), CaptureQueriesContext(connection) as short:
        assert gaps(written.strategy) == []
    with acting(world.southwark.pk, by=world.officer.pk):
        copies = []
        for number in range(2, 12):
            theme = written.priority.theme_id
            priority = Priority.objects.create(
                partnership=world.southwark, strategy=written.strategy, theme_id=theme, title=f"P{number}", order=number
            )
            copies += [
                Objective(partnership=world.southwark, priority=priority, title=f"O{place}", order=place)
                for place in range(1, 6)
            ]
        Objective.objects.bulk_create(copies)
    with acting(world.southwark.pk), CaptureQueriesContext(connection) as long:
        assert len(gaps(written.strategy)) == 50
    assert len(long) == len(short)
