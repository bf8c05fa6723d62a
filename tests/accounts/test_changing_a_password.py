"""Changing one's own password."""

import smtplib

import pytest
from django.core.mail.backends.locmem import EmailBackend

from tests.accounts.conftest import NEW, errors
from tests.world import PASSWORD

URL = "/accounts/password/change/"


def change(browser, old=PASSWORD, new=NEW, again=None):
    return browser.post(URL, {"oldpassword": old, "password1": new, "password2": again or new})


def test_it_is_changed_and_everybody_is_signed_out_and_told(world, sign_in, mailoutbox, enter, client):
    here, elsewhere = sign_in("officer"), sign_in("officer")
    assert elsewhere.get("/mine/").status_code == 200
    assert change(here).status_code == 302
    assert here.get("/mine/").status_code == elsewhere.get("/mine/").status_code == 302
    assert errors(enter(client)) != []
    assert enter(client, password=NEW).status_code == 302
    (letter,) = mailoutbox
    assert (letter.to, letter.subject) == (["officer@example.org"], "Your password was changed")
    assert "If it was not you, choose a new password at once" in letter.body
    assert NEW not in letter.body


def test_it_is_changed_also_when_no_letter_can_be_sent(world, sign_in, enter, client, monkeypatch):
    def away(self, messages):
        raise smtplib.SMTPServerDisconnected("Connection unexpectedly closed")

    monkeypatch.setattr(EmailBackend, "send_messages", away)
    assert change(sign_in("officer")).status_code == 302
    assert enter(client, password=NEW).status_code == 302


@pytest.mark.parametrize(
    ("old", "new", "again", "message"),
    [
        ("wrong", NEW, None, "This is not your password now"),
        ("", NEW, None, "Enter your password as it is now"),
        (PASSWORD, "short", None, "This password is too short. It must contain at least 12 characters."),
        (PASSWORD, NEW, "another-new-password", "You must type the same password each time."),
    ],
)
def test_what_is_wrong_is_said_and_nothing_changes(world, sign_in, enter, client, mailoutbox, old, new, again, message):
    browser = sign_in("officer")
    assert message in errors(change(browser, old, new, again))
    assert browser.get("/mine/").status_code == 200
    assert enter(client).status_code == 302
    assert not mailoutbox


def test_five_tries_a_minute_are_enough(world, sign_in):
    browser = sign_in("officer")
    assert [change(browser, "wrong").status_code for _number in range(6)] == [200] * 5 + [429]


def test_a_stranger_is_asked_to_sign_in(world, client):
    for response in (client.get(URL), change(client)):
        assert response["Location"].startswith("/accounts/login/?next=")
