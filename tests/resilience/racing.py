"""Two processes that start at the same moment, and what each was told."""

import json
import subprocess
from collections.abc import Iterator, Sequence
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass
from functools import partial
from typing import Any

from tests.resilience.installation import Installation


@dataclass(frozen=True)
class Told:
    """What somebody was told: nothing, or which refusal in which words."""

    refused: str
    words: str

    @property
    def won(self) -> bool:
        """Whether it was done."""
        return not self.refused


@dataclass(frozen=True)
class Run:
    """What one racer does: deeds, each with who does it."""

    deeds: Sequence[tuple[str, str]]

    @property
    def who(self) -> str:
        """The name of whoever ends it, as people read it."""
        return self.deeds[-1][1].replace("_", " ").capitalize()


class Process:
    """A process of `racers.py`."""

    def __init__(self, process: subprocess.Popen[bytes], installation: Installation) -> None:
        self._process, self._installation = process, installation

    def ready(self) -> None:
        """Returns when it is."""
        assert self._answer() == {"ready": True}

    def prepare(self, run: Run, on: int, *, number: int = 0, pause: float | None = None) -> None:
        """Have it load what it needs; it is not ready yet."""
        self._say(json.dumps({"deeds": list(run.deeds), "on": on, "number": number, "pause": pause}))

    def go(self) -> None:
        """Have it begin."""
        self._say("go")

    def told(self) -> Told:
        """What came of it."""
        return Told(**self._answer())

    def do(self, run: Run, on: int) -> None:
        """Alone, with nobody against it: it must succeed."""
        self.prepare(run, on)
        self.ready()
        self.go()
        assert self.told().won

    def _say(self, line: str) -> None:
        assert self._process.stdin is not None
        self._process.stdin.write(f"{line}\n".encode())
        self._process.stdin.flush()

    def _answer(self) -> dict[str, Any]:
        assert self._process.stdout is not None
        line = self._process.stdout.readline()
        assert line, self._installation.log()
        answer: dict[str, Any] = json.loads(line)
        return answer


@contextmanager
def racers(installation: Installation, count: int) -> Iterator[list[Process]]:
    """So many processes, ready. On a slow machine they wait longer for each other than a page does (five seconds)."""
    patient = installation.environment["DATABASE_URL"] + "?options=-c%20lock_timeout%3D60s"
    start = partial(installation.process, "-m", "tests.resilience.racers", talks=True, DATABASE_URL=patient)
    with ExitStack() as stack:
        started = [Process(stack.enter_context(start()), installation) for _each in range(count)]
        for process in started:
            process.ready()
        yield started


@dataclass(frozen=True)
class Round:
    """What came of one race about one thing: two runs and what each was told."""

    on: int
    number: int
    runs: tuple[Run, Run]
    told: tuple[Told, Told]

    def winner(self) -> Run:
        """The one that won. Fails unless exactly one did."""
        assert [each.won for each in self.told].count(True) == 1, self
        return self.runs[0] if self.told[0].won else self.runs[1]

    def loser(self) -> Told:
        """What the other was told."""
        self.winner()
        return self.told[1] if self.told[0].won else self.told[0]


def race(
    processes: Sequence[Process],
    runs: tuple[Run, Run],
    things: Sequence[int],
    pauses: tuple[float, float] | None = None,
) -> list[Round]:
    """A round about each thing, by two processes that are both ready when the first is told to begin.

    They take turns in being first, and, with pauses and without locks, in being the one that waits longer.
    """
    rounds = []
    for number, on in enumerate(things):
        order = (0, 1) if number % 2 else (1, 0)
        for place in order:
            processes[place].prepare(runs[place], on, number=number, pause=pauses and pauses[order[place]])
        for process in processes:
            process.ready()
        for place in order:
            processes[place].go()
        rounds.append(Round(on, number, runs, (processes[0].told(), processes[1].told())))
    return rounds
