"""Every page of the product, as the right person, filled and empty, with and without errors in its forms."""

from __future__ import annotations

from contextlib import ExitStack, contextmanager
from unittest import mock

import pytest
from django.test import Client, override_settings

from tests.browser.looking import Console, faults
from tests.browser.pages import AREAS, NO_PAGE, routes
from tests.browser.stage import furnish
from tests.nu import page_complaints

EVERY = [look for looks in AREAS.values() for look in looks]
SETTINGS = "django.conf.settings."


@contextmanager
def circumstances(look):
    """The functions and settings that are different while this page is made."""
    with ExitStack() as stack:
        for name, instead in look.meanwhile.items():
            if name.startswith(SETTINGS):
                stack.enter_context(override_settings(**{name.removeprefix(SETTINGS): instead}))
            else:
                stack.enter_context(mock.patch(name, instead))
        yield


def test_every_route_has_an_entry():
    entered = {look.route for look in EVERY} | set(NO_PAGE)
    assert entered == set(routes())


def told(wrong):
    """The first of what is wrong: the same fault can be in every line of a long table."""
    return "\n".join([f"{len(wrong)} faults:", *wrong[:30]])


def type_and_send(page, typed):
    """Fill the visible form that has these fields, and press its button."""
    form = page.locator("main form").filter(has=page.locator(f'[name="{next(iter(typed))}"]:visible'))
    for name, value in typed.items():
        form.locator(f'[name="{name}"]').evaluate("(control, value) => { control.value = value }", value)
    with page.expect_navigation() as answer:
        form.locator("[type=submit]").click()
    return answer.value


@pytest.mark.parametrize("area", AREAS)
def test_a_page_has_no_fault(area, stage, visitor):
    furnish(stage)
    people, wrong = {}, []
    for look in AREAS[area]:
        if look.who not in people or look.route.startswith("account_"):
            people[look.who] = visitor(look.who)
        page = people[look.who].context.new_page()
        console = Console(page)
        with circumstances(look):
            answer = page.goto(look.address(stage))
            if look.typed:
                answer = type_and_send(page, look.typed)
        found = [] if answer.status == look.status else [f"answers {answer.status}"]
        found += faults(page) + console.complaints
        wrong += [f"{look}: {fault}" for fault in found]
        page.close()
    assert not wrong, told(wrong)


def test_every_page_is_valid_html(stage, tmp_path):
    furnish(stage)
    pages = {}
    for look in EVERY:
        client = Client(raise_request_exception=False)
        if look.who:
            client.force_login(stage.person(look.who), backend="allauth.account.auth_backends.AuthenticationBackend")
        with circumstances(look):
            answer = client.get(look.address(stage), follow=True)
            if look.typed:
                answer = client.post(answer.request["PATH_INFO"], look.typed)
        assert answer.status_code == look.status, look
        pages[f"{look} ({len(pages)})"] = answer.content.decode()
    wrong = page_complaints(tmp_path, pages)
    assert not wrong, told(wrong)
