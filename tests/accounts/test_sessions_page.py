"""Where one is signed in: each place with its browser, to be ended alone or all others together."""

from datetime import timedelta

import pytest
from allauth.usersessions.models import UserSession
from django.test import Client
from django.utils import timezone

from accounts.browsers import browser_in_words
from tests.accounts.conftest import NEW
from tests.conftest import confirm
from tests.pages.conftest import words
from tests.world import PASSWORD

URL = "/accounts/sessions/"
FIREFOX = "Mozilla/5.0 (Windows NT 10.0; Win64; x64; rv:128.0) Gecko/20100101 Firefox/128.0"
SAFARI = "Mozilla/5.0 (iPhone; CPU iPhone OS 17_4 like Mac OS X) AppleWebKit/605.1.15 Version/17.4 Mobile Safari/604.1"
EDGE = "Mozilla/5.0 (Windows NT 10.0) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/126.0 Safari/537.36 Edg/126.0"
CHROME = "Mozilla/5.0 (X11; Linux x86_64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/126.0 Safari/537.36"


@pytest.fixture
def places(world, enter):
    """Three browsers of the officer, of which the first has just given the password again; and one of the chair."""
    found = []
    for name, agent, line in (
        ("officer", FIREFOX, "192.0.2.1"),
        ("officer", SAFARI, "192.0.2.2"),
        ("officer", EDGE, "192.0.2.3"),
        ("chair", CHROME, "192.0.2.4"),
    ):
        browser = Client(headers={"User-Agent": agent}, REMOTE_ADDR=line)
        enter(browser, f"{name}@example.org")
        browser.get("/mine/")
        found.append(browser)
    confirm(found[0], world.officer)
    return found


def rows(browser) -> list[tuple[str, str, bool]]:
    return [(row["browser"], row["session"].ip, row["current"]) for row in browser.get(URL).context["rows"]]


def number_of(browser, words_for_it: str) -> int:
    return next(row["session"].pk for row in browser.get(URL).context["rows"] if row["browser"] == words_for_it)


def signed_in(browsers) -> list[bool]:
    return [browser.get("/mine/").status_code == 200 for browser in browsers]


def test_each_place_is_listed_this_one_first(places):
    assert rows(places[0]) == [
        ("Firefox on Windows", "192.0.2.1", True),
        ("Edge on Windows", "192.0.2.3", False),
        ("Safari on iPhone", "192.0.2.2", False),
    ]
    assert [row[0] for row in rows(places[3])] == ["Chrome on Linux"]


def test_one_is_ended(places):
    response = places[0].post(URL, {"session": number_of(places[0], "Safari on iPhone")})
    assert response["Location"] == URL
    assert "You are signed out there." in words(places[0].get(URL))
    assert signed_in(places) == [True, False, True, True]


def test_all_others_are_ended(places):
    places[0].post(URL)
    assert signed_in(places) == [True, False, False, True]
    assert len(rows(places[0])) == 1


def test_nobody_ends_a_session_of_somebody_else(places, world):
    places[0].post(URL, {"session": number_of(places[3], "Chrome on Linux")})
    assert signed_in(places) == [True, True, True, True]


def test_ending_wants_the_password_and_looking_does_not(places):
    assert len(rows(places[1])) == 3
    asked = places[1].post(URL, {"session": number_of(places[1], "Edge on Windows")})
    assert asked["Location"].startswith("/accounts/reauthenticate/")
    assert signed_in(places) == [True, True, True, True]
    places[1].post(asked["Location"], {"password": PASSWORD})
    kept = places[1].get("/accounts/kept/").context["kept"]
    places[1].post(kept.address, dict(kept.fields))
    assert signed_in(places) == [True, True, False, True]


def test_what_has_ended_by_itself_is_not_listed(places):
    UserSession.objects.filter(ip="192.0.2.3").update(last_seen_at=timezone.now() - timedelta(hours=1))
    assert [row[0] for row in rows(places[0])] == ["Firefox on Windows", "Safari on iPhone"]


def test_a_new_password_ends_them_all(places):
    places[0].post("/accounts/password/change/", {"oldpassword": PASSWORD, "password1": NEW, "password2": NEW})
    assert signed_in(places) == [False, False, False, True]


@pytest.mark.parametrize(
    ("agent", "words_for_it"),
    [
        (FIREFOX, "Firefox on Windows"),
        (SAFARI, "Safari on iPhone"),
        (EDGE, "Edge on Windows"),
        (CHROME, "Chrome on Linux"),
        (
            "Mozilla/5.0 (Linux; Android 14) AppleWebKit SamsungBrowser/25 Chrome/121 Safari",
            "Samsung Internet on Android",
        ),
        ("curl/8.5", "A browser that does not say its name"),
        ("", "A browser that does not say its name"),
    ],
)
def test_a_browser_in_words(agent, words_for_it):
    assert browser_in_words(agent) == words_for_it
