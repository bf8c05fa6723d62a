"""Every test here starts from an environment that names no database, no broker, and data of its own."""

import os
import signal
import socket
import subprocess
import sys
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from lsp.embedded.places import PROJECT

NAMED_BY_A_RUN = ("DATABASE_URL", "DATABASE_OWNER_URL", "REDIS_URL", "CELERY_BROKER_URL", "SECRET_KEY", "HOST", "PORT")

StartProgram = Callable[..., subprocess.Popen[str]]


@pytest.fixture(autouse=True)
def own_environment(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    """As on a fresh machine."""
    for name in NAMED_BY_A_RUN:
        monkeypatch.delenv(name, raising=False)
    monkeypatch.setenv("LSP_DATA", str(tmp_path / "var"))
    monkeypatch.setenv("PYTHONPATH", str(PROJECT))


@pytest.fixture
def port() -> int:
    """A port that nobody uses."""
    with socket.socket() as trial:
        trial.bind(("127.0.0.1", 0))
        return int(trial.getsockname()[1])


@pytest.fixture
def start() -> Iterator[StartProgram]:
    """Start a Python program of ours whose output is read; whatever is left of it is ended."""
    started: list[subprocess.Popen[str]] = []

    def start_one(*arguments: str | Path, **environment: str) -> subprocess.Popen[str]:
        process = subprocess.Popen(
            [sys.executable, *map(str, arguments)],
            env=os.environ | environment,
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            text=True,
        )
        started.append(process)
        return process

    yield start_one
    for process in started:
        if process.poll() is None:
            process.send_signal(signal.SIGTERM)
        process.communicate(timeout=30)
