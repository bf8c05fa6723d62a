"""A scanner that stands in for clamd: it listens on the loopback or a socket, speaks INSTREAM, and can misbehave."""

import socket
import struct
import threading
import time
from collections.abc import Callable
from pathlib import Path

# The test signature of the European Institute for Computer Antivirus Research, put together so that no scanner finds
# it in this file.
EICAR = b"X5O!P%@AP[4\\PZX54(P^)7CC)7}$EICAR-" + b"STANDARD-ANTIVIRUS-TEST-FILE!$H+H*"


class Clamd:
    """`received` are the files it was given. `answers` says what becomes of a connection once a file is there."""

    def __init__(self, path: Path | None = None, *, largest: int | None = None) -> None:
        if path:
            self._listening = socket.socket(socket.AF_UNIX, socket.SOCK_STREAM)
            self._listening.bind(str(path))
            self._listening.listen()
        else:
            self._listening = socket.create_server(("127.0.0.1", 0))
        self._largest = largest
        self.address = f"clamd://{path or f'127.0.0.1:{self._listening.getsockname()[1]}'}"
        self.received: list[bytes] = []
        self.answers: Callable[[socket.socket, bytes], None] = says
        threading.Thread(target=self._serve, daemon=True).start()

    def stop(self) -> None:
        """Nobody listens there any more."""
        self._listening.shutdown(socket.SHUT_RDWR)
        self._listening.close()

    def _serve(self) -> None:
        while True:
            try:
                connection, _address = self._listening.accept()
            except OSError:
                return
            with connection:
                try:
                    self._hear(connection)
                except OSError:
                    continue

    def _hear(self, connection: socket.socket) -> None:
        heard = connection.makefile("rb")
        if heard.read(10) != b"zINSTREAM\0":
            connection.sendall(b"UNKNOWN COMMAND\0")
            return
        content = b""
        while length := struct.unpack(">I", heard.read(4))[0]:
            content += heard.read(length)
            if self._largest is not None and len(content) > self._largest:
                connection.sendall(b"INSTREAM size limit exceeded. ERROR\0")
                return
        self.received.append(content)
        self.answers(connection, content)


def says(connection: socket.socket, content: bytes) -> None:
    """As clamd answers."""
    found = b"Win.Test.EICAR_HDB-1 FOUND" if EICAR in content else b"OK"
    connection.sendall(b"stream: " + found + b"\0")


def says_instead(answer: bytes) -> Callable[[socket.socket, bytes], None]:
    """It answers so, whatever it was given."""
    return lambda connection, content: connection.sendall(answer)


def trickles(connection: socket.socket, content: bytes) -> None:
    """A byte now and then, and never an end."""
    for _number in range(100):
        connection.sendall(b"s")
        time.sleep(0.05)
