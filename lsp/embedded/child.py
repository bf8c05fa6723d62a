"""One process that we started and must not outlive us."""

import ctypes
import os
import signal
import subprocess
import sys
from collections.abc import Callable, Mapping, Sequence
from contextlib import suppress
from pathlib import Path
from types import TracebackType
from typing import BinaryIO, Self

from lsp.embedded.account import Account
from lsp.embedded.stopping import wait_until
from lsp.embedded.trouble import Trouble

PR_SET_PDEATHSIG = 1  # <linux/prctl.h>
LOG_LIMIT = 5_000_000  # bytes; a longer log is put aside when its process starts anew

_libc = ctypes.CDLL(None) if sys.platform == "linux" else None


class Child:
    """A named process in a session of its own, so that Ctrl-C reaches us alone and we stop all in order.

    A `with` block around it ends with its orderly stop.
    """

    def __init__(
        self,
        name: str,
        command: Sequence[str | Path],
        *,
        log: Path,
        cwd: Path,
        environment: Mapping[str, str] | None = None,
        account: Account | None = None,
        stop_by: signal.Signals = signal.SIGTERM,
        seconds_to_stop: float = 10,
        orphaned_by: signal.Signals | None = None,
    ) -> None:
        """Start it.

        `seconds_to_stop` is how long it may take over what it is doing; `orphaned_by` is the signal that Linux sends it
        when we die without a chance to stop it.
        """
        self.name = name
        self.log = log
        self._stop_by = stop_by
        self._seconds_to_stop = seconds_to_stop
        self._group_is_gone = False
        demoted = account if account and account.demoted else None
        with open_log(log) as output:
            self._log_began = output.tell()
            self._process: subprocess.Popen[bytes] = subprocess.Popen(
                list(map(str, command)),
                cwd=cwd,
                env=environment,
                user=demoted.uid if demoted else None,
                group=demoted.gid if demoted else None,
                extra_groups=[] if demoted else None,
                stdin=subprocess.DEVNULL,
                stdout=output,
                stderr=output,
                start_new_session=True,
                preexec_fn=die_with_parent(orphaned_by or stop_by),  # noqa: PLW1509  (there is one thread)
            )

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.stop()

    @property
    def pid(self) -> int:
        """Its process id, which is also that of its group."""
        return self._process.pid

    def exit_code(self) -> int | None:
        """How it ended; None while it runs."""
        return self._process.poll()

    def wait_until_answers(self, answers: Callable[[], bool], *, seconds: float) -> None:
        """Wait until it can be used. Raises `Trouble` if it ends instead, or takes longer."""
        if not wait_until(lambda: self.exit_code() is not None or answers(), seconds=seconds):
            raise self.failed(f"{self.name} did not answer within {seconds:.0f} seconds. It wrote:")
        if self.exit_code() is not None:
            raise self.failed(f"{self.name} did not start. It wrote:")

    def wait_until_done(self, *, seconds: float) -> None:
        """Wait until it has done its work and ended. Raises `Trouble` if it fails, or takes longer."""
        wait_until(lambda: self.exit_code() is not None, seconds=seconds)
        if self.exit_code() != 0:
            raise self.failed(f"{self.name} failed. It wrote:")

    def stop(self) -> None:
        """Ask it to stop, wait, and end whatever is left of its group."""
        if self.exit_code() is None:
            self._process.send_signal(self._stop_by)
            with suppress(subprocess.TimeoutExpired):
                self._process.wait(self._seconds_to_stop)
        self.kill_group()

    def kill_group(self) -> None:
        """End what it leaves behind: a worker killed by force has children of its own."""
        if self._group_is_gone:  # by now its number may be another's
            return
        with suppress(ProcessLookupError):
            os.killpg(self.pid, signal.SIGKILL)
        self._process.wait()
        self._group_is_gone = True

    def last_words(self, lines: int = 20) -> str:
        """The end of what it wrote to its log, indented."""
        with self.log.open("rb") as log:
            log.seek(self._log_began)
            text = log.read().decode(errors="replace")
        return "\n".join(f"    {line}" for line in text.splitlines()[-lines:])

    def failed(self, what: str) -> Trouble:
        """The message that it could not do its work, with the end of its log and where the rest is."""
        return Trouble(f"{what}\n{self.last_words()}\n  The whole log is {self.log}")


def open_log(path: Path) -> BinaryIO:
    """Open a log to append to; a long one is put aside first."""
    if path.exists() and path.stat().st_size > LOG_LIMIT:
        path.replace(path.with_suffix(".old.log"))
    return path.open("ab")


def die_with_parent(number: signal.Signals) -> Callable[[], None]:
    """What a child does before it becomes its program: ask Linux for a signal when its parent dies.

    It must be the last step, since giving up rights takes the request back. Elsewhere than on Linux it does nothing.
    The signal comes when the *thread* that started the child ends, so children are started by the main thread.
    """
    parent = os.getpid()

    def ask() -> None:
        if _libc is None:
            return
        if number != signal.SIGKILL:  # which nobody can ignore
            signal.signal(number, signal.SIG_DFL)  # a shell that starts us in the background has it ignored
        _libc.prctl(PR_SET_PDEATHSIG, int(number), 0, 0, 0)
        if os.getppid() != parent:  # it died while we asked
            os._exit(1)

    return ask
