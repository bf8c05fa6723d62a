"""The two SQL scripts that run around every migrate, for every database, test databases too."""

from pathlib import Path
from typing import Any

from django.db import connections


def run(script: str, database: str) -> None:
    """Run one of this folder's SQL scripts in a database, as the owner."""
    with connections[database].cursor() as cursor:
        cursor.execute((Path(__file__).parent / script).read_text(encoding="utf-8"))


def make_roles(using: str, **kwargs: Any) -> None:
    """`pre_migrate`: the roles must stand before the first table."""
    run("roles.sql", using)


def protect_history(using: str, **kwargs: Any) -> None:
    """`post_migrate`: the triggers' functions stand; make them the owner's."""
    with connections[using].cursor() as cursor:
        cursor.execute("SELECT to_regproc('_pgtrigger_should_ignore')")
        if cursor.fetchone()[0] is not None:
            run("history.sql", using)
