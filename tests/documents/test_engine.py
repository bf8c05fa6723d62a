"""The PDF engine: loaded only by whoever makes a PDF, tells how far it is, and names what the machine lacks."""

import os
import subprocess
import sys

import pytest
from django.conf import settings
from django.core.checks import run_checks

from documents.engine import STEPS, render

PAGE = '<!DOCTYPE html><html lang="en-GB"><head><title>A page</title></head><body><h1>A page</h1>{}</body></html>'
EVERYTHING_A_WEB_SERVER_LOADS = """
import sys, django
django.setup()
import documents.engine, lsp.celery, jobs.tasks, strategies.tasks
from django.urls import get_resolver
assert get_resolver().url_patterns
from django.core.handlers.wsgi import WSGIHandler
WSGIHandler()
loaded = sorted(name for name in sys.modules if name.split(".")[0] in {"weasyprint", "pydyf", "fontTools", "tinyhtml5"})
print(*loaded)
"""


def test_web_server_and_settings_do_not_load_it() -> None:
    """It takes half a second and 60 MB, and needs Pango, which a web server may lack."""
    environment = {**os.environ, "DJANGO_SETTINGS_MODULE": "tests.settings"}
    answer = subprocess.run(
        [sys.executable, "-c", EVERYTHING_A_WEB_SERVER_LOADS],
        env=environment,
        cwd=settings.BASE_DIR,
        capture_output=True,
        text=True,
        check=True,
    )
    assert answer.stdout.split() == []


def test_it_tells_its_steps_in_order() -> None:
    told: list[tuple[int, int]] = []
    render(PAGE.format("<p>Text</p>"), progress=lambda done, total: told.append((done, total)))
    assert told == sorted(set(told)) and len(told) >= 5
    assert {total for _done, total in told} == {STEPS}
    assert all(0 <= done < STEPS for done, _total in told)


def test_the_same_page_gives_the_same_bytes() -> None:
    """So an attempt that is repeated stores what the row of the first one tells."""
    first, second = (render(PAGE.format("<p>Text</p>")).content for _ in range(2))
    assert first == second


def test_it_counts_its_pages() -> None:
    assert render(PAGE.format('<p style="break-before: page">Text</p>' * 3)).pages == 4


def test_pango_that_is_missing_is_named_with_its_package(monkeypatch: pytest.MonkeyPatch) -> None:
    class LibraryIsMissing:
        def find_spec(self, name: str, *_rest: object) -> None:
            if name == "weasyprint":
                raise OSError("cannot load library 'libpango-1.0-0'")

    monkeypatch.delitem(sys.modules, "weasyprint", raising=False)
    monkeypatch.setattr(sys, "meta_path", [LibraryIsMissing(), *sys.meta_path])
    (message,) = run_checks(tags=["documents"], include_deployment_checks=True)
    assert message.id == "documents.E001"
    assert "libpango-1.0-0" in message.msg
    assert "apt-get install libpango-1.0-0 libpangoft2-1.0-0 libharfbuzz-subset0" in (message.hint or "")


def test_with_pango_there_is_nothing_to_say() -> None:
    assert run_checks(tags=["documents"], include_deployment_checks=True) == []
