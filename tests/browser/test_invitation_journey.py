"""From an officer who invites another to that one's first deed, with a second factor on the way."""

from __future__ import annotations

import pytest
from django.core.cache import cache
from playwright.sync_api import Page, expect

from lsp.demonstration.cast import PASSWORD
from tests.accounts.conftest import code_of
from tests.browser.looking import faults
from tests.browser.test_signing_in import heading, sign_in
from tests.invitations.conftest import link

NEW = "dana.dee@example.net"
OWN = "a-longer-one-of-her-own"

pytestmark = pytest.mark.usefixtures("stage")


@pytest.fixture(autouse=True)
def _nobody_is_locked_out(settings):
    cache.clear()


def invitations(tab: Page) -> None:
    """To the list, by the way that a person goes."""
    tab.get_by_role("navigation", name="Southwark Local").get_by_role("link", name="Members").first.click()
    tab.get_by_role("main").get_by_role("link", name="Invitations").click()
    heading(tab).to_have_text("Invitations")


def invite(tab: Page, name: str, email: str, role: str) -> None:
    invitations(tab)
    tab.get_by_role("button", name="Invite somebody").click()
    tab.get_by_label("Name").fill(name)
    tab.get_by_label("E-mail address").fill(email)
    tab.get_by_label(role, exact=True).check()
    tab.get_by_role("button", name="Send the invitation").click()


def confirm(tab: Page, password: str) -> None:
    heading(tab).to_have_text("Is it still you?")
    tab.get_by_label("Your password", exact=True).fill(password)
    tab.get_by_role("button", name="Go on").click()


def set_up_app(tab: Page) -> str:
    """From the banner to the codes on paper. Returns the app's secret."""
    tab.get_by_role("link", name="Set it up").click()
    tab.get_by_role("link", name="Set up an app").click()
    confirm(tab, OWN)
    secret = tab.locator("main strong").inner_text().replace(" ", "")
    tab.get_by_label("The code that your app shows").fill(code_of(secret))
    tab.get_by_role("button", name="Set it up").click()
    heading(tab).to_have_text("Codes on paper")
    return secret


def test_somebody_is_invited_accepts_sets_up_a_second_factor_and_acts(visitor):
    officer, guest = visitor("officer.southwark"), visitor()
    officer.goto("/p/southwark/manage/")
    invite(officer, "Dana Dee", NEW, "Co-ordinating officer")
    confirm(officer, PASSWORD)
    heading(officer).to_have_text("Send what you had typed?")
    officer.get_by_role("button", name="Send it now").click()
    heading(officer).to_have_text("Dana Dee")

    address = link()
    guest.goto(address)
    heading(guest).to_have_text("Southwark Local Strategic Partnership")
    expect(guest.get_by_label("Your name")).to_have_value("Dana Dee")
    guest.get_by_label("Password", exact=True).fill(OWN)
    guest.get_by_label("The same again", exact=True).fill(OWN)
    guest.get_by_role("button", name="Accept the invitation").click()
    heading(guest).to_have_text("What is to be done, what changed")
    expect(guest.get_by_role("alert")).to_contain_text("Co-ordinating officer")
    expect(guest.get_by_text("Set up a second factor by")).to_be_visible()
    assert faults(guest) == []
    guest.set_viewport_size({"width": 1280, "height": 720})
    secret = set_up_app(guest)

    guest.goto("/accounts/logout/")
    guest.get_by_role("main").get_by_role("button", name="Sign out").click()
    sign_in(guest, NEW, OWN)
    heading(guest).to_have_text("Your second factor")
    guest.get_by_label("Code").fill(code_of(secret, steps=1))
    guest.get_by_role("button", name="Sign in", exact=True).click()
    heading(guest).to_have_text("My partnerships")
    guest.get_by_role("main").get_by_role("link", name="Southwark Local Strategic Partnership").click()
    expect(guest.get_by_text("Set up a second factor by")).to_have_count(0)
    invite(guest, "Eli Low", "eli@example.net", "Member representative")
    heading(guest).to_have_text("Eli Low")

    officer.goto("/p/southwark/manage/")
    invitations(officer)
    row = officer.get_by_role("row").filter(has_text=NEW)
    expect(row).to_contain_text("Accepted")


def test_with_another_account_one_signs_out_and_is_led_back(visitor):
    officer, other = visitor("officer.southwark"), visitor("finance.southwark")
    officer.goto("/p/southwark/manage/")
    invite(officer, "Dana Dee", NEW, "Member representative")
    heading(officer).to_have_text("Dana Dee")
    other.goto(link())
    heading(other).to_have_text("This invitation is for another account")
    other.get_by_role("button", name="Sign out and open the link again").click()
    expect(other.get_by_label("Your name")).to_have_value("Dana Dee")
