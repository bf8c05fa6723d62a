"""The two cookies: for this site alone, out of a script's reach, over HTTPS alone where there is HTTPS."""

import pytest

from tests.accounts.conftest import LOGIN


@pytest.mark.parametrize("https", [True, False])
def test_both_cookies_are_guarded(world, client, enter, settings, https):
    settings.SESSION_COOKIE_SECURE = settings.CSRF_COOKIE_SECURE = https
    client.get(LOGIN)
    enter(client)
    for name in ("sessionid", "csrftoken"):
        cookie = client.cookies[name]
        assert cookie["httponly"] is True
        assert cookie["samesite"] == "Lax"
        assert bool(cookie["secure"]) is https
    assert client.cookies["sessionid"]["max-age"] == ""  # it ends with the browser


def test_the_cookie_of_the_session_is_good_for_half_a_day_at_most(settings):
    assert settings.SESSION_COOKIE_AGE == 12 * 60 * 60


def test_who_only_reads_gets_no_cookie(world, client):
    for address in ("/", "/partnerships/", "/p/southwark/", "/regions/", "/cookies/"):
        client.get(address)
    assert not client.cookies
