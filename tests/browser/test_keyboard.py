"""Without a mouse: everything can be reached, what has the focus shows it, and errors lead to their inputs."""

from __future__ import annotations

import pytest
from playwright.sync_api import Page, expect

from tests.browser.stage import Stage

PHONE = {"width": 390, "height": 844}

# What has the focus: whether one can see it, and whether it looks otherwise than without the focus.
LOOK = """() => {
    const one = document.activeElement;
    if (one === document.body) return null;
    const look = () => {
        const style = getComputedStyle(one);
        const around = getComputedStyle(one.closest("label, .govuk-radios__item, .govuk-checkboxes__item") || one);
        return JSON.stringify([style.outline, style.boxShadow, style.backgroundColor, style.color, around.boxShadow,
            ...["::before", "::after"].map(part => getComputedStyle(one.nextElementSibling || one, part).boxShadow)]);
    };
    const name = one.outerHTML.slice(0, 120);
    const box = one.getBoundingClientRect();
    const seen = box.width > 0 && box.height > 0 && box.bottom > 0 && box.top < innerHeight && box.right > 0;
    const focused = look();
    one.blur();
    const resting = look();
    one.focus();
    return {name, seen, marked: focused !== resting};
}"""

# Every link, button and input that is shown: what Tab has to reach.
REACHABLE = """() => [...document.querySelectorAll("a[href], button, input, select, textarea, summary, [tabindex='0']")]
    .filter(one => one.checkVisibility({contentVisibilityAuto: true, visibilityProperty: true}) && !one.disabled
        && one.type !== "hidden" && !(one.type === "radio" && !one.checked)).length"""


def walk(tab: Page) -> list[dict]:
    """Press Tab until the focus leaves the page; what was met on the way."""
    met = []
    tab.keyboard.press("Tab")
    while (one := tab.evaluate(LOOK)) is not None:
        met.append(one)
        assert len(met) < 500, "the focus is caught"
        tab.keyboard.press("Tab")
    return met


def text_page(stage: Stage) -> str:
    return f"/p/southwark/manage/strategy/{stage.strategies['southwark'].pk}/text/vision/"


@pytest.mark.parametrize(
    ("who", "address"),
    [
        (None, "/"),
        (None, "/partnerships/?region=london"),
        (None, "/accounts/login/"),
        (None, "/p/islington/strategy/1/"),
        ("officer.southwark", "/p/southwark/manage/members/"),
        ("officer.southwark", "text"),
    ],
)
def test_tab_reaches_everything_and_shows_where_it_is(who, address, stage, visitor):
    tab = visitor(who)
    tab.goto(text_page(stage) if address == "text" else address)
    met = walk(tab)
    assert [one["name"] for one in met if not one["seen"]] == []
    assert [one["name"] for one in met if not one["marked"]] == []
    assert len(met) == tab.evaluate(REACHABLE)


def test_the_skip_link_passes_by_the_menu(stage, visitor):
    tab = visitor("officer.southwark")
    tab.goto("/p/southwark/manage/")
    tab.keyboard.press("Tab")
    skip = tab.get_by_role("link", name="Skip to main content")
    expect(skip).to_be_focused()
    expect(skip).to_be_in_viewport()
    tab.keyboard.press("Enter")
    expect(tab.get_by_role("main")).to_be_focused()
    tab.keyboard.press("Tab")
    assert tab.evaluate("document.querySelector('main').contains(document.activeElement)")


def test_the_error_summary_takes_the_focus_and_leads_to_the_inputs(stage, visitor):
    tab = visitor("officer.southwark")
    tab.goto("/p/southwark/manage/strategy/new/")
    tab.get_by_role("button", name="Save").press("Enter")
    summary = tab.locator(".govuk-error-summary")
    expect(summary).to_be_focused()
    expect(tab).to_have_title("Error: Start a strategy, Southwark – LSP")
    links = summary.get_by_role("link")
    assert links.count() == 4
    for number in range(links.count()):
        link = links.nth(number)
        target = (link.get_attribute("href") or "").removeprefix("#")
        link.press("Enter")
        expect(tab.locator(f'[id="{target}"]')).to_be_focused()
        assert tab.evaluate("['INPUT', 'SELECT', 'TEXTAREA'].includes(document.activeElement.tagName)")
        described = tab.evaluate(
            "document.activeElement.closest('[aria-describedby]').getAttribute('aria-describedby')"
        )
        assert any(
            "govuk-error-message" in (tab.locator(f'[id="{one}"]').get_attribute("class") or "")
            for one in described.split()
        )


def test_the_menu_of_a_phone_opens_and_closes(stage, visitor):
    tab = visitor("officer.southwark", has_touch=True)
    tab.set_viewport_size(PHONE)
    tab.goto("/p/southwark/manage/")
    menu = tab.get_by_role("button", name="Menu")
    entry = tab.get_by_role("link", name="Find a partnership")
    expect(entry).to_be_hidden()
    menu.press("Enter")
    expect(menu).to_have_attribute("aria-expanded", "true")
    expect(entry).to_be_visible()
    menu.press("Enter")
    expect(entry).to_be_hidden()

    more = tab.locator(".lsp-subnav summary")
    more.press("Enter")
    tab.locator(".lsp-subnav details").get_by_role("link", name="Members").press("Enter")
    expect(tab.get_by_role("heading", level=1)).to_have_text("Member organisations")
