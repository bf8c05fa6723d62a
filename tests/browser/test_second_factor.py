"""Keys, with an authenticator that Chromium plays; and an app, from its square to the code on paper."""

from __future__ import annotations

import re

import pytest
from django.core.cache import cache
from playwright.sync_api import Page, expect

from lsp.demonstration.cast import PASSWORD
from tests.accounts.conftest import code_of
from tests.browser.looking import faults
from tests.browser.test_signing_in import OFFICER, sign_in

pytestmark = pytest.mark.usefixtures("stage")

KEY = {
    "protocol": "ctap2",
    "transport": "internal",
    "hasResidentKey": True,
    "hasUserVerification": True,
    "isUserVerified": True,
    "automaticPresenceSimulation": True,
}


@pytest.fixture(autouse=True)
def _nobody_is_locked_out(settings):
    cache.clear()


@pytest.fixture
def tab(visitor, live_server) -> Page:
    """A tab with a key in it. Keys know no numbers: the address is a name."""
    tab = visitor(base_url=live_server.url.replace("127.0.0.1", "localhost"))
    devtools = tab.context.new_cdp_session(tab)
    devtools.send("WebAuthn.enable")
    devtools.send("WebAuthn.addVirtualAuthenticator", {"options": KEY})
    return tab


def heading(tab: Page):
    return expect(tab.get_by_role("heading", level=1))


def to_second_factor(tab: Page) -> None:
    sign_in(tab, OFFICER, PASSWORD)
    tab.get_by_role("link", name="Officer, Southwark").click()
    tab.get_by_role("link", name="Set up second factor").click()
    heading(tab).to_have_text("Second factor")


def confirm(tab: Page) -> None:
    heading(tab).to_have_text("Is it still you?")
    tab.get_by_label("Your password", exact=True).fill(PASSWORD)
    tab.get_by_role("button", name="Go on").click()


def sign_out(tab: Page) -> None:
    tab.goto("/accounts/logout/")
    tab.locator("main").get_by_role("button", name="Sign out").click()


def set_up_key(tab: Page, *, alone: bool) -> None:
    to_second_factor(tab)
    tab.get_by_role("link", name="Set up a key").click()
    confirm(tab)
    tab.get_by_label("What to call it").fill("Blue key")
    tab.get_by_label("Let me sign in with it alone").set_checked(alone)
    tab.get_by_role("button", name="Set it up").click()
    heading(tab).to_have_text("Codes on paper")
    assert faults(tab) == []


def test_a_key_opens_alone(tab):
    set_up_key(tab, alone=True)
    sign_out(tab)
    tab.goto("/accounts/login/")
    tab.get_by_role("button", name="Sign in with a key alone").click()
    heading(tab).to_have_text("My partnerships")
    tab.goto("/p/southwark/manage/")
    expect(tab.get_by_text("Set up a second factor by")).to_have_count(0)


def test_a_key_opens_after_the_password_and_stands_in_for_it(tab):
    set_up_key(tab, alone=False)
    sign_out(tab)
    sign_in(tab, OFFICER, PASSWORD)
    heading(tab).to_have_text("Your second factor")
    assert faults(tab) == []
    expect(tab.get_by_text("The key gave no answer")).to_be_hidden()
    tab.get_by_role("button", name="Use a key").click()
    heading(tab).to_have_text("My partnerships")

    tab.goto("/accounts/second-factor/keys/")
    tab.get_by_role("link", name="Remove Blue key").click()
    tab.get_by_role("link", name="Use a key").click()
    assert faults(tab) == []
    tab.get_by_role("button", name="Use a key").click()
    heading(tab).to_have_text("Remove “Blue key”?")
    tab.get_by_role("button", name="Remove the key").click()
    expect(tab.get_by_text("You have none.")).to_be_visible()


def test_a_key_that_gives_no_answer_is_said(tab):
    tab.goto("/accounts/login/")
    failed = tab.get_by_text("The key gave no answer")
    expect(failed).to_be_hidden()
    tab.get_by_role("button", name="Sign in with a key alone").click()
    expect(failed).to_be_visible()


def test_an_app_from_its_square_to_a_code_on_paper(tab):
    to_second_factor(tab)
    tab.get_by_role("link", name="Set up an app").click()
    confirm(tab)
    assert tab.get_by_alt_text("A square for the camera").evaluate("image => image.naturalWidth") > 100
    secret = tab.locator("main strong").inner_text().replace(" ", "")
    tab.get_by_label("The code that your app shows").fill(code_of(secret))
    tab.get_by_role("button", name="Set it up").click()
    heading(tab).to_have_text("Codes on paper")
    on_paper = re.findall(r"\b\d{8}\b", tab.locator("main").inner_text())
    sign_out(tab)

    sign_in(tab, OFFICER, PASSWORD)
    tab.get_by_label("Code").fill(on_paper[0])
    tab.get_by_role("button", name="Sign in", exact=True).click()
    heading(tab).to_have_text("My partnerships")
