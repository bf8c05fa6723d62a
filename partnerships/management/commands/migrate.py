"""`migrate` as the owner: the only process that is given DATABASE_OWNER_URL."""

from typing import Any

import dj_database_url
from django.conf import settings
from django.core.management.base import CommandError
from django.core.management.commands.migrate import Command as Migrate
from django.db import OperationalError, connection
from psycopg import sql


class Command(Migrate):
    """Django's own command, run as the owner of the tables; renews the password of lsp_app from DATABASE_URL."""

    def execute(self, *args: Any, **options: Any) -> Any:
        """Put the owner into the one connection, check and migrate, take it out again."""
        if not settings.DATABASE_OWNER_URL:
            return super().execute(*args, **options)
        settings_dict: Any = connection.settings_dict
        application = dict(settings_dict)
        owner = dj_database_url.parse(settings.DATABASE_OWNER_URL)
        connection.close()
        settings_dict.update({key: owner[key] for key in ("USER", "PASSWORD", "HOST", "PORT")})  # type: ignore[literal-required]
        settings_dict["OPTIONS"] = {"options": "-c lock_timeout=5s"}
        try:
            done = super().execute(*args, **options)
            self._renew_password(application["USER"], application["PASSWORD"])
        except OperationalError as error:
            raise CommandError(f"The database does not answer the owner: {str(error).splitlines()[0]}") from error
        finally:
            connection.close()
            settings_dict.update(application)
        return done

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
