"""A form that is sent after the session has ended is not taken, and comes back with everything that was typed."""

import pytest
from django.test import Client
from django.urls import reverse

from partnerships.tenancy.context import acting
from strategies.models import Text
from tests.writing import write_strategy

TYPED = "Homes first. <b>Then</b> work.\n\nÄrger & Æther"


@pytest.fixture
def vision(world) -> str:
    """The address of a text."""
    strategy = write_strategy(world.southwark, world.officer)
    return reverse("strategies:text", args=["southwark", strategy.pk, "vision"])


def test_what_was_typed_comes_back(vision, world, client):
    response = client.post(vision, {"body": TYPED, "version": "2"})
    page = response.content.decode()
    assert response.status_code == 401
    assert "You are signed out" in page
    assert "Homes first. &lt;b&gt;Then&lt;/b&gt; work.\n\nÄrger &amp; Æther</textarea>" in page
    assert reverse("account_login") in page
    with acting(world.southwark.pk):
        assert not Text.objects.filter(body__contains="Homes first").exists()


def test_an_old_form_comes_back_too(vision, world):
    browser = Client(enforce_csrf_checks=True)
    browser.force_login(world.officer, backend="allauth.account.auth_backends.AuthenticationBackend")
    response = browser.post(vision, {"body": TYPED, "version": "2"})
    assert response.status_code == 403
    assert "Homes first. &lt;b&gt;Then&lt;/b&gt; work." in response.content.decode()
    assert f'href="{vision}"' in response.content.decode()


def test_no_password_comes_back(db):
    browser = Client(enforce_csrf_checks=True)
    response = browser.post(reverse("account_login"), {"login": "officer@example.org", "password": "correct horse"})
    assert response.status_code == 403
    assert "correct horse" not in response.content.decode()
