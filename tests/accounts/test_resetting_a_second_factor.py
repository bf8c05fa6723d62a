"""Somebody has lost app, keys and paper: whoever runs the system opens the way to new ones."""

import pytest
from allauth.mfa.models import Authenticator
from django.core.management import CommandError, call_command
from django.test import Client

from tests.accounts.conftest import code_of


def test_the_password_alone_opens_again_and_nobody_stays_signed_in(world, client, enter, with_app, capsys):
    secret = with_app("officer")
    with_app("chair")
    enter(client)
    client.post("/accounts/second-factor/sign-in/", {"code": code_of(secret)})
    assert client.get("/mine/").status_code == 200
    call_command("reset_second_factor", "Officer@Example.org")
    assert "officer@example.org has no second factor any more" in capsys.readouterr().out
    assert client.get("/mine/").status_code == 302
    assert enter(Client())["Location"] == "/mine/"
    assert set(Authenticator.objects.values_list("user", flat=True)) == {world.chair.pk}


def test_who_has_none_is_said_to_have_none(world, capsys):
    call_command("reset_second_factor", "rep@example.org")
    assert "rep@example.org had no second factor" in capsys.readouterr().out


def test_an_unknown_address_changes_nothing(world, with_app):
    with_app("officer")
    with pytest.raises(CommandError, match="Nobody has this e-mail address"):
        call_command("reset_second_factor", "nobody@example.org")
    assert Authenticator.objects.count() == 2
