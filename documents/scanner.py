"""The hook to a virus scanner: clamd, or in so many words none.

`LSP_SCANNER` is `clamd://host:3310`, `clamd:///run/clamav/clamd.sock`, or `none`. Unset on a server, nothing passes:
what is uploaded stays “being checked” until it is set.
"""

import re
import socket
import struct
import time
from dataclasses import dataclass
from urllib.parse import urlsplit

from django.conf import settings

NONE = "none"
PORT = 3310
CONNECTING, SCANNING = 5, 120  # seconds
PIECE = 64 * 1024
LONGEST_ANSWER = 4096
TOO_LARGE = "larger than the scanner takes"
FOUND = re.compile(r"stream: (?P<name>.+) FOUND")


class ScannerAway(Exception):
    """No scanner has said anything about the file: it is asked again later."""


@dataclass(frozen=True)
class Address:
    """Where clamd listens: a socket in the file system, or a host with a port."""

    path: str = ""
    host: str = ""
    port: int = PORT


def is_set() -> bool:
    """Whether files are scanned here, and not only inspected."""
    return settings.SCANNER not in {"", NONE}


def address_of(setting: str) -> Address:
    """What `LSP_SCANNER` says. Raises ValueError."""
    parts = urlsplit(setting)
    if parts.scheme != "clamd" or bool(parts.hostname) == (parts.path not in {"", "/"}):
        raise ValueError("LSP_SCANNER is neither clamd://host:port nor clamd:///path/of/socket nor none")
    return Address(host=parts.hostname, port=parts.port or PORT) if parts.hostname else Address(path=parts.path)


def scan(content: bytes) -> str:
    """The name of what was found, or an empty string. Raises ScannerAway."""
    if settings.SCANNER == NONE:
        return ""
    if not settings.SCANNER:
        raise ScannerAway("LSP_SCANNER is not set")
    until = time.monotonic() + SCANNING
    try:
        with _connected(address_of(settings.SCANNER)) as connection:
            answer = _asked(connection, content, until)
    except (OSError, ValueError) as error:
        raise ScannerAway(str(error)) from error
    return _verdict(answer)


def _connected(address: Address) -> socket.socket:
    if address.host:
        return socket.create_connection((address.host, address.port), timeout=CONNECTING)
    connection = socket.socket(socket.AF_UNIX, socket.SOCK_STREAM)
    connection.settimeout(CONNECTING)
    try:
        connection.connect(address.path)
    except OSError:
        connection.close()
        raise
    return connection


def _asked(connection: socket.socket, content: bytes, until: float) -> bytes:
    """INSTREAM of clamd(8): pieces with their lengths, one of no length, and a line that ends with a zero byte."""
    try:
        _send(connection, b"zINSTREAM\0", until)
        for at in range(0, len(content), PIECE):
            piece = content[at : at + PIECE]
            _send(connection, struct.pack(">I", len(piece)) + piece, until)
        _send(connection, struct.pack(">I", 0), until)
    except (BrokenPipeError, ConnectionResetError):
        pass  # it has heard enough; perhaps it has said why
    answer = b""
    while not answer.endswith(b"\0") and len(answer) < LONGEST_ANSWER:
        connection.settimeout(_left(until))
        received = connection.recv(LONGEST_ANSWER)
        if not received:
            break
        answer += received
    return answer


def _send(connection: socket.socket, data: bytes, until: float) -> None:
    connection.settimeout(_left(until))
    connection.sendall(data)


def _left(until: float) -> float:
    left = until - time.monotonic()
    if left <= 0:
        raise TimeoutError("The scanner takes too long")
    return left


def _verdict(answer: bytes) -> str:
    """Only the one right answer lets a file pass."""
    if not answer.endswith(b"\0") or answer.count(b"\0") > 1:
        raise ScannerAway("The scanner broke off, or said more than one thing")
    words = answer[:-1].decode("utf-8", "replace").strip()
    if words == "stream: OK":
        return ""
    if found := FOUND.fullmatch(words):
        return found["name"][:200]
    if words.startswith("INSTREAM size limit exceeded"):
        return TOO_LARGE
    raise ScannerAway(f"The scanner said: {words[:100]!r}")
