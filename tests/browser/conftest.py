"""A browser, the product behind it, and people who look at it."""

import copy
import os
import subprocess
import sys
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any
from urllib.parse import quote

import pytest
from django.conf import settings
from django.core.management import call_command
from django.db import connection
from django.test import Client
from playwright.sync_api import Browser, BrowserContext, Page, expect

from jobs.actions import ring
from jobs.models import Job
from tests import snapshots
from tests.browser import chromium
from tests.browser.stage import Stage, build, furnish
from tests.conftest import as_owner

QUEUES = "reports,reviews,mail,celery"
ROOM = {"width": 1280, "height": 720}
SECONDS_TO_FIND = 10

Visitor = Callable[..., Page]


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Mark what is in this folder, so that `-m "not browser"` leaves it out."""
    here = Path(__file__).parent
    for item in items:
        if item.path.is_relative_to(here):
            item.add_marker(pytest.mark.browser)


@pytest.fixture(scope="session")
def browser() -> Iterator[Browser]:
    """Chromium, once for each process of the run."""
    with pytest.MonkeyPatch.context() as patch, chromium.started() as browser:
        # Playwright keeps an event loop in this thread, which Django takes for asynchronous code of ours.
        patch.setenv("DJANGO_ALLOW_ASYNC_UNSAFE", "true")
        expect.set_options(timeout=SECONDS_TO_FIND * 1000)
        yield browser


_stages: dict[str, Stage] = {}


def _set(name: str, make: Callable[[], Stage]) -> Stage:
    """A stage as it was when it was made for the first of these tests."""
    if name in _stages:
        snapshots.bring_back(name)
    else:
        made = make()
        snapshots.keep(name)
        _stages[name] = made
    return copy.deepcopy(_stages[name])


@pytest.fixture
def stage(live_server: Any) -> Stage:
    """The demonstration's partnerships, in place of the small world of the other tests."""

    def make() -> Stage:
        with as_owner():
            call_command("flush", interactive=False, verbosity=0)
        return build()

    return _set("stage", make)


@pytest.fixture
def furnished(stage: Stage) -> Stage:
    """The same with everything that a page can show."""

    def make() -> Stage:
        furnish(stage)
        return stage

    return _set("furnished", make)


@pytest.fixture
def visitor(browser: Browser, live_server: Any, stage: Stage) -> Iterator[Visitor]:
    """`visitor("officer.southwark")` is a tab of that person, signed in; `visitor()` is one of the public."""
    contexts: list[BrowserContext] = []

    def enter(who: str | None = None, **options: Any) -> Page:
        context = browser.new_context(**{"base_url": live_server.url, "viewport": ROOM, **options})
        context.set_default_timeout(SECONDS_TO_FIND * 1000)
        contexts.append(context)
        if who:
            context.add_cookies([session_of(stage, who, live_server.url)])
        return context.new_page()

    yield enter
    for context in contexts:
        context.close()


def session_of(stage: Stage, who: str, url: str) -> Any:
    """The cookie of somebody who is signed in."""
    client = Client()
    client.force_login(stage.person(who), backend="allauth.account.auth_backends.AuthenticationBackend")
    name = settings.SESSION_COOKIE_NAME
    return {"name": name, "value": client.cookies[name].value, "url": url}


@pytest.fixture
def worker(stage: Stage, tmp_path: Path) -> Iterator[None]:
    """A worker of the product: a process of its own, with the rights of the application, on the same database."""
    for job in Job.objects.filter(state=Job.State.QUEUED):
        ring(job)  # a stage that was brought back has rung for none
    database = connection.settings_dict
    url = f"postgresql://lsp_app@{quote(database['HOST'], safe='')}/{database['NAME']}"
    command = [
        sys.executable,
        "-m",
        "celery",
        "-A",
        "lsp",
        "worker",
        "-Q",
        QUEUES,
        "--pool",
        "solo",
        "--loglevel",
        "INFO",
    ]
    log = tmp_path / "worker.log"
    with log.open("w") as output:
        process = subprocess.Popen(
            command,
            cwd=settings.BASE_DIR,
            env=os.environ | {"DATABASE_URL": url},
            stdout=output,
            stderr=subprocess.STDOUT,
        )
    try:
        yield
    finally:
        process.terminate()
        process.wait(timeout=30)
        print(log.read_text())  # pytest shows it when the test has failed
