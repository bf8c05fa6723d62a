"""Servers for one command, in a folder that is thrown away with them: for tests and trials."""

import os
import secrets
import signal
import subprocess
import sys
import tempfile
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path

from lsp.embedded.account import server_account
from lsp.embedded.child import die_with_parent
from lsp.embedded.places import OWNER, Places
from lsp.embedded.postgres import running_postgres
from lsp.embedded.stopping import Stopped, asked_to_stop, note_stop_signals
from lsp.embedded.valkey import running_valkey


def run(command: Sequence[str]) -> int:
    """Run a command against servers of its own and return its exit code, 128 + the signal if one ended it.

    Where the environment names a database already, the command gets that one.
    """
    environment = os.environ | {"PATH": f"{Path(sys.executable).parent}{os.pathsep}{os.environ.get('PATH', '')}"}
    note_stop_signals()
    try:
        if environment.get("DATABASE_URL"):
            return _run(command, environment)
        with temporary_servers() as places:
            return _run(command, environment | temporary_environment(places))
    except Stopped as stopped:
        return 128 + stopped.signal


@contextmanager
def temporary_servers() -> Iterator[Places]:
    """PostgreSQL and Valkey in a new folder; both are stopped and the folder is removed at the end."""
    account = server_account()
    with tempfile.TemporaryDirectory(prefix="lsp-", dir="/tmp") as folder:
        places = Places(data=Path(folder), sockets=Path(folder, "sockets"))
        places.data.chmod(0o711)  # the servers' account passes through to the folders that are its own
        places.log.mkdir(mode=0o700)
        account.own(places.sockets)
        with running_postgres(places, account, durable=False), running_valkey(places, account):
            yield places


def temporary_environment(places: Places) -> dict[str, str]:
    """The addresses of these servers. Tests connect as the owner, make their database and become the application."""
    return {
        "DATABASE_URL": places.postgres_url(OWNER),
        "DATABASE_OWNER_URL": places.postgres_url(OWNER),
        "REDIS_URL": places.cache_url,
        "CELERY_BROKER_URL": places.broker_url,
        "SECRET_KEY": secrets.token_urlsafe(50),
        "LSP_DATA": str(places.data),
        "LSP_PRIVATE_ROOT": str(places.data / "private"),
        "LSP_MAIL_ROOT": str(places.data / "mail"),
        "LSP_STATIC_ROOT": str(places.data / "static"),
    }


def _run(command: Sequence[str], environment: dict[str, str]) -> int:
    try:
        process = subprocess.Popen(
            command,
            env=environment,
            preexec_fn=die_with_parent(signal.SIGTERM),  # noqa: PLW1509  (there is one thread)
        )
    except OSError as error:
        print(f"{command[0]}: {error.strerror}", file=sys.stderr)
        return 127
    # The terminal sends Ctrl-C to the command as well; what is sent to us alone is passed on.
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    for number in (signal.SIGTERM, signal.SIGHUP):
        signal.signal(number, lambda received, frame: process.send_signal(received))
    if early := asked_to_stop():
        process.send_signal(early)
    code = process.wait()
    return code if code >= 0 else 128 - code
