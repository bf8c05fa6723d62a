"""`python -m lsp.embedded run -- COMMAND`."""

import json
import shutil
import signal
import sys
from pathlib import Path

import pytest

from tests.embedded.conftest import StartProgram
from tests.embedded.processes import assert_all_end, family, on_linux, read_until

RUN = ("-m", "lsp.embedded", "run", "--")
SHOW_ENVIRONMENT = "import json, os; print(json.dumps(dict(os.environ)), flush=True)"
WAIT = f"{SHOW_ENVIRONMENT}; import time; time.sleep(60)"
CONNECT = """
import os, psycopg, redis
with psycopg.connect(os.environ["DATABASE_OWNER_URL"]) as connection:
    print(connection.execute("SELECT session_user").fetchone()[0], redis.Redis.from_url(os.environ["REDIS_URL"]).ping())
raise SystemExit(7)
"""


def test_the_command_finds_servers_and_its_exit_code_is_passed_on(start: StartProgram) -> None:
    run = start(*RUN, "python", "-c", CONNECT)
    output, _ = run.communicate(timeout=60)
    assert (output, run.returncode) == ("lsp_owner True\n", 7)


def test_a_command_ended_by_a_signal_counts_as_in_a_shell(start: StartProgram) -> None:
    run = start(*RUN, "sh", "-c", "kill -KILL $$", DATABASE_URL="postgresql://named/already")
    assert run.wait(30) == 128 + signal.SIGKILL


def test_a_command_that_is_not_there_is_named(start: StartProgram) -> None:
    run = start(*RUN, "no-such-command", DATABASE_URL="postgresql://named/already")
    output, _ = run.communicate(timeout=30)
    assert (output, run.returncode) == ("no-such-command: No such file or directory\n", 127)


def test_a_database_that_is_named_already_is_used(start: StartProgram) -> None:
    run = start(*RUN, "python", "-c", SHOW_ENVIRONMENT, DATABASE_URL="postgresql://named/already")
    output, _ = run.communicate(timeout=30)
    environment = json.loads(output)
    assert environment["DATABASE_URL"] == "postgresql://named/already"
    assert "REDIS_URL" not in environment


@pytest.mark.parametrize("number", [signal.SIGTERM, signal.SIGHUP])
def test_asked_to_stop_it_ends_the_command_and_leaves_nothing(start: StartProgram, number: signal.Signals) -> None:
    run = start(*RUN, sys.executable, "-c", WAIT)
    environment = json.loads(read_until(run, "DATABASE_URL"))
    processes = family(run)
    assert {"postgres", "valkey-server"} <= {process.name() for process in processes}
    run.send_signal(number)
    assert run.wait(30) == 128 + number
    assert_all_end(processes)
    assert not Path(environment["LSP_DATA"]).exists()


@on_linux
def test_killed_it_leaves_no_process(start: StartProgram) -> None:
    run = start(*RUN, sys.executable, "-c", WAIT)
    environment = json.loads(read_until(run, "DATABASE_URL"))
    processes = family(run)
    run.kill()
    assert_all_end(processes)
    shutil.rmtree(environment["LSP_DATA"])
