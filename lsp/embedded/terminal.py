"""What the person at the terminal sees: one line a step, and whatever a process complains about."""

import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path


def say(text: str) -> None:
    """A line for the person at the terminal; nobody to read it (the terminal was closed) is no reason to fail."""
    with suppress(OSError):
        print(text, flush=True)


@contextmanager
def step(name: str) -> Iterator[None]:
    """Say that a step begins, and how many seconds it took once it is done."""
    began = time.monotonic()
    say(f"  {name} …")
    yield
    took = time.monotonic() - began
    if took >= 1:
        say(f"  {name}: done in {took:.0f} s")


class Follower:
    """Shows what is added to a log from now on, each line with the name of the process that wrote it."""

    def __init__(self, name: str, log: Path) -> None:
        self._prefix = f"{name:<6} | "
        self._log = log
        self._read = log.stat().st_size if log.exists() else 0

    def show_new_lines(self) -> None:
        """Print every line that was finished since the last time."""
        if not self._log.exists():
            return
        if self._log.stat().st_size < self._read:  # put aside, and begun anew
            self._read = 0
        with self._log.open("rb") as log:
            log.seek(self._read)
            finished, newline, _ = log.read().rpartition(b"\n")
        self._read += len(finished) + len(newline)
        for line in finished.decode(errors="replace").splitlines():
            say(f"{self._prefix}{line}")
