"""`migrate` as the owner: the only process that is given DATABASE_OWNER_URL."""

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

import dj_database_url
from django.conf import settings
from django.core.management.base import CommandError
from django.core.management.commands.migrate import Command as Migrate
from django.db import Error as DatabaseError
from django.db import connection
from psycopg import errors, sql

from core.database import options_of

EXTENSION = "Install it on the database's machine; on Debian the package postgresql-contrib has it."

ADVICE: dict[type[Exception], str] = {
    errors.InsufficientPrivilege: "Let DATABASE_OWNER_URL name the owner of the tables; see docs/running.md.",
    errors.FeatureNotSupported: EXTENSION,
    errors.UndefinedFile: EXTENSION,
    errors.OperationalError: "Is PostgreSQL running, and does DATABASE_OWNER_URL name it?",
}


class Command(Migrate):
    """Django's own command, run as the owner of the tables; renews the password of lsp_app from DATABASE_URL."""

    def execute(self, *args: Any, **options: Any) -> Any:
        """Migrate as the owner, if one is named; say plainly what stands in the way."""
        application = dict(connection.settings_dict)
        try:
            with owner_of_the_tables():
                self._refuse_superuser()
                done = super().execute(*args, **options)
                self._renew_password(application["USER"], application["PASSWORD"])
        except DatabaseError as error:
            advice = next((text for kind, text in ADVICE.items() if isinstance(error.__cause__, kind)), None)
            if advice is None:
                raise
            raise CommandError(f"Not migrated. {str(error).strip().splitlines()[0]}\n  {advice}") from error
        return done

    def _refuse_superuser(self) -> None:
        """A superuser passes every policy, so migrations that a real owner cannot run would not be noticed."""
        if not settings.DATABASE_OWNER_URL:
            return
        with connection.cursor() as cursor:
            cursor.execute("SELECT rolsuper FROM pg_roles WHERE rolname = session_user")
            if cursor.fetchone() == (True,):
                raise CommandError(
                    "Not migrated. DATABASE_OWNER_URL names a superuser.\n"
                    "  Make a role with CREATEROLE and CREATEDB that owns the database; see docs/running.md."
                )

    def _renew_password(self, role: str, password: str) -> None:
        """As a SCRAM verifier, so that the password itself appears in no log of statements."""
        if not password or role == connection.settings_dict["USER"]:
            return
        connection.ensure_connection()
        verifier = connection.connection.pgconn.encrypt_password(password.encode(), role.encode(), b"scram-sha-256")
        with connection.cursor() as cursor:
            cursor.execute(
                sql.SQL("ALTER ROLE {} PASSWORD {}").format(sql.Identifier(role), sql.Literal(verifier.decode()))
            )


@contextmanager
def owner_of_the_tables() -> Iterator[None]:
    """Put the owner into the one connection, and take it out again; a second alias would be open to every page."""
    if not settings.DATABASE_OWNER_URL:
        yield
        return
    now: Any = connection.settings_dict
    application, owner = dict(now), dj_database_url.parse(settings.DATABASE_OWNER_URL)
    connection.close()
    now.update({key: owner[key] for key in ("USER", "PASSWORD", "HOST", "PORT")})  # type: ignore[literal-required]
    now["OPTIONS"] = options_of(owner, "-c lock_timeout=5s")
    try:
        yield
    finally:
        connection.close()
        now.update(application)
