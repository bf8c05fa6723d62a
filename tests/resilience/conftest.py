"""One installation for the tests of this folder; each leaves its servers running."""

import socket
import tempfile
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.resilience.installation import Installation


@pytest.fixture(scope="session")
def installation() -> Iterator[Installation]:
    """Servers, tables and the cast; no process of the product runs yet."""
    with tempfile.TemporaryDirectory(prefix="lsp-", dir="/tmp") as folder:
        made = Installation(Path(folder))
        try:
            made.start()
            yield made
        finally:
            made.stop()


@pytest.fixture(scope="module")
def unused_port() -> int:
    """A port that nobody uses."""
    with socket.socket() as trial:
        trial.bind(("127.0.0.1", 0))
        return int(trial.getsockname()[1])
