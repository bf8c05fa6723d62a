"""Where the web server listens, chosen by `HOST` and `PORT`, and whether anybody listens there already."""

import errno
import os
import socket
from dataclasses import dataclass

from lsp.embedded.trouble import Trouble

ANYWHERE = {"0.0.0.0": "127.0.0.1", "::": "::1"}


@dataclass(frozen=True)
class Address:
    """A host and a port of this machine."""

    host: str
    port: int

    @property
    def bind(self) -> str:
        """As gunicorn takes it."""
        return f"{_bracketed(self.host)}:{self.port}"

    @property
    def url(self) -> str:
        """As a browser on this machine opens it."""
        return f"http://{_bracketed(ANYWHERE.get(self.host, self.host))}:{self.port}"


def chosen_address() -> Address:
    """The address from the environment, 127.0.0.1:8000 if it says nothing. Raises `Trouble`."""
    written = os.environ.get("PORT") or "8000"
    if not (written.isascii() and written.isdigit() and 0 < int(written) < 65536):
        raise Trouble(f"PORT has to be a number from 1 to 65535; it is {written!r}.")
    return Address(host=os.environ.get("HOST") or "127.0.0.1", port=int(written))


def check_free(address: Address) -> None:
    """Raises `Trouble` if nobody can listen at the address, with what to do."""
    try:
        family, kind, protocol, _, target = socket.getaddrinfo(
            address.host, address.port, type=socket.SOCK_STREAM, flags=socket.AI_PASSIVE
        )[0]
        with socket.socket(family, kind, protocol) as trial:
            trial.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
            trial.bind(target)
    except OSError as error:
        raise Trouble(_why(address, error)) from error


def _why(address: Address, error: OSError) -> str:
    other = f"PORT={address.port + 1 if 1024 <= address.port < 65535 else 8001} script/server chooses another."
    if error.errno == errno.EADDRINUSE:
        return f"Port {address.port} of {address.host} is in use. {other}"
    if error.errno == errno.EACCES:
        return f"Port {address.port} is kept for root. {other}"
    return f"HOST={address.host} is no address of this machine: {error.strerror}."


def _bracketed(host: str) -> str:
    return f"[{host}]" if ":" in host else host
