"""Signing in, being locked out, and the letter with a link to a new password."""

from __future__ import annotations

import re

import pytest
from django.core.cache import cache
from playwright.sync_api import Page, expect

from lsp.demonstration.cast import PASSWORD
from tests.browser.looking import faults

OFFICER = "officer.southwark@example.org"
NEW_PASSWORD = "a-chair-for-everybody"
WRONG = "The e-mail address or the password is not right."
LOCKED = "This address is locked for fifteen minutes after five wrong passwords."
WORN_OUT = "This link no longer works"

pytestmark = pytest.mark.usefixtures("stage")


@pytest.fixture(autouse=True)
def _nobody_is_locked_out(settings):
    """The counts of wrong passwords of other tests are forgotten."""
    cache.clear()


def sign_in(tab: Page, email: str, password: str) -> None:
    if not tab.url.endswith("/accounts/login/"):
        tab.goto("/accounts/login/")
    form = tab.get_by_role("region", name="Your own account")
    form.get_by_label("E-mail address").fill(email)
    form.get_by_label("Password", exact=True).fill(password)
    with tab.expect_navigation():
        form.get_by_role("button", name="Sign in", exact=True).click()


def heading(tab: Page):
    return expect(tab.get_by_role("heading", level=1))


def test_a_wrong_password_keeps_the_address(visitor):
    tab = visitor()
    sign_in(tab, OFFICER, "wrong")
    expect(tab.get_by_role("alert")).to_contain_text(WRONG)
    expect(tab.get_by_role("region", name="Your own account").get_by_label("E-mail address")).to_have_value(OFFICER)
    sign_in(tab, OFFICER, PASSWORD)
    heading(tab).to_have_text("My partnerships")


def test_an_unknown_address_is_told_the_same(visitor):
    tab = visitor()
    sign_in(tab, "nobody.at.all@example.org", PASSWORD)
    expect(tab.get_by_role("alert")).to_contain_text(WRONG)


def test_five_wrong_passwords_lock_the_address(visitor):
    tab = visitor()
    for _attempt in range(5):
        sign_in(tab, OFFICER, "wrong")
        expect(tab.get_by_role("alert")).to_contain_text(WRONG)
    sign_in(tab, OFFICER, PASSWORD)
    expect(tab.get_by_role("alert")).to_contain_text(LOCKED)
    assert faults(tab) == []
    sign_in(tab, "chair.southwark@example.org", PASSWORD)
    heading(tab).to_have_text("My partnerships")


def test_whoever_was_sent_to_sign_in_gets_where_they_wanted(visitor):
    tab = visitor()
    tab.goto("/p/southwark/manage/members/")
    heading(tab).to_have_text("Try it as someone")
    tab.get_by_role("button", name="Enter as Officer, Southwark").click()
    heading(tab).to_have_text("Member organisations")
    tab.get_by_role("button", name="Sign out").click()
    tab.goto("/p/southwark/manage/members/")
    heading(tab).to_have_text("Try it as someone")


def ask_for_a_letter(tab: Page, email: str) -> None:
    tab.goto("/accounts/login/")
    tab.get_by_role("link", name="I cannot sign in").click()
    tab.get_by_label("E-mail address").fill(email)
    tab.get_by_role("button", name="Send me a link").click()
    heading(tab).to_have_text("Look for our letter")


def link_in(letter) -> str:
    found = re.search(r"http\S+/accounts/password/reset/key/\S+", letter.body)
    assert found, letter.body
    return found.group()


def test_a_letter_leads_to_a_new_password_once(visitor, mailoutbox):
    tab = visitor()
    ask_for_a_letter(tab, OFFICER)
    assert [letter.to for letter in mailoutbox] == [[OFFICER]]
    link = link_in(mailoutbox[0])

    tab.goto(link)
    tab.get_by_label("New password", exact=True).fill(NEW_PASSWORD)
    tab.get_by_label("The same again").fill(NEW_PASSWORD)
    tab.get_by_role("button", name="Set the password").click()
    heading(tab).to_have_text("Your password is set")
    sign_in(tab, OFFICER, PASSWORD)
    expect(tab.get_by_role("alert")).to_contain_text(WRONG)
    sign_in(tab, OFFICER, NEW_PASSWORD)
    heading(tab).to_have_text("My partnerships")

    second = visitor()
    second.goto(link)
    heading(second).to_have_text(WORN_OUT)
    second.get_by_role("link", name="Send me a new link").click()
    heading(second).to_have_text("Choose a new password")


def test_a_letter_is_good_for_four_hours(visitor, mailoutbox, settings):
    tab = visitor()
    ask_for_a_letter(tab, OFFICER)
    settings.PASSWORD_RESET_TIMEOUT = -1  # as if it had been sent before that time began
    tab.goto(link_in(mailoutbox[0]))
    heading(tab).to_have_text(WORN_OUT)


def test_who_asks_too_often_is_told_to_wait(visitor, mailoutbox):
    tab = visitor()
    for _letter in range(5):
        ask_for_a_letter(tab, OFFICER)
    tab.goto("/accounts/password/reset/")
    tab.get_by_label("E-mail address").fill(OFFICER)
    tab.get_by_role("button", name="Send me a link").click()
    heading(tab).to_have_text("Too many tries")
    assert len(mailoutbox) == 5
