"""Everything works where no script runs; scripts only make it more pleasant."""

from __future__ import annotations

import pytest
from playwright.sync_api import expect

from lsp.demonstration.cast import PASSWORD
from tests.browser.looking import DESK

VISION = "A borough that people stay in."
PHONE = {"width": 390, "height": 844}


@pytest.fixture
def tab(visitor):
    return visitor(java_script_enabled=False)


@pytest.mark.usefixtures("worker")
def test_an_officer_writes_and_publishes(stage, tab):
    tab.goto("/accounts/login/?next=/p/southwark/manage/strategy/")
    form = tab.get_by_role("region", name="Your own account")
    form.get_by_label("E-mail address").fill("officer.southwark@example.org")
    form.get_by_label("Password", exact=True).fill(PASSWORD)
    form.get_by_role("button", name="Sign in", exact=True).click()
    expect(tab.get_by_role("heading", level=1)).to_have_text("Community Strategy")

    strategy = f"/p/southwark/manage/strategy/{stage.strategies['southwark'].pk}/"
    tab.goto(f"{strategy}issues/new/")
    tab.get_by_role("button", name="Save").click()
    tab.locator(".govuk-error-summary").get_by_role("link").click()
    assert "#id_title" in tab.url

    tab.goto(f"{strategy}text/vision/")
    tab.get_by_label("Text").fill(VISION)
    tab.get_by_role("button", name="Save").click()
    expect(tab.get_by_role("alert")).to_contain_text("“Vision” is saved.")

    tab.goto(f"{strategy}publication/")
    tab.get_by_role("button", name="Publish edition 2").click()
    tab.get_by_role("link", name="Follow it").click()
    expect(tab.get_by_role("button", name="Open the PDF")).to_be_visible(timeout=60_000)
    tab.goto("/p/southwark/strategy/2/")
    expect(tab.get_by_role("article")).to_contain_text(VISION)


@pytest.mark.parametrize("width", [DESK, PHONE["width"]])
def test_the_menu_is_simply_there(width, tab):
    tab.set_viewport_size({"width": width, "height": PHONE["height"]})
    tab.goto("/")
    expect(tab.get_by_role("link", name="Find a partnership")).to_be_visible()
    expect(tab.get_by_role("button", name="Menu")).to_be_hidden()
    tab.get_by_label("Town, borough or district").fill("Hackney")
    tab.get_by_role("button", name="Find").click()
    expect(tab.get_by_role("main").get_by_role("link", name="Hackney", exact=True)).to_be_visible()
