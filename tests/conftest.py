"""The database of the tests: made by the owner, used as lsp_app on every connection, as in production."""

import os
import time
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

import pytest
from django.db import connection, transaction
from django.test import Client, TransactionTestCase
from pytest_django import DjangoDbBlocker

from tests import snapshots
from tests import world as worlds


@contextmanager
def as_owner() -> Iterator[None]:
    """Write rows of any partnership, as no page can: for factories and attacks."""
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute("SET LOCAL ROLE NONE")
        yield
        cursor.execute("SET LOCAL ROLE lsp_app")


@pytest.fixture(scope="session")
def django_db_setup(django_db_setup: None, django_db_blocker: DjangoDbBlocker) -> Iterator[None]:
    """The owner has migrated; from here on every connection, in every thread, is the application's."""
    connection.settings_dict["OPTIONS"]["assume_role"] = "lsp_app"
    with django_db_blocker.unblock(), pytest.MonkeyPatch.context() as patch:
        connection.close()
        # After a test that commits, in place of emptying the database: the world, as it stood.
        patch.setattr(TransactionTestCase, "_fixture_teardown", lambda _test: snapshots.bring_back("world"))
        try:
            worlds.world()
            snapshots.keep("world")
            yield
        finally:
            snapshots.drop_all()
            del connection.settings_dict["OPTIONS"]["assume_role"]


@pytest.fixture
def world(db: None) -> worlds.World:
    """The cast and their partnerships, who stand in every database of a test."""
    return worlds.world()


@pytest.fixture
def sign_in(world: worlds.World) -> Any:
    """`sign_in("officer")` is a browser in which the officer is signed in; `sign_in(None)` one of a stranger."""

    def signed_in(name: str | None) -> Client:
        client = Client()
        if name is not None:
            client.force_login(world.people[name], backend="allauth.account.auth_backends.AuthenticationBackend")
        return client

    return signed_in


def confirm(browser: Client, person: Any) -> Client:
    """Somebody has just given their password once more: what a `sensitive` page wants (see partnership_page)."""
    session = browser.session
    session["account_authentication_methods_user"] = str(person.pk)
    session["account_authentication_methods"] = [{"method": "password", "at": time.time(), "reauthenticated": True}]
    session.save()
    return browser


def pytest_terminal_summary(terminalreporter: Any) -> None:
    """Say how much the access policy covers (a number that should only grow), and what was left out."""
    from tests.accreditation.moves import size as size_of_deeds
    from tests.reviews.moves import size as size_of_moves
    from tests.tenancy.attacks import APPLICATION, OWNER
    from tests.tenancy.policy import ACTORS, METHODS, POLICY, size

    terminalreporter.write_line(
        f"Access policy: {len(POLICY)} routes × {len(METHODS)} methods × {len(ACTORS)} actors = {size()} cases"
    )
    terminalreporter.write_line(f"Moves of the queue: {size_of_moves()} cases (state × move × person)")
    terminalreporter.write_line(f"Moves of a self-assessment: {size_of_deeds()} cases (state × move × person)")
    terminalreporter.write_line(f"Audit attacks: {len(APPLICATION) + len(OWNER)} (refused or found out)")
    if os.environ.get("LSP_SKIP_BROWSER") == "1":
        terminalreporter.write_line("The tests in a browser were left out, because LSP_SKIP_BROWSER=1.")
