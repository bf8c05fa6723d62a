"""The browser is closed while somebody writes a long text: it is offered back, to them alone, until it is saved."""

import pytest
from django.urls import reverse
from playwright.sync_api import expect

from partnerships.tenancy.context import acting
from strategies.models import Text
from tests.reviewing import KEYS

WORDS = "Homes first, then work."
KEPT = "Object.keys(localStorage).filter((name) => name.startsWith('lsp:draft:'))"


@pytest.fixture
def vision(stage):
    strategy = stage.strategies["southwark"]
    return f"/p/southwark/manage/strategy/{strategy.pk}/text/vision/"


def write(tab, address, words=WORDS):
    tab.goto(address)
    tab.get_by_label("Text").fill(words)
    tab.wait_for_timeout(600)  # it is kept when one pauses
    assert tab.evaluate(KEPT)


def again(tab, address):
    """The same browser, opened once more."""
    opened = tab.context.new_page()
    tab.close()
    opened.goto(address)
    return opened, opened.get_by_role("region", name="Not saved")


def test_what_was_typed_is_put_back_and_forgotten_once_it_is_saved(visitor, vision):
    tab = visitor("officer.southwark")
    write(tab, vision)
    tab, offer = again(tab, vision)
    expect(tab.get_by_label("Text")).not_to_have_value(WORDS)
    offer.get_by_role("button", name="Put it back").click()
    expect(tab.get_by_label("Text")).to_have_value(WORDS)
    tab.get_by_role("button", name="Save").click()
    expect(tab.get_by_role("alert")).to_contain_text("is saved")
    assert tab.evaluate(KEPT) == []


def test_what_is_put_back_does_not_overwrite_what_was_saved_since(visitor, vision, stage):
    tab = visitor("officer.southwark")
    write(tab, vision)
    with acting(stage.partnerships["southwark"].pk):
        text = Text.objects.get(strategy=stage.strategies["southwark"], kind="vision")
        text.body, text.version = "Theirs.", text.version + 1
        text.save()
    tab, offer = again(tab, vision)
    expect(offer).to_contain_text("Somebody has saved this part since then")
    offer.get_by_role("button", name="Put it back").click()
    tab.get_by_role("button", name="Save").click()
    expect(tab.get_by_role("alert").first).to_contain_text("Somebody saved this part first")
    expect(tab.get_by_role("region", name="Typed by you, not saved")).to_contain_text(WORDS)


def test_it_can_be_thrown_away(visitor, vision):
    tab = visitor("officer.southwark")
    write(tab, vision)
    tab, offer = again(tab, vision)
    offer.get_by_role("button", name="Throw it away").click()
    expect(offer).to_be_hidden()
    assert tab.evaluate(KEPT) == []


def test_nobody_else_is_offered_it_and_signing_out_takes_it_away(visitor, vision):
    tab = visitor("officer.southwark")
    write(tab, vision)
    tab.goto("/accounts/logout/")
    tab.locator("main").get_by_role("button", name="Sign out").click()
    tab.wait_for_url("**/")
    assert tab.evaluate(KEPT) == []


def test_an_offer_that_nobody_answers_comes_again_after_something_else_is_saved(visitor, stage, vision):
    tab = visitor("officer.southwark")
    write(tab, vision)
    tab, offer = again(tab, vision)
    tab.get_by_label("Text").fill("Something else.")
    tab.get_by_role("button", name="Save").click()
    expect(tab.get_by_role("alert")).to_contain_text("is saved")
    tab, offer = again(tab, vision)
    expect(tab.get_by_label("Text")).to_have_value("Something else.")
    expect(offer).to_be_visible()
    offer.get_by_role("button", name="Put it back").click()
    expect(tab.get_by_label("Text")).to_have_value(WORDS)


def test_one_judgement_is_saved_and_what_was_typed_into_the_others_stays(visitor, furnished):
    reviewer = visitor("reviewer.london")
    reviewer.goto(reverse("reviews:case", args=["southwark", furnished.casework.cases["claimed"]]))
    forms = [reviewer.locator(f"#judgement-{key}") for key in KEYS[:3]]
    forms[1].get_by_label("Comment").fill("Typed, and not saved.")
    forms[2].get_by_role("radio").nth(1).check()
    forms[0].get_by_label("Comment").fill("This one is saved.")
    forms[0].get_by_role("button").click()
    expect(reviewer.get_by_role("alert")).to_contain_text("is saved")
    expect(forms[0].get_by_label("Comment")).to_have_value("This one is saved.")
    expect(forms[1].get_by_label("Comment")).to_have_value("Typed, and not saved.")
    expect(forms[2].get_by_role("radio").nth(1)).to_be_checked()
    expect(reviewer.get_by_role("region", name="Not saved")).to_have_count(0)
    forms[1].get_by_role("button").click()
    forms[2].get_by_role("button").click()
    expect(forms[1].get_by_label("Comment")).to_have_value("Typed, and not saved.")
    expect(forms[2].get_by_role("radio").nth(1)).to_be_checked()
    expect(reviewer.get_by_role("alert")).to_contain_text("is saved")
    reviewer.wait_for_function(f"{KEPT}.length === 0")
