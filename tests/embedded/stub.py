"""The supervisor with stand-ins for the application: a web server that is always well, and two that idle."""

import signal
import sys
from pathlib import Path
from unittest.mock import patch

from lsp.embedded import __main__, supervisor
from lsp.embedded.address import Address
from lsp.embedded.places import Places
from lsp.embedded.services import Service


def stand_ins(address: Address, places: Places) -> list[Service]:
    """Three processes that live until they are told to stop."""
    pages = places.data / "pages"
    pages.mkdir(exist_ok=True)
    Path(pages, "healthz").write_text("well")
    web = ("http.server", str(address.port), "--bind", address.host, "--directory", str(pages))
    idle = ("http.server", "0", "--bind", address.host, "--directory", str(pages))
    return [
        Service("worker", idle, seconds_to_stop=5, orphaned_by=signal.SIGQUIT),
        Service("beat", idle, seconds_to_stop=5, orphaned_by=signal.SIGTERM),
        Service("web", web, seconds_to_stop=5, orphaned_by=signal.SIGQUIT),
    ]


if __name__ == "__main__":
    sys.argv[1:] = ["serve"]
    with patch.multiple(supervisor, prepare=lambda places, environment: None, services=stand_ins):
        sys.exit(__main__.main())
