"""A real PostgreSQL: what it holds, whom it admits, and that it starts again after anything."""

import subprocess
from collections.abc import Iterator
from pathlib import Path
from typing import LiteralString

import psycopg
import pytest
from psycopg import sql

from lsp.embedded.account import Account, server_account
from lsp.embedded.binaries import postgres_programs
from lsp.embedded.child import Child
from lsp.embedded.places import OWNER, Places, usual_places
from lsp.embedded.postgres import EXTENSIONS, running_postgres
from partnerships.tenancy.checks import EXTENSIONS as NEEDED
from tests.embedded.processes import as_root, on_linux


@pytest.fixture
def account() -> Account:
    return server_account()


@pytest.fixture
def places(account: Account) -> Iterator[Places]:
    """Places with empty folders."""
    places = usual_places()
    places.log.mkdir(parents=True)
    account.own(places.sockets)
    yield places
    places.sockets.rmdir()


def row(places: Places, query: LiteralString) -> tuple[object, ...] | None:
    with psycopg.connect(places.postgres_url(OWNER), autocommit=True) as connection:
        return connection.execute(query).fetchone()


def test_the_owner_may_make_roles_databases_and_extensions_but_is_no_superuser(
    places: Places, account: Account
) -> None:
    with running_postgres(places, account, durable=False):
        rights = "SELECT rolsuper, rolcreaterole, rolcreatedb FROM pg_roles WHERE rolname = current_user"
        assert row(places, rights) == (False, True, True)
        form = (
            "SELECT datlocprovider, datlocale, pg_encoding_to_char(encoding), pg_get_userbyid(datdba) "
            "FROM pg_database WHERE datname = 'lsp'"
        )
        assert row(places, form) == ("b", "C.UTF-8", "UTF8", OWNER)
        with psycopg.connect(places.postgres_url(OWNER), autocommit=True) as connection:
            for name in EXTENSIONS:
                connection.execute(sql.SQL("CREATE EXTENSION {}").format(sql.Identifier(name)))
        assert row(places, "SHOW listen_addresses") == ("",)


@on_linux
def test_a_second_start_finds_the_data_though_the_first_server_was_killed(places: Places, account: Account) -> None:
    with running_postgres(places, account) as first:
        with psycopg.connect(places.postgres_url(OWNER)) as connection:
            connection.execute("CREATE TABLE kept AS SELECT 42 AS answer")
        first.kill_group()
    note = places.postgres / "postmaster.pid"
    _, *rest = note.read_text().split("\n")
    # The number in the note now belongs to some other process of the same user, as after a restart of the machine.
    with Child("other", ("sleep", "60"), log=places.log / "other.log", cwd=Path("/"), account=account) as other:
        note.write_text("\n".join([str(other.pid), *rest]))
        with running_postgres(places, account):
            assert row(places, "SELECT answer FROM kept") == (42,)
    assert not note.exists()


@as_root
def test_nobody_may_open_the_socket_but_is_not_admitted(places: Places, account: Account) -> None:
    with running_postgres(places, account, durable=False):
        intruder = subprocess.run(
            [postgres_programs(account) / "psql", "-c", "SELECT 1", f"host={places.sockets} user=postgres dbname=lsp"],
            check=False,
            capture_output=True,
            text=True,
            cwd="/",
            user=account.uid,
            group=account.gid,
            extra_groups=[],
        )
    assert intruder.returncode != 0
    assert "Peer authentication failed" in intruder.stderr


def test_it_asks_for_the_extensions_that_the_product_needs_and_no_more() -> None:
    assert EXTENSIONS == NEEDED
