"""Valkey or PostgreSQL goes and comes back: nothing that was done is lost, and the next request works."""

from collections.abc import Iterator
from typing import NamedTuple

import psutil
import pytest

from tests.resilience.installation import Installation, eventually, status_of

FILES = "SELECT edition_id FROM strategies_editionfile ORDER BY edition_id"
WAITING = "SELECT state, attempts, rung_at FROM jobs_job WHERE state <> 'done'"


class Web(NamedTuple):
    """The web server: its address and its first process."""

    address: str
    pid: int


@pytest.fixture(scope="module", params=[0, 4], ids=["a connection a request", "a pool of four"])
def web(request: pytest.FixtureRequest, installation: Installation, unused_port: int) -> Iterator[Web]:
    """The web server as it is run, with and without a pool of connections."""
    address = f"http://127.0.0.1:{unused_port}"
    options = ("--workers", "2", "--threads", "4", "--no-control-socket", "--log-level", "warning")
    bind = ("--bind", f"127.0.0.1:{unused_port}")
    pool = str(request.param)
    with installation.process("-m", "gunicorn", "lsp.wsgi", *bind, *options, DATABASE_POOL=pool) as process:
        eventually(lambda: status_of(f"{address}/healthz") == 200, seconds=60, what=installation.log)
        yield Web(address, process.pid)


def test_postgresql_starts_again_and_every_next_request_works(installation: Installation, web: Web) -> None:
    page = f"{web.address}/p/southwark/"
    assert [status_of(page) for _each in range(12)] == [200] * 12  # both processes have connections now
    installation.postgres.stop()
    away = [status_of(page) for _each in range(2)]
    installation.postgres.start()
    assert [status_of(page) for _each in range(12)] == [200] * 12
    assert away == [503, 503], "while it is away a page says so"
    assert status_of(f"{web.address}/healthz") == 200


def test_a_web_server_has_not_loaded_the_pdf_engine(web: Web) -> None:
    """Asked of the kernel: Pango is mapped into no process that serves pages."""
    assert status_of(f"{web.address}/p/southwark/strategy/") == 200
    served = [psutil.Process(web.pid), *psutil.Process(web.pid).children(recursive=True)]
    assert len(served) == 3
    for process in served:
        mapped = [part.path for part in process.memory_maps()]
        assert any("libssl" in path or "_psycopg" in path or "psycopg" in path for path in mapped)
        assert not [path for path in mapped if "pango" in path]


def test_published_while_valkey_is_away_the_pdf_follows(installation: Installation) -> None:
    """The worker runs all the while and finds Valkey again by itself."""
    with installation.worker():
        (edition,) = installation.office("publish", "1").values()
        eventually(lambda: (edition,) in installation.rows(FILES), seconds=60, what=installation.log)
        installation.valkey.stop()
        answer = installation.office("publish_as_in_a_browser")
        assert answer["statuses"] == [302, 302, 200]
        assert answer["seconds"] < 2, "nobody waits for a broker that is away"
        assert installation.rows(WAITING) == [("queued", 0, None)]
        assert installation.office("sweep")["rung"], "the sweep may ring in vain, and says what for"
        assert installation.rows(WAITING) == [("queued", 0, None)]
        installation.valkey.start()
        eventually(
            lambda: len(installation.rows(FILES)) == count(installation, "strategies_edition"),
            seconds=60,
            what=lambda: (installation.rows(WAITING), installation.log()),
        )
    assert installation.rows(WAITING) == []


def test_a_worker_outlives_a_restart_of_postgresql(installation: Installation) -> None:
    with installation.worker():
        (first,) = installation.office("publish", "1").values()
        eventually(lambda: (first,) in installation.rows(FILES), seconds=60, what=installation.log)
        installation.postgres.stop()
        installation.postgres.start()
        (second,) = installation.office("publish", "1").values()
        eventually(lambda: (second,) in installation.rows(FILES), seconds=60, what=installation.log)


def count(installation: Installation, table: str) -> int:
    ((number,),) = installation.rows(f"SELECT count(*) FROM {table}")
    return int(number)
