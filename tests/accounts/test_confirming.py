"""A deed that matters wants the password once more, keeps what was typed, and is then one button away."""

import time

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from accounts.kept import LIMIT
from tests.accounts import sensitive
from tests.accounts.conftest import code_of, errors, heading
from tests.conftest import confirm
from tests.pages.conftest import words
from tests.world import PASSWORD

FORM, DEED = "/p/southwark/manage/form/", "/p/southwark/manage/deed/"
BY_PASSWORD, KEPT = "/accounts/reauthenticate/", "/accounts/kept/"


@pytest.fixture(autouse=True)
def page(settings):
    settings.ROOT_URLCONF = "tests.accounts.sensitive"
    sensitive.done.clear()


@pytest.fixture
def officer(sign_in):
    return sign_in("officer")


def say_again(browser, asked, password=PASSWORD):
    """Give the password on the page to which somebody was sent; gives its answer."""
    assert asked["Location"].startswith(f"{BY_PASSWORD}?next=")
    return browser.post(asked["Location"], {"password": password})


def test_a_page_asks_and_comes_back(officer):
    asked = officer.get(f"{FORM}?role=chair")
    assert heading(officer.get(asked["Location"])) == "Is it still you?"
    assert say_again(officer, asked)["Location"] == f"{FORM}?role=chair"
    assert officer.get(f"{FORM}?role=chair").content == b"the page"


@pytest.mark.parametrize("address", [f"{FORM}?role=chair", DEED])
def test_a_deed_is_kept_and_sent_with_one_button(officer, address):
    asked = officer.post(address, {"name": "Ada & Bob", "csrfmiddlewaretoken": "x", "password": "secret", "go": ""})
    assert sensitive.done == []
    assert say_again(officer, asked)["Location"] == KEPT
    page = officer.get(KEPT)
    assert heading(page) == "Send what you had typed?"
    assert page.context["kept"].address == address
    assert page.context["kept"].fields == [("name", "Ada & Bob"), ("go", "")]
    assert "Ada &amp; Bob</textarea>" in page.content.decode() and "secret" not in page.content.decode()
    assert f'<form method="post" action="{address}">' in page.content.decode()
    assert officer.post(address, dict(page.context["kept"].fields)).content == b"the page"
    assert sensitive.done == [{"name": "Ada & Bob", "go": ""}]
    assert officer.get(KEPT)["Location"] == "/mine/"  # it is sent, so nothing is kept any more


@pytest.mark.parametrize(
    ("referer", "shown"),
    [("http://testserver/p/southwark/manage/members/", True), ("https://elsewhere.example/", False), ("", False)],
)
def test_a_deed_without_a_text_says_where_it_was_begun(officer, referer, shown):
    say_again(officer, officer.post(DEED, {"version": "3"}, headers={"Referer": referer}))
    waiting = officer.get(KEPT)
    assert heading(waiting) == "Go on with what you had begun?"
    assert ("Open the page that it stood on" in words(waiting)) is shown
    assert (f'<a class="govuk-link" href="{referer}"' in waiting.content.decode()) is shown


def test_a_wrong_password_does_nothing_and_keeps_it(officer):
    asked = officer.post(DEED, {"name": "Ada"})
    assert errors(say_again(officer, asked, "wrong")) == ["This is not your password"]
    assert officer.post(DEED, {"name": "Ada"}).status_code == 302
    assert sensitive.done == []
    assert heading(officer.get(KEPT)) == "Send what you had typed?"


def test_it_is_asked_again_after_a_quarter_of_an_hour(world, officer):
    confirm(officer, world.officer)
    assert officer.get(FORM).status_code == 200
    session = officer.session
    session["account_authentication_methods"][0]["at"] = time.time() - 15 * 60 - 1
    session.save()
    assert officer.get(FORM).status_code == 302


def test_a_code_does_as_well(officer, with_app):
    secret = with_app("officer")
    asked = officer.get(FORM)
    assert "Give a code from your app or your paper" in words(officer.get(asked["Location"]))
    by_code = asked["Location"].replace(BY_PASSWORD, "/accounts/second-factor/confirm/")
    assert officer.post(by_code, {"code": code_of(secret)})["Location"] == FORM
    assert officer.get(FORM).status_code == 200


def test_who_may_not_do_it_is_not_asked_for_a_password(sign_in):
    assert sign_in("rep").post(DEED).status_code == 403
    assert sign_in("stranger").post(DEED).status_code == 404


def test_what_is_too_long_comes_back_at_once(officer):
    response = officer.post(DEED, {"text": "ä" * LIMIT})
    assert response.status_code == 403
    assert "ä" * LIMIT + "</textarea>" in response.content.decode()
    assert officer.get(KEPT)["Location"] == "/mine/"


def test_files_are_not_kept_and_it_says_so(officer):
    asked = officer.post(DEED, {"name": "Ada", "sheet": SimpleUploadedFile("a.csv", b"secret row")})
    say_again(officer, asked)
    page = officer.get(KEPT)
    assert "Files were not kept: you will be asked for them again." in words(page)
    assert "secret row" not in page.content.decode()
    assert "secret row" not in str(dict(officer.session))


def test_it_can_be_thrown_away(officer):
    say_again(officer, officer.post(DEED, {"name": "Ada"}))
    assert "What you typed on" in words(officer.get("/accounts/"))
    assert officer.post(KEPT)["Location"] == "/mine/"
    assert "What you had typed is thrown away." in words(officer.get("/mine/"))
    assert "What you typed on" not in words(officer.get("/accounts/"))
    assert officer.get(KEPT)["Location"] == "/mine/"


def test_it_ends_with_the_session(officer, enter):
    officer.post(DEED, {"name": "Ada"})
    officer.post("/accounts/logout/")
    assert enter(officer, "chair@example.org")["Location"] == "/mine/"
    assert officer.get(KEPT)["Location"] == "/mine/"
