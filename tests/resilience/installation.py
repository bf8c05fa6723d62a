"""An installation of its own: servers, a database with the cast in it, and processes of the product to kill."""

import copy
import json
import os
import secrets
import signal
import subprocess
import sys
import time
import urllib.error
import urllib.request
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, ExitStack, contextmanager, suppress
from pathlib import Path
from typing import Any

import psycopg

from lsp.embedded.account import server_account
from lsp.embedded.child import Child
from lsp.embedded.places import APPLICATION, DATABASE, OWNER, PROJECT, SUPERUSER, Places
from lsp.embedded.postgres import running_postgres
from lsp.embedded.valkey import running_valkey


class Server:
    """PostgreSQL or Valkey: started, stopped and started again, with the same data."""

    def __init__(self, running: Callable[[], AbstractContextManager[Child]]) -> None:
        self._running = running
        self._end = ExitStack()

    def start(self) -> None:
        """Returns when it answers."""
        self._child = self._end.enter_context(self._running())

    def stop(self) -> None:
        """In order, as somebody who maintains the machine does."""
        self._end.close()

    def kill(self) -> None:
        """`kill -9`, as the kernel does when memory is short."""
        self._child.kill_group()
        self._end.close()


class Installation:
    """The servers, the environment in which the product finds them, and what can be done with it."""

    def __init__(self, folder: Path) -> None:
        self.places = Places(data=folder, sockets=folder / "sockets")
        self.private = folder / "private"
        self.mail = folder / "mail"
        self.database = DATABASE
        account = server_account()
        folder.chmod(0o711)  # the servers' account passes through to the folders that are its own
        self.places.log.mkdir(mode=0o700)
        account.own(self.places.sockets)
        self.postgres = Server(lambda: running_postgres(self.places, account, durable=False))
        self.valkey = Server(lambda: running_valkey(self.places, account))
        self.environment = os.environ | {
            "DJANGO_SETTINGS_MODULE": "tests.resilience.settings",
            "LSP_HTTPS": "no",
            "LSP_DEMONSTRATION": "yes",
            "DATABASE_URL": self.places.postgres_url(APPLICATION),
            "REDIS_URL": self.places.cache_url,
            "CELERY_BROKER_URL": self.places.broker_url,
            "SECRET_KEY": secrets.token_urlsafe(50),
            "LSP_PRIVATE_ROOT": str(self.private),
            "EMAIL_URL": f"file:///{self.mail}",
            "LSP_JOB_HEARTBEAT": "1",
            "LSP_JOB_LOST_AFTER": "3",
            "LSP_JOB_SWEEP_EVERY": "1",
            "PYTHONWARNINGS": "ignore:You're running the worker with superuser privileges",
        }

    def start(self) -> None:
        """Servers, tables, the cast, Southwark's strategy."""
        self.postgres.start()
        self.valkey.start()
        self.run("manage.py", "migrate", "--no-input", DATABASE_OWNER_URL=self.places.postgres_url(OWNER))
        self.office("build")

    def copy(self, name: str, *, broker: int) -> "Installation":
        """The same servers, but a database, a broker, files and letters of its own. No process of the product runs."""
        with psycopg.connect(self.places.postgres_url(SUPERUSER, "postgres"), autocommit=True) as connection:
            connection.execute(f"CREATE DATABASE {name} TEMPLATE {self.database} OWNER {OWNER}")
        other = copy.copy(self)
        other.database = name
        other.private, other.mail = self.places.data / name / "private", self.places.data / name / "mail"
        other.environment = self.environment | {
            "DATABASE_URL": self.places.postgres_url(APPLICATION, name),
            "CELERY_BROKER_URL": f"redis+socket://{self.places.valkey_socket}?virtual_host={broker}",
            "LSP_PRIVATE_ROOT": str(other.private),
            "EMAIL_URL": f"file:///{other.mail}",
        }
        return other

    def stop(self) -> None:
        """The servers; whoever started processes has ended them."""
        self.valkey.stop()
        self.postgres.stop()

    def run(self, *arguments: str, **environment: str) -> str:
        """Run Python to its end and return what it printed; fails with what it complained of."""
        done = subprocess.run(
            [sys.executable, *arguments],
            cwd=PROJECT,
            env=self.environment | environment,
            capture_output=True,
            text=True,
            timeout=120,
            check=False,
        )
        assert done.returncode == 0, done.stderr
        return done.stdout

    def office(self, deed: str, *arguments: str) -> dict[str, Any]:
        """One of the deeds of `office.py`."""
        answer: dict[str, Any] = json.loads(self.run("-m", "tests.resilience.office", deed, *arguments))
        return answer

    def rows(self, query: str, *values: Any, **named: Any) -> list[tuple[Any, ...]]:
        """What the database holds, whoever asks."""
        with psycopg.connect(self.places.postgres_url(SUPERUSER, self.database)) as connection:
            return connection.execute(query, named or values).fetchall()

    @contextmanager
    def process(self, *arguments: str, talks: bool = False, **environment: str) -> Iterator[subprocess.Popen[bytes]]:
        """A process with a group of its own, killed at the end if it still runs. One that `talks` is spoken with."""
        with (self.places.log / "processes.log").open("ab") as log:
            process = subprocess.Popen(
                [sys.executable, *arguments],
                cwd=PROJECT,
                env=self.environment | environment,
                stdin=subprocess.PIPE if talks else subprocess.DEVNULL,
                stdout=subprocess.PIPE if talks else log,
                stderr=log,
                start_new_session=True,
            )
        try:
            yield process
        finally:
            kill(process)
            for pipe in filter(None, (process.stdin, process.stdout)):
                pipe.close()

    def worker(
        self, program: str = "celery", *, pool: int = 2, **environment: str
    ) -> AbstractContextManager[subprocess.Popen[bytes]]:
        """A worker for every queue, with the clock that rings the sweep."""
        return self.process(
            *("-m", program, "--app", "lsp", "--quiet", "worker", "--loglevel", "WARNING"),
            *("--queues", "reports,reviews,mail,celery", "--concurrency", str(pool)),
            *("--beat", "--schedule", str(self.places.data / "schedule")),
            **environment,
        )

    def log(self) -> str:
        """What the processes wrote."""
        return (self.places.log / "processes.log").read_text(errors="replace")[-3000:]


def kill(process: subprocess.Popen[bytes]) -> None:
    """`kill -9`, the process and all it has started."""
    with suppress(ProcessLookupError):
        os.killpg(process.pid, signal.SIGKILL)
    process.wait()


def eventually(happens: Callable[[], bool], *, seconds: float, what: Callable[[], object]) -> None:
    """Wait for something; fails with `what` there was to see if it does not happen."""
    end = time.monotonic() + seconds
    while not happens():
        assert time.monotonic() < end, what()
        time.sleep(0.1)


def status_of(address: str) -> int:
    """The status of an answer; 0 where nobody answers."""
    try:
        with urllib.request.urlopen(address, timeout=20) as answer:
            return int(answer.status)
    except urllib.error.HTTPError as error:
        return int(error.code)
    except OSError:
        return 0
