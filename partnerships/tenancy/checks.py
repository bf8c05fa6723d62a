"""Refusals to serve: what would make the walls useless, said before the first request."""

import sys
from collections.abc import Sequence
from typing import Any

from django.conf import settings
from django.core.checks import CheckMessage, Error, register, run_checks
from django.db import Error as DatabaseError
from django.db import connections

SERVING = "serving"
EXTENSIONS = ("btree_gist", "pg_trgm")  # periods that never overlap, parts of names

# Whoever is a member of a role can become it with SET ROLE, so each role counts that the application could become.
RIGHTS = """
SELECT EXISTS (
           SELECT FROM pg_roles AS role WHERE pg_has_role(session_user, role.oid, 'MEMBER') AND (
               rolsuper OR rolbypassrls OR rolcreaterole OR EXISTS (
                   SELECT FROM pg_class WHERE relowner = role.oid AND relnamespace = 'public'::regnamespace))),
       ARRAY(SELECT extname::text FROM pg_extension)
"""


@register(SERVING, deploy=True)
def application_has_no_rights_of_its_own(databases: Sequence[str] | None = None, **kwargs: Any) -> list[CheckMessage]:
    """The application's database role may not be able to switch row security off."""
    if not databases:
        return []
    try:
        with connections["default"].cursor() as cursor:
            cursor.execute(RIGHTS)
            unbound, extensions = cursor.fetchone()
    except DatabaseError as error:
        return [
            Error(
                f"The database does not answer: {str(error).strip().splitlines()[0]}",
                hint="Is PostgreSQL running, and does DATABASE_URL name it? script/server starts one by itself.",
                id="lsp.E001",
            )
        ]
    messages: list[CheckMessage] = []
    if unbound:
        messages.append(
            Error(
                "DATABASE_URL names a role that row security cannot bind: a superuser, one that may create roles or "
                "bypass row security, the owner of the tables, or a member of such a role.",
                hint="Let DATABASE_URL name lsp_app. Give DATABASE_OWNER_URL to `manage.py migrate` alone.",
                id="lsp.E002",
            )
        )
    missing = [name for name in EXTENSIONS if name not in extensions]
    if missing:
        messages.append(
            Error(
                f"The database lacks the extension {', '.join(missing)}.",
                hint="Run `manage.py migrate` with DATABASE_OWNER_URL. On Debian postgresql-contrib brings it.",
                id="lsp.E003",
            )
        )
    return messages


@register(SERVING, deploy=True)
def secret_key_is_a_secret(**kwargs: Any) -> list[CheckMessage]:
    """No default key signs anybody in."""
    if len(settings.SECRET_KEY) >= 50 and "insecure" not in settings.SECRET_KEY:
        return []
    return [
        Error(
            "SECRET_KEY is missing, short or a default.",
            hint="Set it to at least 50 random letters: python3 -c 'import secrets; print(secrets.token_urlsafe(64))'",
            id="lsp.E004",
        )
    ]


def stop_unless_fit_to_serve(*also: str) -> None:
    """Exit with a message that says what to do; for the web server's and the worker's start.

    `also` names further tags of checks.
    """
    messages = run_checks(tags=[SERVING, *also], include_deployment_checks=True, databases=["default"])
    connections.close_all()
    errors = [message for message in messages if message.is_serious()]
    for error in errors:
        print(f"Not started. {error.msg}\n  {error.hint}", file=sys.stderr, flush=True)
    if errors:
        raise SystemExit(3)
