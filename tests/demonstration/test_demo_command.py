"""`manage.py demo`: loads the demonstration once, finishes what was interrupted, lists who one can sign in as."""

import json

import pytest
from django.core.management import CommandError
from django.db import connection, transaction

import accreditation.actions
import reviews.actions
from accounts.models import Person
from lsp.demonstration import assessed, people, tables, texts
from lsp.demonstration.cast import CAST, PASSWORD
from partnerships.models import (
    Partnership,
)
from tests.conftest import as_owner
from tests.demonstration.loading import demo, rows, six_tables


def test_it_loads_every_table_and_a_second_run_changes_nothing(empty):
    said = demo()
    assert "partnerships: 101 entered, 0 as they were" in said
    assert f"people who can sign in: {len(CAST)} entered, {len(CAST)} in all" in said
    assert "strategies written: Hackney, Islington, Southwark" in said
    assert "points of contact named: Islington, Southwark" in said
    assert "self-assessments told: Greenwich, Hackney, Islington, Lewisham, Newham, Southwark" in said
    assert Partnership.objects.count() == 101
    assert Partnership.objects.filter(receives_nrf=True).count() == 88
    assert Partnership.objects.filter(region__slug="london").count() == 33
    before = rows()
    said = demo()
    assert "partnerships: 0 entered, 101 as they were" in said
    assert f"people who can sign in: 0 entered, {len(CAST)} in all" in said
    assert "people invited: none, they were" in said
    assert "strategies written: none, they stand" in said
    assert "points of contact named: none, they stand" in said
    assert "self-assessments told: none, they stand" in said
    assert rows() == before


INTERRUPTIONS = [  # in the order of the demonstration
    (tables, "join", 1),
    (tables, "take_seat", 20),  # in the middle of a table
    (people, "appoint", 3),  # between two roles of one person
    (people, "appoint_to_office", 2),
    (texts, "_write_priority", 3),  # in the middle of a strategy
    (assessed, "appoint", 2),  # between two people of one partnership
    (reviews.actions, "recommend", 1),
    (accreditation.actions, "score", 5),  # in the middle of what partners think
]


def interrupted(module, name, at):
    """Load it, but for a call that does not come through. Gives the rows that stand then."""
    calls, unbroken = 0, getattr(module, name)

    def breaks(*args, **kwargs):
        nonlocal calls
        calls += 1
        if calls == at:
            raise KeyboardInterrupt
        return unbroken(*args, **kwargs)

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(module, name, breaks)
        with pytest.raises(KeyboardInterrupt):
            demo()
    return rows()


def test_what_was_interrupted_time_and_again_is_finished_by_the_next_run(empty):
    with six_tables():
        with transaction.atomic():
            demo()
            whole = rows()
            transaction.set_rollback(True)
        for module, name, at in INTERRUPTIONS:
            assert interrupted(module, name, at) != whole, name
        demo()
    assert rows() == whole


def test_it_is_refused_where_there_is_no_demonstration(empty, settings):
    settings.DEMONSTRATION = False
    for arguments in ((), ("--accounts",)):
        with pytest.raises(CommandError, match="This is not a demonstration: LSP_DEMONSTRATION is off"):
            demo(*arguments)
    assert not Person.objects.exists()


def test_it_says_what_to_do_first_where_there_are_no_places(empty):
    with as_owner(), connection.cursor() as cursor:
        cursor.execute("TRUNCATE partnerships_authority CASCADE")
    with pytest.raises(CommandError, match=r"Run `manage\.py load_reference` first"):
        demo()


def test_the_accounts_are_json_that_a_program_can_read(empty):
    accounts = json.loads(demo("--accounts"))
    officer = next(account for account in accounts if account["email"] == "officer.southwark@example.org")
    assert officer == {
        "email": "officer.southwark@example.org",
        "password": PASSWORD,
        "name": "Officer, Southwark",
        "roles": {"southwark": "officer"},
        "office": None,
    }
    assert [account["email"] for account in accounts] == [player.email for player in CAST]
    national = next(account for account in accounts if account["email"] == "viewer.national@example.org")
    assert (national["roles"], national["office"]) == ({}, ["", "national"])
    assert not Person.objects.exists()  # to list is not to load
