"""A page of a strategy asks the database as often for a long one as for a short one."""

import pytest
from django.urls import reverse

from partnerships.models import Organisation
from partnerships.tenancy.context import acting
from strategies import actions
from strategies.models import Issue
from tests.pages.conftest import queries_of

PAGES = {
    "strategy": 26,
    "issues": 20,
    "priorities": 20,
    "preview": 30,
    "publication": 40,  # it seals what it shows
    "action": 20,
    "new_action": 20,
    "editor": 25,
}


@pytest.fixture
def grow(world, written):
    """Ten times as much of everything."""

    def grown():
        officer, lead = world.access("officer"), Organisation.objects.get(name="Southwark Council")
        helper = Organisation.objects.get(name="Southwark Council for Voluntary Service")
        theme, action = written.priority.theme, written.action
        with acting(world.southwark.pk, by=world.officer.pk):
            for number in range(9):
                title = f"Number {number}"
                actions.add_issue(strategy=written.strategy, title=title, body="Text", by=officer)
                priority = actions.add_priority(
                    strategy=written.strategy, theme=theme, title=title, body="Text", by=officer
                )
                objective = actions.add_objective(priority=priority, title=title, body="Text", by=officer)
                for _copy in range(2):
                    actions.add_action(
                        objective=objective,
                        title=title,
                        lead=lead,
                        partners=[helper],
                        starts_on=action.starts_on,
                        ends_on=action.ends_on,
                        measure="",
                        by=officer,
                    )
            assert Issue.objects.count() == 10

    return grown


@pytest.mark.parametrize("page", PAGES)
def test_a_page_of_a_long_strategy_asks_as_often(written, sign_in, grow, page):
    where = {"pk": written.objective.pk} if page == "new_action" else {}
    address = reverse("strategies:editor", args=["southwark"]) if page == "editor" else written.page(page, **where)
    browser = sign_in("officer")
    short = queries_of(browser, address)
    grow()
    long = queries_of(browser, address)
    assert len(long) == len(short), "\n".join(long)
    assert len(long) <= PAGES[page], "\n".join(long)
