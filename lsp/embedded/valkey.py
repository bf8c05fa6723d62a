"""The embedded Valkey: cache and broker. It keeps nothing on disk.

The broker is a doorbell. What must happen stands in a job's row, and a sweep rings again: a lost queue costs seconds.
"""

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import redis

from lsp.embedded.account import Account
from lsp.embedded.binaries import valkey_program
from lsp.embedded.child import Child
from lsp.embedded.places import Places

SECONDS_TO_START = 20


@contextmanager
def running_valkey(places: Places, account: Account) -> Iterator[Child]:
    """Valkey on its socket. Raises `Trouble`."""
    with Child(
        "Valkey",
        _command(valkey_program(account), places.valkey_socket),
        log=places.log / "valkey.log",
        cwd=places.sockets,
        account=account,
    ) as child:
        child.wait_until_answers(lambda: _answers(places.valkey_socket), seconds=SECONDS_TO_START)
        yield child


def _command(program: Path, socket: Path) -> list[str | Path]:
    return [
        program,
        *("--port", "0"),
        *("--unixsocket", socket),
        *("--unixsocketperm", "700"),
        *("--save", ""),
        *("--appendonly", "no"),
        # When memory runs short, cached values go; messages to the workers, which have no expiry date, stay.
        *("--maxmemory", "256mb"),
        *("--maxmemory-policy", "volatile-lru"),
    ]


def _answers(socket: Path) -> bool:
    try:
        with redis.Redis(unix_socket_path=str(socket)) as client:
            return bool(client.ping())
    except redis.ConnectionError:
        return False
