"""Where the embedded servers are, as the settings learn it."""

from pathlib import Path

import dj_database_url
import pytest
import redis
from kombu.connection import Connection

from lsp.embedded.account import server_account
from lsp.embedded.places import default_environment, usual_places
from lsp.embedded.valkey import running_valkey

LONGEST_SOCKET_PATH = 107  # bytes, on Linux


def test_asking_for_the_places_makes_nothing(tmp_path: Path) -> None:
    default_environment()
    assert not (tmp_path / "var").exists()
    assert not usual_places().sockets.exists()


def test_sockets_have_short_paths_wherever_the_data_are(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setenv("LSP_DATA", str(tmp_path / ("long folder" * 30)))
    places = usual_places()
    for socket in (places.valkey_socket, places.sockets / ".s.PGSQL.5432.lock"):
        assert len(bytes(socket)) <= LONGEST_SOCKET_PATH


def test_other_data_have_other_sockets(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    one = usual_places()
    monkeypatch.setenv("LSP_DATA", str(tmp_path / "other"))
    assert usual_places().sockets != one.sockets


def test_django_reads_the_address_of_the_database_as_meant() -> None:
    database = dj_database_url.parse(default_environment()["DATABASE_URL"])
    assert (database["HOST"], database["USER"], database["NAME"]) == (str(usual_places().sockets), "lsp_app", "lsp")


def test_emptying_the_cache_leaves_the_messages_to_the_workers() -> None:
    places, environment, account = usual_places(), default_environment(), server_account()
    places.log.mkdir(parents=True)
    account.own(places.sockets)
    with (
        running_valkey(places, account),
        redis.Redis.from_url(environment["REDIS_URL"]) as cache,
        Connection(environment["CELERY_BROKER_URL"]) as broker,
        broker.SimpleQueue("reports") as queue,
    ):
        queue.put("ring")
        cache.set("rate", 1)
        cache.flushdb()
        assert cache.dbsize() == 0
        assert queue.get(timeout=5).payload == "ring"
    places.sockets.rmdir()


def test_what_the_environment_names_is_left_to_it(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("DATABASE_URL", "postgresql://somewhere/else")
    monkeypatch.setenv("REDIS_URL", "redis://elsewhere")
    named = default_environment().keys() & {"DATABASE_URL", "DATABASE_OWNER_URL", "REDIS_URL", "CELERY_BROKER_URL"}
    assert named == set()
