"""Looking at processes from outside: what they print, whom they have started, and that these end."""

import os
import subprocess
import sys
import time
from collections.abc import Sequence

import psutil
import pytest

as_root = pytest.mark.skipif(os.geteuid() != 0, reason="only root can give up its rights")
on_linux = pytest.mark.skipif(sys.platform != "linux", reason="only Linux tells a process that its parent has died")


def read_until(process: subprocess.Popen[str], text: str) -> str:
    """What the process prints, up to the line with this text; fails if the process ends before."""
    assert process.stdout
    read = ""
    for line in process.stdout:
        read += line
        if text in line:
            return read
    pytest.fail(f"{text!r} was never printed, but:\n{read}")


def family(process: subprocess.Popen[str]) -> list[psutil.Process]:
    """Every process that this one has started, and those they have started."""
    return list(psutil.Process(process.pid).children(recursive=True))


def assert_all_end(processes: Sequence[psutil.Process], *, seconds: float = 10) -> None:
    """Fails, naming them, if some of the processes still run after so many seconds."""
    end = time.monotonic() + seconds
    while alive := [process for process in processes if runs(process)]:
        assert time.monotonic() < end, alive
        time.sleep(0.05)


def runs(process: psutil.Process) -> bool:
    """Whether it runs still; not if it has ended and only its new parent has yet to notice."""
    try:
        return process.is_running() and process.status() != psutil.STATUS_ZOMBIE
    except psutil.NoSuchProcess:
        return False
