"""A new password by a letter: the link works once and for four hours."""

import re
from smtplib import SMTPServerDisconnected

import pytest
from django.core.mail.backends.locmem import EmailBackend
from django.test import Client

from accounts.models import Person
from tests.accounts.conftest import ADDRESS, NEW, errors, heading

ASK = "/accounts/password/reset/"


def ask(browser, address=ADDRESS):
    return browser.post(ASK, {"email": address})


def link_in(letter):
    return re.search(r"http://testserver(\S+)", letter.body)[1]


def choose(browser, link, password=NEW, again=None):
    """Follow the link of a letter, and send the form it leads to."""
    form = browser.get(link)
    assert form.status_code == 302, "the key goes into the session, out of the address"
    return browser.post(form["Location"], {"password1": password, "password2": again or password})


def test_the_letter_holds_the_link_and_says_how_long_it_works(world, client, mailoutbox):
    response = ask(client, "OFFICER@Example.org")
    assert response["Location"] == "/accounts/password/reset/done/"
    (letter,) = mailoutbox
    assert letter.to == [ADDRESS]
    assert letter.subject == "Your link to a new password"
    assert letter.from_email == "LSP <no-reply@localhost>"
    assert "Somebody, probably you, asked for a new password for your account." in letter.body
    assert "The link works once and for four hours. If you did not ask, there is nothing to do" in letter.body
    assert letter.body.count("http") == 1
    assert not letter.alternatives


def test_the_link_leads_to_a_new_password_and_a_letter_says_so(world, client, mailoutbox, enter):
    ask(client)
    done = choose(client, link_in(mailoutbox[0]))
    assert done["Location"] == "/accounts/password/reset/key/done/"
    assert "_auth_user_id" not in client.session  # and then one signs in
    assert errors(enter(Client())) != []
    assert enter(Client(), password=NEW).status_code == 302
    told = mailoutbox[1]
    assert (told.to, told.subject) == ([ADDRESS], "Your password was changed")
    assert "The password of your account was changed with a link from a letter." in told.body
    assert NEW not in told.body


def test_a_link_works_once(world, client, mailoutbox, enter):
    ask(client)
    link = link_in(mailoutbox[0])
    choose(client, link)
    again = Client().get(link, follow=True)
    assert heading(again) == "This link no longer works"
    assert f'href="{ASK}"' in again.content.decode()
    assert Client().post(link, {"password1": "x" * 20, "password2": "x" * 20}).status_code == 200
    assert enter(Client(), password=NEW).status_code == 302


def test_a_link_works_for_four_hours(world, client, mailoutbox, settings):
    assert settings.PASSWORD_RESET_TIMEOUT == 4 * 60 * 60
    ask(client)
    settings.PASSWORD_RESET_TIMEOUT = -1  # as if that time were over
    assert heading(client.get(link_in(mailoutbox[0]), follow=True)) == "This link no longer works"


@pytest.mark.parametrize("key", ["1-set-password", "zzzz-abc-def", "0-0", "1-bad-key"])
def test_a_link_that_was_never_sent_does_nothing(world, client, key):
    assert heading(client.get(f"/accounts/password/reset/key/{key}/", follow=True)) == "This link no longer works"


def test_the_link_of_one_person_does_not_open_another(world, client, mailoutbox):
    ask(client)
    ask(client, "chair@example.org")
    key = link_in(mailoutbox[0]).rpartition("/key/")[2].split("-", 1)[1]
    who = link_in(mailoutbox[1]).rpartition("/key/")[2].split("-", 1)[0]
    assert heading(client.get(f"/accounts/password/reset/key/{who}-{key}", follow=True)) == "This link no longer works"


@pytest.mark.parametrize(
    ("password", "again", "message"),
    [
        ("short", None, "This password is too short. It must contain at least 12 characters."),
        ("qwerty123456", None, "This password is too common."),
        ("officer@example.org", None, "The password is too similar to the e-mail address."),
        (NEW, "something-else-entirely", "You must type the same password each time."),
    ],
)
def test_a_bad_password_is_said_and_the_link_still_works(world, client, mailoutbox, password, again, message):
    ask(client)
    assert message in errors(choose(client, link_in(mailoutbox[0]), password, again))
    assert choose(client, link_in(mailoutbox[0])).status_code == 302


def test_an_address_without_an_account_gets_a_letter_and_the_page_tells_nothing(world, client, mailoutbox):
    known, unknown = ask(client), ask(client, "nobody@example.org")
    assert known["Location"] == unknown["Location"]
    letter = mailoutbox[1]
    assert (letter.to, letter.subject) == (["nobody@example.org"], "There is no account with your address")
    assert "http" not in letter.body


def test_who_may_not_sign_in_gets_no_link(world, client, mailoutbox):
    Person.objects.filter(pk=world.officer.pk).update(is_active=False)
    ask(client)
    assert all("/password/reset/key/" not in letter.body for letter in mailoutbox)


def test_somebody_entered_without_a_password_gets_one_by_letter(world, client, mailoutbox, enter):
    Person.objects.create_user("new@example.org", "New")
    ask(client, "new@example.org")
    choose(client, link_in(mailoutbox[0]))
    assert enter(Client(), "new@example.org", NEW).status_code == 302


@pytest.mark.parametrize("error", [ConnectionRefusedError("refused"), SMTPServerDisconnected("closed"), TimeoutError()])
def test_when_no_letter_can_be_sent_it_says_to_try_later(world, client, monkeypatch, error):
    def away(self, messages):
        raise error

    monkeypatch.setattr(EmailBackend, "send_messages", away)
    response = ask(client)
    assert (response.status_code, response["Retry-After"]) == (503, "10")
    assert heading(response) == "Closed for a moment"


def test_five_letters_to_one_address_are_enough(world, client, mailoutbox):
    for _letter in range(5):
        ask(client)
    response = ask(client)
    assert (response.status_code, heading(response)) == (429, "Too many tries")
    assert len(mailoutbox) == 5


def test_a_new_password_signs_out_whoever_was_in_with_the_old_one(world, client, mailoutbox, sign_in):
    elsewhere = sign_in("officer")
    assert elsewhere.get("/mine/").status_code == 200
    ask(client)
    choose(client, link_in(mailoutbox[0]))
    assert elsewhere.get("/mine/").status_code == 302
