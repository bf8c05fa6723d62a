"""How long a process that keeps ending waits before it is started anew."""

import signal
import time
from pathlib import Path

import psutil
import pytest

from lsp.embedded.places import Places
from lsp.embedded.services import Service
from lsp.embedded.stopping import wait_until
from lsp.embedded.watch import FIRST_PAUSE, LONGEST_PAUSE, STEADY, Watched
from tests.embedded.processes import assert_all_end

FAILS_AT_ONCE = Service("worker", ("no_such_module",), seconds_to_stop=1, orphaned_by=signal.SIGTERM)
LIVES = Service("worker", ("http.server", "0", "--bind", "127.0.0.1"), seconds_to_stop=1, orphaned_by=signal.SIGTERM)


@pytest.fixture
def places(tmp_path: Path) -> Places:
    (tmp_path / "log").mkdir()
    return Places(data=tmp_path, sockets=tmp_path)


def end_and_restart(watched: Watched, now: float) -> float:
    """Let it end, and say after how many seconds of the clock it was started again."""
    ended = watched.child
    assert wait_until(lambda: ended.exit_code() is not None, seconds=10)
    waited = 0.0
    while watched.child is ended:
        watched.restart_if_ended(now=now + waited)
        waited += 1
    return waited - 1


def test_the_pause_doubles_up_to_half_a_minute(places: Places) -> None:
    now, pauses = time.monotonic(), []
    with Watched(FAILS_AT_ONCE, places, {}) as watched:
        for _ in range(7):
            pauses.append(end_and_restart(watched, now))
            now += pauses[-1]
    assert pauses == [1, 2, 4, 8, 16, LONGEST_PAUSE, LONGEST_PAUSE]


def test_a_process_that_ran_steadily_starts_again_soon(places: Places) -> None:
    with Watched(FAILS_AT_ONCE, places, {}) as watched:
        for _ in range(3):
            end_and_restart(watched, 0)
        watched.service = LIVES
        end_and_restart(watched, 0)
        watched.restart_if_ended(now=LONGEST_PAUSE + STEADY)
        watched.child.kill_group()
        assert end_and_restart(watched, LONGEST_PAUSE + STEADY) == FIRST_PAUSE


def test_what_a_killed_process_had_started_is_ended_too(places: Places, tmp_path: Path) -> None:
    family = "import subprocess; subprocess.run(['sleep', '60'])"
    (tmp_path / "parent.py").write_text(family)
    service = Service("worker", ("parent",), seconds_to_stop=1, orphaned_by=signal.SIGTERM)
    with Watched(service, places, {"PYTHONPATH": str(tmp_path), "PATH": "/usr/bin:/bin"}) as watched:
        parent = psutil.Process(watched.child.pid)
        assert wait_until(lambda: bool(parent.children()), seconds=10)
        (orphan,) = parent.children()
        parent.kill()
        end_and_restart(watched, 0)
        assert_all_end([orphan])
