"""Signing out is a deed: a link or a picture cannot do it."""

from django.test import Client

from tests.accounts.conftest import LOGOUT, heading


def test_looking_at_the_page_signs_nobody_out(world, sign_in):
    browser = sign_in("officer")
    page = browser.get(LOGOUT)
    assert heading(page) == "Sign out of LSP?"
    assert "You are signed in as Officer (officer@example.org)." in page.content.decode()
    assert browser.get("/mine/").status_code == 200


def test_pressing_the_button_does(world, sign_in):
    browser = sign_in("officer")
    key = browser.cookies["sessionid"].value
    assert browser.post(LOGOUT)["Location"] == "/"
    assert browser.get("/mine/").status_code == 302
    thief = Client()
    thief.cookies["sessionid"] = key
    assert thief.get("/mine/").status_code == 302  # the session itself is gone


def test_doing_it_twice_changes_nothing(world, sign_in):
    browser = sign_in("officer")
    browser.post(LOGOUT)
    assert browser.post(LOGOUT).status_code == 302
    assert browser.get(LOGOUT).status_code == 302


def test_the_button_is_refused_without_its_token(world, sign_in):
    signed_in = sign_in("officer")
    strict = Client(enforce_csrf_checks=True)
    strict.cookies = signed_in.cookies
    assert strict.post(LOGOUT).status_code == 403
    assert strict.get("/mine/").status_code == 200
