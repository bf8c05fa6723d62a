"""From the command to the first page: cold, with nothing there, and warm, the second time.

`python -m bench.start`. The bare start beside it is PostgreSQL with a new cluster and its tables, and nothing else; the
second time PostgreSQL and a Django that can answer.
"""

import os
import signal
import socket
import statistics
import subprocess
import sys
import time
import urllib.request
from pathlib import Path
from tempfile import TemporaryDirectory

from bench.ground import PROJECT, seconds_of, tell
from lsp.embedded.account import server_account
from lsp.embedded.places import APPLICATION, OWNER, Places
from lsp.embedded.postgres import running_postgres

NAMED = ("DATABASE_URL", "DATABASE_OWNER_URL", "REDIS_URL", "CELERY_BROKER_URL", "SECRET_KEY")


TIMES = 3


def main() -> None:
    """Two lines, of the medians."""
    products, bares = [], []
    for _each in range(TIMES):
        with TemporaryDirectory(prefix="lsp-", dir="/tmp") as folder:
            products.append([seconds_to_first_page(Path(folder, "var")) for _start in ("cold", "warm")])
        with TemporaryDirectory(prefix="lsp-", dir="/tmp") as folder:
            bares.append([seconds_of_bare_start(Path(folder)) for _start in ("cold", "warm")])
    for place, name in enumerate(("cold", "warm")):
        product, bare = (statistics.median(pair[place] for pair in pairs) for pairs in (products, bares))
        tell(f"{name} start to the first 200", product, bare)


def seconds_to_first_page(data: Path) -> float:
    """The whole system: servers, tables, facts, demonstration, web, worker, beat; then it is stopped."""
    with socket.socket() as trial:
        trial.bind(("127.0.0.1", 0))
        port = trial.getsockname()[1]
    environment = {name: value for name, value in os.environ.items() if name not in NAMED}
    environment |= {"LSP_DATA": str(data), "PORT": str(port)}
    began = time.perf_counter()
    process = subprocess.Popen(
        [sys.executable, "-m", "lsp.embedded", "serve"],
        cwd=PROJECT,
        env=environment,
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
    )
    try:
        while not answers(f"http://127.0.0.1:{port}/"):
            assert process.poll() is None, "it ended by itself"
            time.sleep(0.02)
        return time.perf_counter() - began
    finally:
        process.send_signal(signal.SIGTERM)
        process.wait()


def answers(address: str) -> bool:
    """Whether a page comes."""
    try:
        with urllib.request.urlopen(address, timeout=10) as answer:
            return bool(answer.status == 200)
    except OSError:
        return False


def seconds_of_bare_start(folder: Path) -> float:
    """PostgreSQL and its tables; where they stand already, PostgreSQL and a Django that has loaded its addresses."""
    return seconds_of(lambda: start_bare(Places(data=folder, sockets=folder / "sockets")))


def start_bare(places: Places) -> None:
    """As the supervisor does it, with nothing round it."""
    account = server_account()
    places.data.chmod(0o711)
    places.log.mkdir(exist_ok=True)
    account.own(places.sockets)
    is_new = not places.postgres.exists()
    with running_postgres(places, account):
        work = ["manage.py", "migrate", "--no-input"] if is_new else ["-c", "import lsp.wsgi, lsp.urls"]
        subprocess.run(
            [sys.executable, *work], cwd=PROJECT, env=environment_of(places), check=True, stdout=subprocess.DEVNULL
        )


def environment_of(places: Places) -> dict[str, str]:
    """Where the bare Django finds its database."""
    return os.environ | {
        "DJANGO_SETTINGS_MODULE": "lsp.settings",
        "LSP_HTTPS": "no",
        "DATABASE_URL": places.postgres_url(APPLICATION),
        "DATABASE_OWNER_URL": places.postgres_url(OWNER),
        "REDIS_URL": places.cache_url,
        "SECRET_KEY": "only-for-a-measurement-" + "x" * 50,
        "LSP_STATIC_ROOT": str(places.data / "static"),
        "PYTHONWARNINGS": "ignore:No directory at",
        "PYTHONPATH": str(PROJECT),
    }


if __name__ == "__main__":
    main()
