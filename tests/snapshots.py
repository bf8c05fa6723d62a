"""Databases put aside as they stand, and brought back: quicker than to empty them and fill them again."""

from collections.abc import Iterator
from contextlib import contextmanager

import psycopg
from django.contrib.contenttypes.models import ContentType
from django.db import connection
from psycopg import sql

_kept: set[str] = set()


def keep(name: str) -> None:
    """Put the database aside under a name, as it stands. Whoever is connected to it is cut off."""
    with _maintenance() as postgres:
        _copy(postgres, _aside(name), of=connection.settings_dict["NAME"])
    _kept.add(name)


def is_kept(name: str) -> bool:
    """Whether a database stands aside under this name."""
    return name in _kept


def bring_back(name: str) -> None:
    """Have the database as it was when it was put aside. Whoever is connected to it is cut off."""
    with _maintenance() as postgres:
        _copy(postgres, connection.settings_dict["NAME"], of=_aside(name))
    ContentType.objects.clear_cache()  # their numbers can be others


def drop_all() -> None:
    """Leave nothing on a server that is not thrown away."""
    with _maintenance() as postgres:
        for name in _kept:
            postgres.execute(sql.SQL("DROP DATABASE {}").format(sql.Identifier(_aside(name))))
    _kept.clear()


def _aside(name: str) -> str:
    return f"{connection.settings_dict['NAME']}_{name}"


def _copy(postgres: psycopg.Connection, name: str, *, of: str) -> None:
    new, old = sql.Identifier(name), sql.Identifier(of)
    # A thread of a server, or of a test, that is over may still hold a connection: a template must have none.
    postgres.execute(
        "SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE datname = %s AND usename = current_user", [of]
    )
    postgres.execute(sql.SQL("DROP DATABASE IF EXISTS {} WITH (FORCE)").format(new))
    postgres.execute(sql.SQL("CREATE DATABASE {} TEMPLATE {} STRATEGY FILE_COPY").format(new, old))


@contextmanager
def _maintenance() -> Iterator[psycopg.Connection]:
    """A connection of the owner's to none of these databases; the test's own is closed meanwhile."""
    connection.close()
    parameters = connection.get_connection_params() | {"dbname": "postgres", "autocommit": True}
    parameters.pop("context", None)
    parameters.pop("cursor_factory", None)
    with psycopg.connect(**parameters) as postgres:
        yield postgres
