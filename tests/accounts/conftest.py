"""Each test begins with nobody having tried anything; and the pages of an account in words."""

import html
import re
import time
from collections.abc import Callable, Iterator
from typing import Any

import pytest
from allauth.mfa.recovery_codes.internal.auth import RecoveryCodes
from allauth.mfa.totp.internal.auth import TOTP, format_hotp_value, generate_totp_secret, hotp_value
from django.core.cache import cache
from django.test import Client

from tests.world import PASSWORD

LOGIN, LOGOUT = "/accounts/login/", "/accounts/logout/"
ADDRESS = "officer@example.org"
NEW = "a-new-and-longer-password"


@pytest.fixture(autouse=True)
def nobody_has_tried(db: None) -> Iterator[None]:
    """Rate limits are counted in the cache, which outlives a test."""
    cache.clear()
    yield
    cache.clear()


@pytest.fixture
def enter() -> Callable[..., Any]:
    """Send the sign-in form; gives the browser's answer."""

    def sent(browser: Client, address: str = ADDRESS, password: str = PASSWORD, **more: str) -> Any:
        return browser.post(LOGIN, {"login": address, "password": password, **more})

    return sent


def errors(response: Any) -> list[str]:
    """What the error summary says."""
    page = response.content.decode()
    summary = re.search(r'error-summary__list">(.*?)</ul>', page, re.DOTALL)
    return [html.unescape(text) for text in re.findall(r"<a[^>]*>(.*?)</a>", summary[1], re.DOTALL)] if summary else []


def heading(response: Any) -> str:
    """The page's own heading."""
    return html.unescape(re.search(r"<h1[^>]*>\s*(.*?)\s*</h1>", response.content.decode(), re.DOTALL)[1])


def code_of(secret: str, *, steps: int = 0) -> str:
    """What an app shows now, or so many half minutes later."""
    return format_hotp_value(hotp_value(secret, int(time.time()) // 30 + steps))


@pytest.fixture
def with_app(world: Any) -> Callable[[str], str]:
    """`with_app("officer")` sets up an app for somebody and gives its secret."""

    def set_up(name: str) -> str:
        secret = generate_totp_secret()
        TOTP.activate(world.people[name], secret)
        RecoveryCodes.activate(world.people[name])
        return secret

    return set_up
