"""What is wrong is said on a page of the product's own, with a way on."""

import re

import pytest
from django.core.exceptions import SuspiciousOperation
from django.db import OperationalError
from django.test import Client
from redis.exceptions import ConnectionError as BrokerAway

from core.refusals import NotPermitted, Refusal, WrongState
from tests.pages.conftest import words

TIME = r"\d{1,2}(:\d\d)?[ap]m|midday|midnight"  # a minute may pass between two pages


@pytest.fixture
def broken(world, monkeypatch):
    """The page of the regions raises what it is told to; the browser hears what the server makes of it."""
    browser = Client(raise_request_exception=False)

    def answer(error):
        def fails():
            raise error

        monkeypatch.setattr("partnerships.queries.regions", fails)
        return browser.get("/regions/")

    return answer


@pytest.mark.parametrize(
    ("error", "status", "said"),
    [
        (SuspiciousOperation("odd"), 400, "This request cannot be read"),
        (NotPermitted("Publish", "The chair"), 403, "Your role does not include this: publish."),
        (NotPermitted(), 403, "You cannot do this. Your role does not include it."),
        (WrongState("Publish", "Published"), 409, "This is not possible now: Publish. The state is “Published”."),
        (Refusal(), 400, "This could not be done. Nothing has been changed."),
        (ValueError("secret detail"), 500, "Something broke on our side"),
        (OperationalError("secret detail"), 503, "Closed for a moment"),
        (BrokerAway("secret detail"), 503, "Closed for a moment"),
    ],
)
def test_each_error_has_a_page_that_says_what_to_do(broken, error, status, said):
    response = broken(error)
    assert response.status_code == status
    assert said in words(response)
    assert "secret" not in response.content.decode()
    assert response["Content-Type"].startswith("text/html")
    assert '<html lang="en-gb"' in response.content.decode()


def test_only_of_who_was_late_it_is_said_that_somebody_was_quicker(broken):
    assert "Somebody was quicker" in words(broken(WrongState("Publish", "Published")))
    page = broken(Refusal()).content.decode()
    assert '<h1 class="govuk-heading-l">This was not done</h1>' in page
    assert "quicker" not in page and "nothing of theirs" not in page


def test_no_link_of_a_page_that_is_not_there_leads_to_another_site(world, client):
    for query in ("", "?view=print", "?a=b"):
        page = client.get(f"/{query}", PATH_INFO="//evil.example/nothing/")
        assert (page.status_code, page.wsgi_request.path) == (404, "//evil.example/nothing/")
        assert "//evil.example" not in page.content.decode()


def test_a_refusal_names_who_can(broken):
    assert "Who can: The chair." in words(broken(NotPermitted("Publish", "The chair")))


def test_there_is_no_such_page_and_two_ways_on(world, client, sign_in):
    for address in ("/nothing/", "/p/southwark/manage/nothing/", "/p/southwark/strategy/abc/", "/admin/", "/.env"):
        response = client.get(address)
        assert response.status_code == 404, address
        assert "There is no such page" in words(response)
        assert 'href="/partnerships/"' in response.content.decode()
    assert 'href="/accounts/login/"' in client.get("/nothing/").content.decode()
    assert 'href="/mine/"' in sign_in("officer").get("/nothing/").content.decode()


def test_a_partnership_one_has_no_business_with_looks_as_if_it_were_not_there(world, sign_in):
    browser = sign_in("hackney_officer")
    real, none = browser.get("/p/southwark/manage/"), browser.get("/p/atlantis/manage/")
    assert real.status_code == none.status_code == 404
    pages = (page.content.decode().replace(csrf(page), "") for page in (real, none))
    assert len({re.sub(f"southwark|atlantis|{TIME}", "", page) for page in pages}) == 1


def csrf(response):
    """The masked token of a page, which is another on every page."""
    return response.content.decode().partition('name="csrfmiddlewaretoken" value="')[2].partition('"')[0]


def test_a_foreign_host_is_refused(world, client):
    response = client.get("/", HTTP_HOST="evil.example")
    assert response.status_code == 400
    assert "evil.example" not in response.content.decode()


def test_a_form_of_thousands_of_fields_is_refused(world, client):
    response = client.post("/accounts/login/", {f"field{number}": "x" for number in range(1001)})
    assert response.status_code == 400
    assert "This request cannot be read" in words(response)


def test_every_page_says_what_a_browser_may_do_with_it(world, client):
    for address in ("/", "/nothing/", "/p/southwark/"):
        headers = client.get(address).headers
        assert "default-src 'none'" in headers["Content-Security-Policy"]
        assert "frame-ancestors 'none'" in headers["Content-Security-Policy"]
        assert (headers["X-Frame-Options"], headers["X-Content-Type-Options"]) == ("DENY", "nosniff")
        assert headers["Referrer-Policy"] == "same-origin"


@pytest.mark.parametrize("address", ["/accessibility/", "/privacy/", "/cookies/", "/help/"])
def test_the_small_print_is_there_for_everyone(world, client, address):
    response = client.get(address)
    assert response.status_code == 200
    assert len(words(response)) > 300
    assert f'href="{address}"' in client.get("/").content.decode()


def test_the_cookies_that_are_named_are_those_that_are_set(world, client, settings):
    settings.SESSION_COOKIE_NAME, settings.CSRF_COOKIE_NAME = "__Host-session", "__Host-csrf"
    text = words(client.get("/cookies/"))
    assert "__Host-session" in text and "__Host-csrf" in text
