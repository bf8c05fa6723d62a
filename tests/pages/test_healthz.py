"""`/healthz`: 200 when all is as it must be, else 503, and it says what is not."""

import time

import pytest
from django.core.cache import cache
from django.db import connection
from django.db.migrations.recorder import MigrationRecorder


def test_all_is_well(world, client):
    response = client.get("/healthz")
    assert response.status_code == 200
    assert response.json() == {"database": "ok", "broker": "ok", "migrations": "ok"}
    assert response["Cache-Control"] == "no-store"
    assert not client.cookies


@pytest.mark.django_db(transaction=True)
def test_the_database_is_away(world, client):
    address = connection.settings_dict["HOST"]
    connection.close()
    connection.settings_dict["HOST"] = "/nonexistent"
    try:
        response = client.get("/healthz")
        page = client.get("/")
    finally:
        connection.close()
        connection.settings_dict["HOST"] = address
    assert response.status_code == 503
    assert response.json() == {"database": "away", "broker": "ok", "migrations": "unknown"}
    assert (page.status_code, page["Retry-After"]) == (503, "10")
    assert "Closed for a moment" in page.content.decode()
    assert client.get("/healthz").status_code == 200


def test_the_broker_is_away(world, client, settings):
    settings.CACHES = {"default": {**settings.CACHES["default"], "LOCATION": "redis://127.0.0.1:1/0"}}
    response = client.get("/healthz")
    assert response.status_code == 503
    assert response.json() == {"database": "ok", "broker": "away", "migrations": "ok"}


def test_the_broker_of_the_workers_is_away_though_the_cache_answers(world, client, monkeypatch):
    monkeypatch.setenv("CELERY_BROKER_URL", "redis://127.0.0.1:1/0")
    started = time.monotonic()
    response = client.get("/healthz")
    assert time.monotonic() - started < 5
    assert response.status_code == 503
    assert response.json() == {"database": "ok", "broker": "away", "migrations": "ok"}


def test_migrations_are_behind(world, client):
    MigrationRecorder.Migration.objects.filter(app="strategies").delete()
    response = client.get("/healthz")
    assert response.status_code == 503
    assert response.json() == {"database": "ok", "broker": "ok", "migrations": "behind"}


def test_it_needs_nobody_and_takes_nothing(world, client):
    assert client.head("/healthz").status_code == 200
    assert client.post("/healthz").status_code == 405
    assert cache.get("healthz") is None


def test_it_answers_without_https_where_all_else_is_sent_there(world, client, settings):
    settings.SECURE_SSL_REDIRECT = True
    assert client.get("/healthz").status_code == 200
    assert client.get("/").status_code == 301
