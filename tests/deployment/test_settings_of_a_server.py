"""What the settings make of the environment of a server."""

import json
import os
import subprocess
import sys
from typing import Any

import pytest
from django.conf import settings
from django.contrib.sessions.backends.db import SessionStore
from django.contrib.sessions.models import Session
from django.core.checks import Error
from django.db import connection

from accounts.models import Person
from accounts.tasks import clear_sessions
from lsp import checks
from lsp.celery import app
from lsp.demonstration.cast import CAST
from lsp.embedded.address import Address
from lsp.embedded.places import PROJECT, usual_places
from lsp.embedded.services import service_environment
from partnerships.management.commands.migrate import owner_of_the_tables

SERVER = {
    "DATABASE_URL": "postgresql://lsp_app:secret@db.example/lsp?sslmode=verify-full&sslrootcert=/ca.pem",
    "REDIS_URL": "redis://valkey.example/0",
    "SECRET_KEY": "x" * 50,
}
READ = (
    *("DEMONSTRATION", "SITE_URL", "DATABASES"),
    *("SCANNER", "UPLOAD_LIMIT"),
    *("SECURE_HSTS_SECONDS", "SECURE_HSTS_INCLUDE_SUBDOMAINS", "SECURE_HSTS_PRELOAD"),
)
OURS = ("LSP_", "DATABASE_", "DJANGO_")


def settings_with(**environment: str) -> dict[str, Any]:
    """The settings of a process whose environment names these."""
    program = f"import json, lsp.settings as s; print(json.dumps({{name: getattr(s, name) for name in {READ!r}}}))"
    rest = {name: value for name, value in os.environ.items() if not name.startswith(OURS)}
    done = subprocess.run(
        [sys.executable, "-c", program], cwd=PROJECT, env=rest | environment, capture_output=True, text=True, check=True
    )
    found: dict[str, Any] = json.loads(done.stdout)
    return found


def test_a_server_is_no_demonstration_and_binds_no_name_but_its_own() -> None:
    found = settings_with(**SERVER)
    assert found["DEMONSTRATION"] is False
    assert found["SECURE_HSTS_SECONDS"] > 0
    assert (found["SECURE_HSTS_INCLUDE_SUBDOMAINS"], found["SECURE_HSTS_PRELOAD"]) == (False, False)
    found = settings_with(**SERVER, LSP_HSTS_SUBDOMAINS="true", LSP_HSTS_PRELOAD="true")
    assert (found["SECURE_HSTS_INCLUDE_SUBDOMAINS"], found["SECURE_HSTS_PRELOAD"]) == (True, True)


def test_on_a_server_nothing_that_is_uploaded_passes_before_somebody_says_who_scans_it() -> None:
    found = settings_with(**SERVER)
    assert (found["SCANNER"], found["UPLOAD_LIMIT"]) == ("", 20 * 1024 * 1024)
    found = settings_with(**SERVER, LSP_SCANNER="clamd://clamd:3310", LSP_UPLOAD_LIMIT="5")
    assert (found["SCANNER"], found["UPLOAD_LIMIT"]) == ("clamd://clamd:3310", 5 * 1024 * 1024)
    assert settings_with(**SERVER, LSP_DEMONSTRATION="true")["SCANNER"] == "none"


def test_the_options_of_the_address_are_kept_beside_ours() -> None:
    options = settings_with(**SERVER, DATABASE_POOL="8")["DATABASES"]["default"]["OPTIONS"]
    assert (options["sslmode"], options["sslrootcert"]) == ("verify-full", "/ca.pem")
    assert "lock_timeout=5s" in options["options"]
    assert options["pool"]["max_size"] == 8
    own = SERVER | {"DATABASE_URL": "postgresql://lsp_app@db.example/lsp?options=-c%20statement_timeout%3D90s"}
    said = settings_with(**own)["DATABASES"]["default"]["OPTIONS"]["options"]
    assert said.startswith("-c lock_timeout=5s") and said.endswith("-c statement_timeout=90s")


def test_the_owner_migrates_with_the_options_of_their_address(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(settings, "DATABASE_OWNER_URL", "postgresql://lsp_owner@db.example/lsp?sslmode=require")
    before = dict(connection.settings_dict)
    with owner_of_the_tables():
        assert connection.settings_dict["HOST"] == "db.example"
        assert connection.settings_dict["OPTIONS"] == {"sslmode": "require", "options": "-c lock_timeout=5s"}
    assert connection.settings_dict == before


def test_an_address_of_the_site_has_no_slash_at_its_end() -> None:
    assert settings_with(**SERVER, LSP_SITE_URL="https://lsp.example/")["SITE_URL"] == "https://lsp.example"


@pytest.mark.parametrize(
    ("database", "asked", "loaded"),
    [
        ("", "", "true"),
        ("", "false", "false"),
        (SERVER["DATABASE_URL"], "", "false"),
        (SERVER["DATABASE_URL"], "true", "true"),
    ],
)
def test_a_database_of_ones_own_gets_a_demonstration_only_when_asked(
    monkeypatch: pytest.MonkeyPatch, database: str, asked: str, loaded: str
) -> None:
    monkeypatch.setenv("DATABASE_URL", database)
    monkeypatch.setenv("LSP_DEMONSTRATION", asked)
    assert service_environment(Address("127.0.0.1", 8000), usual_places())["LSP_DEMONSTRATION"] == loaded


def errors(**values: Any) -> list[Error]:
    return checks.nobody_enters_by_a_printed_password(databases=["default"], **values)  # type: ignore[return-value]


def test_the_cast_may_stay_where_it_cannot_sign_in(db: None, settings: Any) -> None:
    settings.DEMONSTRATION = False
    assert errors() == []
    officer = Person.objects.create_user(CAST[0].email, "Officer, Southwark", "a-password-of-their-own")
    assert [error.id for error in errors()] == ["lsp.E005"]
    settings.DEMONSTRATION = True
    assert errors() == []
    settings.DEMONSTRATION = False
    officer.is_active = False
    officer.save()
    assert errors() == []
    officer.is_active = True
    officer.set_unusable_password()
    officer.save()
    assert errors() == []


def test_the_clock_forgets_a_ring_when_it_rings_again_and_clears_sessions_daily(db: None) -> None:
    sweep, clear = (app.conf.beat_schedule[name] for name in ("jobs.sweep", "accounts.clear_sessions"))
    assert sweep["options"]["expires"] == sweep["schedule"]
    assert (clear["schedule"].hour, len(clear["schedule"].minute)) == ({3}, 1)
    for name in ("jobs.sweep", "accounts.clear_sessions"):
        assert app.conf.beat_schedule[name]["task"] in app.tasks


def test_only_sessions_that_are_over_are_cleared(db: None) -> None:
    over, open_one = SessionStore(), SessionStore()
    over.set_expiry(-1)
    over.create()
    open_one.create()
    clear_sessions()
    kept = set(Session.objects.values_list("session_key", flat=True))
    assert open_one.session_key in kept and over.session_key not in kept
