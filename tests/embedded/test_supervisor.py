"""The supervisor with a real PostgreSQL and Valkey, and stand-ins for the application (`stub.py`)."""

import signal
import socket
import subprocess
import time
import urllib.request
from pathlib import Path

import psutil
import pytest

from tests.embedded.conftest import StartProgram
from tests.embedded.processes import assert_all_end, family, on_linux, read_until

STUB = Path(__file__).with_name("stub.py")


def started(start: StartProgram, port: int) -> subprocess.Popen[str]:
    """A supervisor that has said it is ready, and is."""
    supervisor = start(STUB, PORT=str(port))
    assert f"http://127.0.0.1:{port}/" in read_until(supervisor, "The system is ready")
    assert answers(port)
    return supervisor


def answers(port: int) -> bool:
    try:
        with urllib.request.urlopen(f"http://127.0.0.1:{port}/healthz", timeout=5) as answer:
            return bool(answer.status == 200)
    except OSError:
        return False


def child_named(supervisor: subprocess.Popen[str], word: str) -> psutil.Process:
    """The one direct child whose command line has this word in it."""
    (found,) = [child for child in psutil.Process(supervisor.pid).children() if word in " ".join(child.cmdline())]
    return found


def test_every_way_of_asking_stops_everything_in_order_and_a_next_start_finds_its_data(
    start: StartProgram, port: int, tmp_path: Path
) -> None:
    key = ""
    for number in (signal.SIGINT, signal.SIGTERM, signal.SIGHUP):
        supervisor = started(start, port)
        processes = family(supervisor)
        supervisor.send_signal(number)
        assert supervisor.wait(30) == 0
        assert_all_end(processes, seconds=1)
        assert not (tmp_path / "var" / "postgres" / "postmaster.pid").exists()
        kept = (tmp_path / "var" / "secret-key").read_text()
        assert len(kept) >= 50
        assert key in ("", kept)
        key = kept
    log = (tmp_path / "var" / "log" / "postgres.log").read_text()
    assert log.count("database system is shut down") == 3
    assert "not properly shut down" not in log


@on_linux
def test_killed_it_leaves_no_process_and_the_next_start_goes_on(start: StartProgram, port: int) -> None:
    supervisor = started(start, port)
    processes = family(supervisor)
    supervisor.kill()
    started(start, port)  # at once: it waits for the old PostgreSQL, which is just stopping
    assert_all_end(processes, seconds=1)


def test_a_web_server_that_dies_is_started_again(start: StartProgram, port: int) -> None:
    supervisor = started(start, port)
    first = child_named(supervisor, f"http.server {port}")
    first.kill()
    assert "web has ended (signal 9); it starts again in 1 s" in read_until(supervisor, "web has ended")
    end = time.monotonic() + 10
    while not answers(port):
        assert time.monotonic() < end
        time.sleep(0.1)
    assert child_named(supervisor, f"http.server {port}").pid != first.pid


def test_without_its_database_it_ends_with_a_plain_message(start: StartProgram, port: int) -> None:
    supervisor = started(start, port)
    processes = family(supervisor)
    child_named(supervisor, "postgres").kill()
    output, _ = supervisor.communicate(timeout=30)
    assert "PostgreSQL has ended, and nothing works without it." in output
    assert "Traceback" not in output
    assert supervisor.returncode == 1
    assert_all_end(processes)


def test_a_second_one_on_the_same_data_is_refused(start: StartProgram, port: int, tmp_path: Path) -> None:
    started(start, port)
    second = start(STUB, PORT=str(port))
    output, _ = second.communicate(timeout=30)
    assert f"The system already runs with the data in {tmp_path / 'var'}." in output
    assert "LSP_DATA=/some/folder PORT=8001 script/server" in output
    assert second.returncode == 1


def test_a_port_in_use_is_told_before_anything_is_started(start: StartProgram, port: int, tmp_path: Path) -> None:
    with socket.create_server(("127.0.0.1", port)):
        supervisor = start(STUB, PORT=str(port))
        output, _ = supervisor.communicate(timeout=30)
    assert f"Port {port} of 127.0.0.1 is in use." in output
    assert supervisor.returncode == 1
    assert not (tmp_path / "var" / "postgres").exists()


@pytest.mark.parametrize("number", [signal.SIGINT, signal.SIGTERM])
def test_asked_to_stop_while_it_starts_it_stops(start: StartProgram, port: int, number: signal.Signals) -> None:
    supervisor = start(STUB, PORT=str(port))
    read_until(supervisor, "PostgreSQL")
    supervisor.send_signal(number)
    output, _ = supervisor.communicate(timeout=30)
    assert output.endswith("Stopped.\n")
    assert supervisor.returncode == 0
