"""While somebody types a name, the directory suggests: by keyboard, by mouse, and heard by a screen reader."""

from __future__ import annotations

import re

import pytest
from playwright.sync_api import Page, expect

from tests.browser.looking import faults

NEW = "/p/southwark/manage/members/new/"
COUNCIL = "Southwark Council"


@pytest.fixture
def tab(stage, visitor) -> Page:
    """The page on which an officer adds a member."""
    page = visitor("officer.southwark")
    page.goto(NEW)
    return page


def type_name(tab: Page, text: str) -> None:
    tab.get_by_role("combobox").press_sequentially(text)


def test_the_keyboard_chooses_one(tab):
    box, options = tab.get_by_role("combobox"), tab.get_by_role("option")
    type_name(tab, COUNCIL)
    expect(options.first).to_contain_text(f"{COUNCIL}a member already · Public agency")
    expect(box).to_have_attribute("aria-expanded", "true")
    box.press("ArrowDown")
    expect(options.first).to_have_attribute("aria-selected", "true")
    expect(box).to_have_attribute("aria-activedescendant", options.first.get_attribute("id") or "none")
    expect(box).to_be_focused()
    box.press("ArrowUp")
    expect(options.last).to_have_attribute("aria-selected", "true")
    box.press("Escape")
    expect(tab.get_by_role("listbox")).to_be_hidden()
    expect(box).to_have_value(COUNCIL)
    box.press("Backspace")
    expect(options.first).to_be_visible()
    box.press("ArrowDown")
    box.press("Enter")
    expect(tab.get_by_role("heading", level=1)).to_have_text(COUNCIL)
    expect(tab).to_have_url(re.compile(r"/manage/members/\d+/$"))


def test_the_mouse_chooses_one(tab):
    type_name(tab, COUNCIL)
    tab.get_by_role("option").nth(1).click()
    expect(tab.get_by_role("heading", level=1)).to_have_text(f"{COUNCIL} for Voluntary Service")


def test_how_many_there_are_is_said_and_the_open_list_has_no_fault(tab):
    type_name(tab, COUNCIL)
    status = tab.locator("main").get_by_role("status")
    expect(status).to_have_text("Found: 3. Choose with the arrow keys.")
    assert faults(tab) == []
    tab.get_by_role("combobox").fill("Atlantis")
    expect(status).to_have_text("The directory has nothing like it.")
    expect(tab.get_by_role("listbox")).to_be_hidden()


def test_below_three_letters_nothing_is_asked(tab):
    asked: list[str] = []
    tab.on("request", lambda request: asked.append(request.url) if "suggestions" in request.url else None)
    type_name(tab, "so")
    tab.wait_for_timeout(500)
    assert asked == []
    type_name(tab, "uthwark")
    expect(tab.get_by_role("option").first).to_be_visible()
    assert len(asked) == 1


def test_enter_without_a_choice_looks_it_up(tab):
    type_name(tab, COUNCIL)
    expect(tab.get_by_role("option").first).to_be_visible()
    tab.get_by_role("combobox").press("Enter")
    expect(tab.get_by_role("radio", name=COUNCIL, exact=True)).to_be_visible()


def test_the_open_list_leaves_the_button_to_press(tab):
    type_name(tab, COUNCIL)
    expect(tab.get_by_role("option").first).to_be_visible()
    tab.get_by_role("button", name="Look it up").click(timeout=5000)
    expect(tab.get_by_role("radio", name=COUNCIL, exact=True)).to_be_visible()


def test_when_nobody_answers_the_button_still_looks_it_up(tab):
    tab.route("**/suggestions/**", lambda route: route.abort())
    type_name(tab, COUNCIL)
    tab.get_by_role("button", name="Look it up").click()
    expect(tab.get_by_role("radio", name=COUNCIL, exact=True)).to_be_visible()
