"""Signing in with an e-mail address and a password."""

import pytest
from django.test import Client

from accounts.models import Person
from lsp.demonstration.cast import CAST
from tests.accounts.conftest import ADDRESS, LOGIN, errors, heading
from tests.world import PASSWORD

WRONG = ["The e-mail address or the password is not right. Check both."]


@pytest.mark.parametrize("address", [ADDRESS, "OFFICER@EXAMPLE.ORG", "Officer@Example.org", "  officer@example.org "])
def test_the_address_counts_whatever_its_case(world, client, enter, address):
    response = enter(client, address)
    assert (response.status_code, response["Location"]) == (302, "/mine/")
    assert client.get("/mine/").context["user"] == world.officer


def test_a_password_counts_with_its_case(world, client, enter):
    assert errors(enter(client, password=PASSWORD.upper())) == WRONG


def test_a_wrong_password_and_an_unknown_address_are_told_the_same(world, client, enter):
    wrong, unknown = enter(client, password="wrong"), enter(client, "nobody@example.org", "wrong")
    assert errors(wrong) == errors(unknown) == WRONG
    assert wrong.status_code == unknown.status_code == 200
    same = wrong.content.decode().replace(ADDRESS, "").replace(csrf(wrong), "")
    assert same == unknown.content.decode().replace("nobody@example.org", "").replace(csrf(unknown), "")


def csrf(response):
    """The masked token of a page, which is another on every page."""
    return response.content.decode().partition('name="csrfmiddlewaretoken" value="')[2].partition('"')[0]


def test_what_was_typed_stands_again_but_never_the_password(world, client, enter):
    page = enter(client, password="my-wrong-secret").content.decode()
    assert f'value="{ADDRESS}"' in page
    assert "my-wrong-secret" not in page


@pytest.mark.parametrize(("address", "password"), [("", ""), ("no address", "x"), ("a@b.c\x00", "x"), (ADDRESS, "")])
def test_what_cannot_be_right_is_said_on_the_form(world, client, enter, address, password):
    response = enter(client, address, password)
    assert response.status_code == 200
    assert errors(response)


def test_who_has_no_password_or_may_not_sign_in_is_not_let_in(world, client, enter):
    Person.objects.create_user("quiet@example.org", "Quiet")
    assert errors(enter(client, "quiet@example.org", "")) != []
    assert errors(enter(client, "quiet@example.org", "anything")) == WRONG
    Person.objects.filter(pk=world.officer.pk).update(is_active=False)
    assert "_auth_user_id" not in client.session
    enter(client)
    assert "_auth_user_id" not in client.session


def test_who_is_no_longer_let_in_is_out_with_the_next_request(world, sign_in):
    browser = sign_in("officer")
    assert browser.get("/p/southwark/manage/").status_code == 200
    Person.objects.filter(pk=world.officer.pk).update(is_active=False)
    assert browser.get("/p/southwark/manage/").status_code == 302


def test_one_comes_out_where_one_wanted_to_go_and_nowhere_else(world, client, enter):
    wanted = client.get("/p/southwark/manage/members/")
    assert wanted["Location"] == f"{LOGIN}?next=/p/southwark/manage/members/"
    page = client.get(wanted["Location"]).content.decode()
    assert 'name="next" value="/p/southwark/manage/members/"' in page
    assert enter(client, next="/p/southwark/manage/members/")["Location"] == "/p/southwark/manage/members/"
    for elsewhere in ("https://evil.example/", "//evil.example/", "javascript:alert(1)"):
        assert enter(Client(), next=elsewhere)["Location"] == "/mine/"


def test_signing_in_gives_the_session_another_key(world, client, enter):
    client.get(LOGIN)
    session = client.session
    session["seen"] = True
    session.save()
    before = session.session_key
    client.cookies["sessionid"] = before
    enter(client)
    assert client.cookies["sessionid"].value not in {before, ""}


def test_the_demonstrations_cast_and_password_are_listed_only_in_a_demonstration(world, client, settings):
    settings.DEMONSTRATION = True
    page = client.get(LOGIN)
    assert heading(page) == "Try it as someone"
    for player in CAST:
        assert player.email in page.content.decode()
    assert PASSWORD in page.content.decode()
    settings.DEMONSTRATION = False
    page = client.get(LOGIN)
    assert heading(page) == "Sign in"
    assert PASSWORD not in page.content.decode()
    assert "example.org" not in page.content.decode()


def test_who_is_signed_in_needs_no_form(world, sign_in):
    assert sign_in("officer").get(LOGIN)["Location"] == "/mine/"


def test_the_form_is_refused_without_its_token(world):
    strict = Client(enforce_csrf_checks=True)
    response = strict.post(LOGIN, {"login": ADDRESS, "password": PASSWORD})
    assert response.status_code == 403
    assert heading(response) == "This form is too old"
    assert "Open the page anew" in response.content.decode()
