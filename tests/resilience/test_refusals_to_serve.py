"""Web server and worker do not start with what would make the walls useless, and say what to do."""

import subprocess
import sys
from collections.abc import Callable

import psycopg
import pytest

from lsp.embedded.places import APPLICATION, OWNER, PROJECT, SUPERUSER
from tests.resilience.installation import Installation

WEB = ("-m", "gunicorn", "lsp.wsgi", "--bind", "127.0.0.1:0", "--no-control-socket", "--log-level", "warning")
WORKER = ("-m", "celery", "--app", "lsp", "--quiet", "worker", "--concurrency", "1")

Unfit = Callable[[Installation], dict[str, str]]


def as_superuser(installation: Installation) -> dict[str, str]:
    return {"DATABASE_URL": installation.places.postgres_url(SUPERUSER)}


def as_owner(installation: Installation) -> dict[str, str]:
    return {"DATABASE_URL": installation.places.postgres_url(OWNER)}


def as_a_member_of_the_owner(installation: Installation) -> dict[str, str]:
    with psycopg.connect(installation.places.postgres_url(SUPERUSER), autocommit=True) as connection:
        connection.execute("CREATE ROLE deputy LOGIN; GRANT lsp_owner TO deputy WITH INHERIT FALSE, SET TRUE")
    return {"DATABASE_URL": installation.places.postgres_url("deputy")}


def with_the_cast_outside_a_demonstration(installation: Installation) -> dict[str, str]:
    with psycopg.connect(installation.places.postgres_url(SUPERUSER)) as connection:
        connection.execute(
            "INSERT INTO accounts_person (email, name, password, is_active, is_superuser, created_at) "
            "SELECT 'officer.southwark@example.org', name, password, true, false, created_at FROM accounts_person "
            "WHERE password LIKE 'md5%' LIMIT 1 ON CONFLICT DO NOTHING"
        )
    return {"LSP_DEMONSTRATION": "no"}


def with_letters_that_link_to_http(installation: Installation) -> dict[str, str]:
    return {"LSP_HTTPS": "yes", "LSP_SITE_URL": "http://partnerships.example"}


def without_the_extension(installation: Installation) -> dict[str, str]:
    with psycopg.connect(installation.places.postgres_url(SUPERUSER), autocommit=True) as connection:
        connection.execute("DROP DATABASE IF EXISTS bare")
        connection.execute("CREATE DATABASE bare")
    return {"DATABASE_URL": installation.places.postgres_url(APPLICATION, "bare")}


def with_a_default_key(installation: Installation) -> dict[str, str]:
    return {"SECRET_KEY": "django-insecure-" + "x" * 60}


def with_a_short_key(installation: Installation) -> dict[str, str]:
    return {"SECRET_KEY": "changeme"}


def without_a_database(installation: Installation) -> dict[str, str]:
    return {"DATABASE_URL": "postgresql://lsp_app@127.0.0.1:9/lsp?connect_timeout=2"}


def without_pango(installation: Installation) -> dict[str, str]:
    folder = installation.places.data / "without-pango"
    folder.mkdir()
    (folder / "weasyprint.py").write_text("raise OSError(\"cannot load library 'libpango-1.0-0'\")")
    return {"PYTHONPATH": str(folder)}


UNFIT = {
    as_superuser: ("DATABASE_URL names a role that row security cannot bind", "Let DATABASE_URL name lsp_app"),
    as_owner: ("DATABASE_URL names a role that row security cannot bind", "DATABASE_OWNER_URL"),
    as_a_member_of_the_owner: (
        "DATABASE_URL names a role that row security cannot bind",
        "Let DATABASE_URL name lsp_app",
    ),
    with_the_cast_outside_a_demonstration: (
        "This is not a demonstration, but accounts of the demonstration can sign in: officer.southwark@example.org",
        "Begin with an empty database",
    ),
    with_letters_that_link_to_http: (
        "The site is served by HTTPS, but LSP_SITE_URL is http://partnerships.example",
        "Set LSP_SITE_URL",
    ),
    without_the_extension: ("The database lacks the extension btree_gist", "manage.py migrate"),
    with_a_default_key: ("SECRET_KEY is missing, short or a default", "token_urlsafe"),
    with_a_short_key: ("SECRET_KEY is missing, short or a default", "at least 50"),
    without_pango: ("PDFs cannot be made: cannot load library 'libpango-1.0-0'", "apt-get install libpango-1.0-0"),
    without_a_database: ("The database does not answer", "script/server starts one"),
}


def words(unfit: Unfit) -> str:
    return unfit.__name__.replace("_", " ")


@pytest.mark.parametrize("unfit", [unfit for unfit in UNFIT if unfit is not without_pango], ids=words)
def test_the_web_server_does_not_start_and_says_what_to_do(installation: Installation, unfit: Unfit) -> None:
    assert_refused(WEB, installation.environment | unfit(installation), *UNFIT[unfit])


@pytest.mark.parametrize("unfit", [as_superuser, with_a_default_key, without_pango], ids=words)
def test_the_worker_does_not_start_and_says_what_to_do(installation: Installation, unfit: Unfit) -> None:
    assert_refused(WORKER, installation.environment | unfit(installation), *UNFIT[unfit])


def assert_refused(program: tuple[str, ...], environment: dict[str, str], message: str, advice: str) -> None:
    """It ends by itself, with the message and the advice, without a traceback."""
    started = subprocess.run(
        [sys.executable, *program],
        cwd=PROJECT,
        env=environment,
        capture_output=True,
        text=True,
        timeout=60,
        check=False,
    )
    said = started.stdout + started.stderr
    assert f"Not started. {message}" in said
    assert advice in said
    assert started.returncode == 3
    assert "Traceback" not in said
