"""A process of the application that is started anew when it ends, after a pause that grows if it keeps ending."""

from types import TracebackType
from typing import Self

from lsp.embedded.child import Child
from lsp.embedded.places import Places
from lsp.embedded.services import Service
from lsp.embedded.terminal import say

FIRST_PAUSE = 1.0  # seconds
LONGEST_PAUSE = 30.0
STEADY = 60.0  # a process that has run as long is well again


class Watched:
    """A service and the process that now runs it; stopped at the end of the `with` block."""

    def __init__(self, service: Service, places: Places, environment: dict[str, str]) -> None:
        self.service = service
        self._places = places
        self._environment = environment
        self.child: Child = self._start()
        self._pause = FIRST_PAUSE
        self._began: float | None = None
        self._due: float | None = None

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.child.stop()

    def restart_if_ended(self, *, now: float) -> None:
        """Called now and then, with a clock's seconds: start it anew if it has ended and its pause is over."""
        if self._due is not None:
            if now >= self._due:
                self.child, self._began, self._due = self._start(), now, None
            return
        code = self.child.exit_code()
        if code is None:
            if self._began is None:
                self._began = now
            elif now - self._began >= STEADY:
                self._pause = FIRST_PAUSE
            return
        self.child.kill_group()
        say(f"{self.service.name} has ended ({_how(code)}); it starts again in {self._pause:.0f} s")
        self._due = now + self._pause
        self._pause = min(self._pause * 2, LONGEST_PAUSE)

    def _start(self) -> Child:
        return self.service.start(self._places, self._environment)


def _how(code: int) -> str:
    return f"signal {-code}" if code < 0 else f"exit code {code}"
