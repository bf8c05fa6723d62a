"""Every page of the product, as the right person, filled and empty, with and without errors in its forms."""

from __future__ import annotations

import re
from collections import defaultdict
from contextlib import ExitStack, contextmanager
from html import unescape
from unittest import mock

import pytest
from django.test import Client, override_settings

from tests.browser.looking import faults, listening
from tests.browser.pages import AREAS, NO_PAGE, routes
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


def type_and_send(tab, typed):
    """Fill the visible form that has these fields, and press its button."""
    form = tab.locator("main form").filter(has=tab.locator(f'[name="{next(iter(typed))}"]:visible'))
    for name, value in typed.items():
        form.locator(f'[name="{name}"]').evaluate("(control, value) => { control.value = value }", value)
    with tab.expect_navigation() as answer:
        form.locator("[type=submit]").last.click()  # before it may stand one that adds a row
    return answer.value


@pytest.mark.parametrize("area", AREAS)
def test_a_page_has_no_fault(area, furnished, visitor):
    tabs, wrong = {}, []
    for look in AREAS[area]:
        if look.who not in tabs:
            tabs[look.who] = visitor(look.who)
        tab = tabs[look.who]
        with listening(tab) as complaints, circumstances(look):
            answer = tab.goto(look.address(furnished))
            if look.typed:
                answer = type_and_send(tab, look.typed)
            found = [] if answer.status == look.status else [f"answers {answer.status}"]
            found += faults(tab)
        wrong += [f"{look}: {fault}" for fault in found + complaints]
    assert not wrong, told(wrong)


def test_every_page_is_valid_html_with_a_title_of_its_own(furnished, tmp_path):
    drawn = [(look, drawing(look, furnished)) for look in EVERY]
    wrong = page_complaints(tmp_path, {f"{look} ({number})": html for number, (look, html) in enumerate(drawn)})
    assert not wrong, told(wrong)
    check_titles(drawn, furnished)


def drawing(look, stage):
    """The HTML that answers a look."""
    client = Client(raise_request_exception=False)
    if look.who:
        client.force_login(stage.person(look.who), backend="allauth.account.auth_backends.AuthenticationBackend")
    with circumstances(look):
        answer = client.get(look.address(stage), follow=True)
        if look.typed:
            answer = client.post(answer.request["PATH_INFO"], look.typed, follow=True)
    assert answer.status_code == look.status, look
    return answer.content.decode()


def check_titles(drawn, stage):
    """Every route has titles of its own; inside a partnership they name it or its strategy."""
    names = [row.short_name for row in stage.partnerships.values()] + [row.title for row in stage.strategies.values()]
    routes_by_title, nameless = defaultdict(set), set()
    for look, html in drawn:
        if look.status == 200:
            title = unescape(re.search("<title>(.*?)</title>", html, re.DOTALL).group(1)).removeprefix("Error: ")
            routes_by_title[title].add(look.route)
            if "/manage/" in look.address(stage) and not any(name in title for name in names):
                nameless.add(title)
    assert {title: routes for title, routes in routes_by_title.items() if len(routes) > 1} == {}
    assert nameless == set()
