"""A self-assessment is read in as many queries with a hundred actions and links as with one."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from accreditation import actions, queries
from tests import assessing

READS = {
    "content": queries.content_of,
    "seal": queries.seal_of,
    "gaps": queries.gaps,
    "sign-offs": queries.sign_offs_of,
    "plan": lambda row: [(each.lead, each.progress_noted) for each in queries.actions_of(row)],
    "evidence": lambda row: [(each.criterion, each.upload) for each in queries.evidence_of(row)],
    "answers": lambda row: [(each.criterion.name, each.rating) for each in queries.answers_of(row)],
    "criteria": lambda row: [list(each.prompts.all()) for each in queries.criteria_of(row)],
}
MOST = {
    "content": 8,
    "seal": 8,
    "gaps": 17,
    "sign-offs": 10,
    "plan": 2,
    "evidence": 1,
    "answers": 1,
    "criteria": 2,
}


def counted(assessment):
    """Read → how many queries it takes."""
    found = {}
    for name, read in READS.items():
        with CaptureQueriesContext(connection) as queried:
            read(assessment)
        found[name] = len(queried)
    return found


@pytest.fixture
def sizes(world, as_):
    """The counts with one action and one link, and with a hundred of each."""
    assessment = assessing.ready(world)
    with as_("officer") as by:
        few = counted(assessing.fresh(assessment))
        criteria = list(queries.criteria_of(assessment))
        for number in range(99):
            assessing.plan_action(assessment, by, title=f"Action {number}", criterion=criteria[number % 6])
            actions.add_link(
                assessment=assessment,
                criterion=criteria[number % 6],
                title=f"Minutes {number}",
                url=f"https://example.org/{number}",
                by=by,
            )
        many = counted(assessing.fresh(assessment))
    return few, many


def test_a_hundred_take_no_more_than_one(sizes):
    few, many = sizes
    assert many == few
    assert {name: count for name, count in many.items() if count > MOST[name]} == {}
