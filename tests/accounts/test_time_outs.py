"""A session ends after half an hour without a page and after twelve hours in any case; what is typed survives it."""

import re
import time
from datetime import timedelta

import pytest
from allauth.usersessions.models import UserSession
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from accounts.limits import BEGAN, SEEN
from accounts.tasks import clear_sessions
from core.dates import clock
from partnerships.tenancy.context import acting
from strategies.models import Text
from tests.accounts.conftest import LOGIN, heading
from tests.pages.conftest import words
from tests.writing import write_strategy

HOUR = 60 * 60
KEPT, STATE = "/accounts/kept/", "/accounts/session/"
TYPED = "Homes first. <b>Then</b> work.\r\n\r\nÄrger & Æther"


@pytest.fixture
def browser(world, client, enter):
    """The officer, signed in by the page itself, who has opened a page."""
    enter(client)
    client.get("/mine/")
    return client


@pytest.fixture
def vision(world) -> str:
    """The address of a text."""
    strategy = write_strategy(world.southwark, world.officer)
    return reverse("strategies:text", args=["southwark", strategy.pk, "vision"])


def pass_time(browser, seconds: int, *moments: str) -> None:
    """As if so much time had passed."""
    session = browser.session
    for moment in moments or (BEGAN, SEEN):
        session[moment] -= seconds
    session.save()


def test_half_an_hour_without_a_page_is_the_end(browser):
    pass_time(browser, 30 * 60 - 5)
    assert browser.get("/mine/").status_code == 200
    pass_time(browser, 30 * 60)
    assert browser.get("/mine/")["Location"] == f"{LOGIN}?next=/mine/"
    assert "_auth_user_id" not in browser.session


def test_how_long_that_is_can_be_set(browser, settings):
    settings.IDLE_MINUTES = 10
    pass_time(browser, 10 * 60)
    assert browser.get("/mine/").status_code == 302


def test_twelve_hours_are_the_end_whatever_one_does(browser):
    pass_time(browser, 12 * HOUR - 5, BEGAN)
    assert browser.get("/mine/").status_code == 200
    pass_time(browser, 5, BEGAN)
    assert browser.get("/mine/").status_code == 302


def test_a_public_page_is_then_read_as_a_stranger(browser):
    pass_time(browser, HOUR)
    page = browser.get("/regions/")
    assert page.status_code == 200
    assert not page.context["user"].is_authenticated


def test_the_moment_is_written_once_a_minute_at_most(browser):
    def written() -> list[str]:
        with CaptureQueriesContext(connection) as asked:
            browser.get("/mine/")
        return [query["sql"] for query in asked if query["sql"].startswith(("UPDATE", "INSERT"))]

    assert written() == []
    pass_time(browser, 59, SEEN)
    assert written() == []
    pass_time(browser, 1, SEEN)
    assert [sql.split()[1].strip('"') for sql in written()] == ["usersessions_usersession", "django_session"]
    assert browser.session[SEEN] == pytest.approx(time.time(), abs=5)


def test_asking_how_long_it_lasts_does_not_make_it_longer(browser):
    pass_time(browser, 26 * 60)
    for _time in range(2):
        assert browser.get(STATE).json() == {
            "idle": pytest.approx(4 * 60, abs=5),
            "whole": pytest.approx(12 * HOUR - 26 * 60, abs=5),
        }
    assert browser.post(STATE).json()["idle"] == pytest.approx(30 * 60, abs=5)
    assert browser.get(STATE).json()["idle"] == pytest.approx(30 * 60, abs=5)


def test_the_page_says_it_without_a_script_and_carries_what_the_script_needs(browser):
    pass_time(browser, HOUR, BEGAN)
    text = browser.get("/mine/").content.decode()
    said = re.search(r"after 30 minutes without opening or sending a page, and at (\S+) in any case", text)[1]
    assert said in {clock(timezone.now() + timedelta(hours=11, seconds=seconds)) for seconds in (0, -5)}
    data = {name: int(number) for name, number in re.findall(r'data-(idle|whole|warn)="(\d+)"', text)}
    assert data == {"idle": pytest.approx(1800, abs=5), "whole": pytest.approx(11 * HOUR, abs=5), "warn": 300}
    assert "data-lsp-session" not in Client().get("/regions/").content.decode()


def test_what_was_typed_waits_behind_the_sign_in(world, browser, vision, enter):
    version = re.search(r'name="version" value="(\d+)"', browser.get(vision).content.decode())[1]
    pass_time(browser, HOUR)
    response = browser.post(vision, {"body": TYPED, "version": version, "save": "", "password": "secret"})
    assert (response.status_code, heading(response)) == (401, "You are signed out")
    assert "one button" in words(response) and f'href="{LOGIN}?next=%2Faccounts%2Fkept%2F"' in response.content.decode()
    assert "secret" not in str(dict(browser.session))

    assert enter(browser)["Location"] == KEPT  # also without the link
    page = browser.get(KEPT)
    assert heading(page) == "Send what you had typed?"
    assert "Homes first. &lt;b&gt;Then&lt;/b&gt; work." in page.content.decode()
    assert page.context["kept"].fields == [("body", TYPED), ("version", version), ("save", "")]
    assert browser.post(vision, dict(page.context["kept"].fields)).status_code == 302
    with acting(world.southwark.pk):
        assert Text.objects.filter(body__contains="Ärger & Æther").exists()
    assert browser.get(KEPT)["Location"] == "/mine/"


def test_nobody_else_who_signs_in_there_sees_it(browser, vision, enter):
    pass_time(browser, HOUR)
    browser.post(vision, {"body": TYPED, "version": "1"})
    assert enter(browser, "chair@example.org")["Location"] == "/mine/"
    assert browser.get(KEPT)["Location"] == "/mine/"
    assert "What you typed on" not in words(browser.get("/accounts/"))
    assert "Ärger" not in str(dict(browser.session))


def test_an_old_session_that_is_gone_still_says_whose_it_was(browser, vision, enter):
    key = browser.session.session_key
    browser.session.delete()
    assert browser.cookies["sessionid"].value == key
    assert browser.post(vision, {"body": TYPED, "version": "1"}).status_code == 401
    assert enter(browser)["Location"] == KEPT


def test_what_nobody_is_known_to_have_typed_is_not_kept(vision, client, enter):
    client.cookies["sessionid"] = "x" * 32
    response = client.post(vision, {"body": TYPED, "version": "1"})
    assert response.status_code == 401
    assert "put your text in" in words(response)
    assert enter(client)["Location"] == "/mine/"


def test_a_form_from_another_site_is_not_kept(world, vision, enter):
    browser = Client(enforce_csrf_checks=True)
    browser.force_login(world.officer, backend="allauth.account.auth_backends.AuthenticationBackend")
    browser.get("/mine/")
    pass_time(browser, HOUR)
    assert browser.post(vision, {"body": TYPED}).status_code == 403
    assert "kept" not in browser.session


def test_where_one_was_signed_in_is_forgotten_after_a_week(browser):
    UserSession.objects.update(last_seen_at=timezone.now() - timedelta(days=6))
    clear_sessions()
    assert UserSession.objects.exists()
    UserSession.objects.update(last_seen_at=timezone.now() - timedelta(days=8))
    clear_sessions()
    assert not UserSession.objects.exists()
