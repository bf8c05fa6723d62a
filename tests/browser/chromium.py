"""Debian's Chromium, driven by Playwright."""

import os
import shutil
from collections.abc import Iterator
from contextlib import contextmanager

import pytest
from playwright.sync_api import Browser, sync_playwright

SWITCHES = (
    "--no-sandbox",  # its sandbox does not start as root, and it reads no page but ours
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
)
NAMES = ("chromium", "chromium-browser", "google-chrome")
MISSING = (
    "Chromium is missing: `apt-get install chromium`, or name another place of it in LSP_CHROMIUM. "
    "LSP_SKIP_BROWSER=1 leaves the tests in a browser out."
)


def program() -> str:
    """Where Chromium is. Fails the test that needs it when it is nowhere, unless it was asked to be left out."""
    if os.environ.get("LSP_SKIP_BROWSER") == "1":
        pytest.skip("LSP_SKIP_BROWSER=1 leaves the tests in a browser out")
    found = os.environ.get("LSP_CHROMIUM") or next(filter(None, map(shutil.which, NAMES)), None)
    return found or pytest.fail(MISSING, pytrace=False)


@contextmanager
def started() -> Iterator[Browser]:
    """One Chromium for many pages; every visitor gets a profile of their own."""
    path = program()
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=path, args=list(SWITCHES))
        try:
            yield browser
        finally:
            browser.close()
