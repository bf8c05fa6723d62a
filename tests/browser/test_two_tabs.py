"""The same thing in two tabs, or by two people: nothing typed is lost, and the second is told who was first."""

from __future__ import annotations

from playwright.sync_api import Page, Response, expect

from partnerships.tenancy.context import acting
from strategies.models import Text
from tests.browser.looking import faults
from tests.nu import page_complaints

FIRST = "A borough that people stay in because they like it."
SECOND = "A borough where a second child is a reason to stay."
BOTH = f"{FIRST}\n\n{SECOND}"


def open_vision(tab: Page, stage) -> None:
    tab.goto(f"/p/southwark/manage/strategy/{stage.strategies['southwark'].pk}/text/vision/")


def save(tab: Page, text: str) -> Response:
    tab.get_by_label("Text").fill(text)
    return press(tab, "Save")


def press(tab: Page, button: str) -> Response:
    with tab.expect_navigation() as answer:
        tab.get_by_role("button", name=button).click()
    return answer.value


def vision(stage) -> str:
    southwark = stage.partnerships["southwark"]
    with acting(southwark.pk):
        return Text.objects.get(partnership=southwark, kind=Text.Kind.VISION).body


def assert_both_are_shown(tab: Page, name: str) -> None:
    expect(tab.get_by_role("alert")).to_contain_text("Somebody saved this part first")
    expect(tab.get_by_role("region", name=f"Saved by {name}")).to_contain_text(FIRST)
    expect(tab.get_by_role("region", name="Typed by you, not saved")).to_contain_text(SECOND)
    expect(tab.get_by_label("Text")).to_have_value(SECOND)


def test_a_part_that_is_saved_in_two_tabs(stage, visitor, tmp_path):
    first = visitor("officer.southwark")
    second = first.context.new_page()
    for tab in (first, second):
        open_vision(tab, stage)

    save(first, FIRST)
    expect(first.get_by_role("alert")).to_contain_text("“Vision” is saved.")
    refused = save(second, SECOND)
    assert refused.status == 409
    assert_both_are_shown(second, "Officer, Southwark")
    assert vision(stage) == FIRST
    assert faults(second) == []
    assert page_complaints(tmp_path, {"refused": refused.text()}) == []

    save(second, BOTH)
    expect(second.get_by_role("alert")).to_contain_text("“Vision” is saved.")
    assert vision(stage) == BOTH


def test_a_part_that_two_people_save(stage, visitor):
    chair, officer = visitor("chair.southwark"), visitor("officer.southwark")
    for tab in (chair, officer):
        open_vision(tab, stage)

    save(chair, FIRST)
    expect(chair.get_by_role("alert")).to_contain_text("“Vision” is saved.")
    save(officer, SECOND)
    assert_both_are_shown(officer, "Chair, Southwark")

    # Somebody saves again while both texts are read: the next save is refused as well.
    open_vision(chair, stage)
    save(chair, f"{FIRST} And longer.")
    expect(chair.get_by_role("alert")).to_contain_text("“Vision” is saved.")
    save(officer, SECOND)
    assert_both_are_shown(officer, "Chair, Southwark")
    assert vision(stage) == f"{FIRST} And longer."


def test_a_part_that_somebody_saves_before_it_is_removed(stage, visitor):
    tab = visitor("officer.southwark")
    other = tab.context.new_page()
    strategy, issue = stage.strategies["southwark"].pk, stage.part("issues")
    tab.goto(f"/p/southwark/manage/strategy/{strategy}/issues/{issue}/removal/")
    other.goto(f"/p/southwark/manage/strategy/{strategy}/issues/{issue}/")
    save(other, FIRST)

    assert press(tab, "Remove it").status == 409
    expect(tab.get_by_role("alert")).to_contain_text("Somebody saved this part first")
    assert faults(tab) == []
    assert press(tab, "Remove it").status == 200
    expect(tab.get_by_role("alert")).to_contain_text("is removed")


def test_a_part_that_somebody_removes_before_it_is_saved(stage, visitor, tmp_path):
    tab = visitor("officer.southwark")
    other = tab.context.new_page()
    address = f"/p/southwark/manage/strategy/{stage.strategies['southwark'].pk}/issues/{stage.part('issues')}/"
    tab.goto(address)
    other.goto(f"{address}removal/")
    press(other, "Remove it")

    refused = save(tab, SECOND)
    assert refused.status == 409
    expect(tab.get_by_role("heading", level=1)).to_have_text("This part is removed")
    expect(tab.get_by_role("main")).to_contain_text(SECOND)
    assert faults(tab) == []
    assert page_complaints(tmp_path, {"removed": refused.text()}) == []


def test_an_edition_that_is_published_in_two_tabs(stage, visitor):
    chair, officer = visitor("chair.southwark"), visitor("officer.southwark")
    open_vision(chair, stage)
    save(chair, FIRST)
    expect(chair.get_by_role("alert")).to_contain_text("“Vision” is saved.")
    for tab in (chair, officer):
        tab.goto(f"/p/southwark/manage/strategy/{stage.strategies['southwark'].pk}/publication/")

    chair.get_by_role("button", name="Publish edition 2").click()
    expect(chair.get_by_role("heading", level=1)).to_have_text("Edition 2 is published")
    officer.get_by_role("button", name="Publish edition 2").click()
    expect(officer.get_by_role("heading", level=1)).to_have_text("Nothing has changed since the last edition")
    expect(officer.get_by_role("main")).to_contain_text("Edition 2 was published by Chair, Southwark on")
    assert faults(officer) == []
    assert officer.request.get("/p/southwark/strategy/3/").status == 404
