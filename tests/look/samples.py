"""The frame of pages with all its furniture, drawn without a database."""

from pathlib import Path
from types import SimpleNamespace
from typing import Any

from django.conf import settings
from django.template.loader import render_to_string
from django.test import RequestFactory, override_settings

ROOT = Path(settings.BASE_DIR)
TEMPLATES = ROOT / "templates"

ENTRIES = [{"label": "Find a partnership", "url": "/partnerships/", "active": True}]
ANONYMOUS: dict[str, Any] = {
    "demonstration": True,
    "print_view_url": "?view=print",
    "navigation": [
        *ENTRIES,
        {"label": "Sign in", "url": "/accounts/login/", "end": True},
    ],
}
OFFICER: dict[str, Any] = {
    **ANONYMOUS,
    "navigation": [
        *ENTRIES,
        {"label": "Officer, Southwark", "url": "/accounts/", "end": True},
    ],
    "user": SimpleNamespace(is_authenticated=True, name="Officer, Southwark", email="officer@example.org"),
    "csrf_token": "token",
}
INSIDE: dict[str, Any] = {
    **OFFICER,
    "partnership": SimpleNamespace(name="Southwark Local Strategic Partnership", slug="southwark"),
    "partnership_facts": ["London", "26 seats"],
    "subnavigation": [
        {"label": "Overview", "url": "#1", "active": True},
        {"label": "Members", "url": "#2"},
    ],
}


def draw(template: str, context: dict[str, Any], address: str = "") -> str:
    """A template with this context alone, or as the answer to a request for an address.

    Static files have their own names, as before `collectstatic`.
    """
    plain = {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"}
    with override_settings(STORAGES={**settings.STORAGES, "staticfiles": plain}):
        return render_to_string(template, context, RequestFactory().get(address) if address else None)


def messages(*pairs: tuple[str, str]) -> list[Any]:
    """Messages as the frame reads them, of (level, words)."""

    class Message(str):
        level_tag: str

    made = []
    for level, words in pairs:
        made.append(Message(words))
        made[-1].level_tag = level
    return made
