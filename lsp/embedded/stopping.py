"""Being asked to stop: Ctrl-C, TERM and HUP are noted at once and obeyed at the next safe point."""

import signal
import time
from collections.abc import Callable
from types import FrameType

STOP_SIGNALS = (signal.SIGINT, signal.SIGTERM, signal.SIGHUP)

_received: list[signal.Signals] = []


class Stopped(Exception):
    """Somebody asked for an orderly end. `signal` is how."""

    def __init__(self, received: signal.Signals) -> None:
        super().__init__(received.name)
        self.signal = received


def note_stop_signals() -> None:
    """From now on the stop signals raise nothing by themselves; `pause` reports the first of them."""
    _received.clear()
    for number in STOP_SIGNALS:
        signal.signal(number, _note)


def _note(number: int, frame: FrameType | None) -> None:
    _received.append(signal.Signals(number))


def asked_to_stop() -> signal.Signals | None:
    """How somebody has asked to stop, if anybody has."""
    return _received[0] if _received else None


def pause(seconds: float) -> None:
    """Sleep, then raise `Stopped` if somebody has asked to stop."""
    time.sleep(seconds)
    if received := asked_to_stop():
        raise Stopped(received)


def wait_until(ready: Callable[[], bool], *, seconds: float, every: float = 0.02) -> bool:
    """Ask until the answer is yes; False if it is still no after so many seconds. Raises `Stopped`."""
    end = time.monotonic() + seconds
    while not ready():
        if time.monotonic() > end:
            return False
        pause(every)
    return True
