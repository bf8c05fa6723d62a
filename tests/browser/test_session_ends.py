"""Before a session ends the page asks whether somebody is still there; what they type afterwards is not lost."""

from __future__ import annotations

import pytest
from django.contrib.sessions.models import Session
from playwright.sync_api import Page, expect

from accounts.limits import BEGAN, SEEN
from lsp.demonstration.cast import PASSWORD
from tests.browser.looking import faults
from tests.browser.test_signing_in import OFFICER
from tests.browser.test_two_tabs import open_vision, save, vision

MINUTE = 60
WORDS = "A borough that people stay in because they like it."


@pytest.fixture
def tab(visitor) -> Page:
    return visitor("officer.southwark")


def pass_time(minutes: int, *moments: str) -> None:
    """As if so much time had passed since somebody signed in and last opened a page."""
    (row,) = Session.objects.all()
    session = row.get_session_store_class()(row.session_key)
    for moment in moments or (BEGAN, SEEN):
        session[moment] -= minutes * MINUTE
    session.save()


def warning(tab: Page, heading: str = ""):
    return tab.get_by_role("dialog", name=heading or None)


def test_one_stays_signed_in_with_a_button(tab, stage):
    tab.goto("/mine/")
    pass_time(24)
    tab.clock.install()
    tab.goto("/regions/")  # opening a page is doing something
    expect(warning(tab)).to_be_hidden()
    pass_time(26)
    tab.clock.fast_forward("25:01")
    expect(warning(tab, "Are you still there?")).to_be_visible()
    assert faults(tab) == []
    warning(tab).get_by_role("button", name="Stay signed in").click()
    expect(warning(tab)).to_be_hidden()
    tab.goto("/mine/")
    expect(tab.get_by_role("heading", level=1)).to_have_text("My partnerships")


def test_when_it_is_over_it_says_so(tab, stage):
    tab.clock.install()
    tab.goto("/mine/")
    pass_time(31)
    tab.clock.fast_forward("25:01")
    expect(warning(tab, "You are signed out")).to_contain_text("Send it: it is kept")
    assert faults(tab) == []
    warning(tab).get_by_role("button", name="Back to the page").click()
    expect(warning(tab)).to_be_hidden()


def test_who_types_is_there(tab, stage):
    tab.clock.install()
    open_vision(tab, stage)
    tab.get_by_label("Text").press_sequentially("A")
    pass_time(20)
    tab.clock.fast_forward("20:00")
    with tab.expect_response("**/accounts/session/") as answer:
        tab.get_by_label("Text").press_sequentially("B")
    assert answer.value.json()["idle"] == 30 * MINUTE


def test_another_tab_that_is_used_keeps_this_one_quiet(tab, stage):
    tab.clock.install()
    tab.goto("/mine/")
    tab.clock.fast_forward("25:01")  # here; the server has just been asked for a page
    tab.wait_for_timeout(500)
    expect(warning(tab)).to_be_hidden()


def test_twelve_hours_are_announced(tab, stage):
    tab.goto("/mine/")
    pass_time(12 * 60 - 4, BEGAN)
    tab.goto("/mine/")
    expect(warning(tab, "You are signed out at")).to_be_visible()
    assert faults(tab) == []
    warning(tab).get_by_role("button", name="Go on").click()
    expect(warning(tab)).to_be_hidden()


def test_a_text_that_is_sent_too_late_is_sent_again_with_one_button(tab, stage):
    open_vision(tab, stage)
    pass_time(31)
    assert save(tab, WORDS).status == 401
    expect(tab.get_by_label("Body")).to_have_value(WORDS)
    assert faults(tab) == []
    tab.get_by_role("button", name="Sign in", exact=True).click()
    sign_in_again(tab)
    expect(tab.get_by_role("heading", level=1)).to_have_text("Send what you had typed?")
    assert faults(tab) == []
    tab.get_by_role("button", name="Send it now").click()
    expect(tab.get_by_role("alert")).to_contain_text("“Vision” is saved.")
    assert vision(stage) == WORDS


def sign_in_again(tab: Page) -> None:
    form = tab.get_by_role("region", name="Your own account")
    form.get_by_label("E-mail address").fill(OFFICER)
    form.get_by_label("Password", exact=True).fill(PASSWORD)
    form.get_by_role("button", name="Sign in", exact=True).click()
