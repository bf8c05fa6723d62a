"""What every measurement stands on: the demonstration in throw-away servers, and a way to measure.

Run under `python -m lsp.embedded run --`, which lends the servers.
"""

import os
import statistics
import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path

import django

from lsp.embedded.places import APPLICATION, OWNER

PROJECT = Path(__file__).resolve().parents[1]


def prepare() -> None:
    """Tables, facts, demonstration, static files; from then on this process is the application, as lsp_app."""
    if "DATABASE_OWNER_URL" not in os.environ:
        sys.exit("Run it as: python -m lsp.embedded run -- python -m bench.…")
    owner = os.environ.pop("DATABASE_OWNER_URL")
    os.environ |= {
        "DATABASE_URL": owner.replace(f"{OWNER}@", f"{APPLICATION}@"),
        "DJANGO_SETTINGS_MODULE": "lsp.settings",
        "LSP_HTTPS": "no",
        "LSP_DEMONSTRATION": "yes",
        "LSP_LOG_LEVEL": "ERROR",
    }
    manage("migrate", "--no-input", DATABASE_OWNER_URL=owner)
    for command in ("load_reference", "demo", "collectstatic"):
        manage(command, *(["--no-input"] if command == "collectstatic" else []))
    django.setup()


def manage(command: str, *options: str, **environment: str) -> None:
    """One of the commands of manage.py, in a process of its own."""
    subprocess.run(
        [sys.executable, "manage.py", command, *options],
        cwd=PROJECT,
        env=os.environ | environment,
        check=True,
        stdout=subprocess.DEVNULL,
    )


def seconds_of(work: Callable[[], object]) -> float:
    """How long it takes, by the clock on the wall."""
    began = time.perf_counter()
    work()
    return time.perf_counter() - began


def median_of(work: Callable[[], object], *, times: int, warm: int = 3) -> float:
    """The median of so many times, in seconds, after a few that do not count."""
    for _each in range(warm):
        work()
    return statistics.median(seconds_of(work) for _each in range(times))


def tell(what: str, product: float, bare: float) -> None:
    """One line: both times and their ratio."""
    print(f"{what}: {_words(product)}, bare {_words(bare)}, ratio {product / bare:.2f}", flush=True)


def _words(seconds: float) -> str:
    return f"{seconds:.2f} s" if seconds >= 1 else f"{seconds * 1000:.2f} ms"
