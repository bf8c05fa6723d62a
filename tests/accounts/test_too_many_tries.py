"""Whoever guesses passwords is stopped: by address after five, by network after thirty."""

import pytest
from django.test import Client

from tests.accounts.conftest import ADDRESS, LOGIN, errors, heading

WRONG = ["The e-mail address or the password is not right. Check both."]
LOCKED = ["This address is locked for fifteen minutes after five wrong passwords. Wait, or ask for a new password."]


@pytest.fixture
def locked(world, client, enter):
    for _attempt in range(5):
        assert errors(enter(client, password="wrong")) == WRONG
    return client


def test_five_wrong_passwords_lock_the_address_also_for_the_right_one(locked, enter):
    assert errors(enter(locked)) == LOCKED
    assert errors(enter(Client(REMOTE_ADDR="192.0.2.7"))) == LOCKED  # from anywhere
    assert "_auth_user_id" not in locked.session


def test_its_case_is_no_way_round_the_lock(locked, enter):
    assert errors(enter(locked, "OFFICER@example.ORG")) == LOCKED


def test_another_address_is_not_locked(locked, enter):
    assert enter(locked, "chair@example.org").status_code == 302


def test_an_address_without_an_account_locks_just_the_same(world, client, enter):
    for _attempt in range(5):
        assert errors(enter(client, "nobody@example.org", "wrong")) == WRONG
    assert errors(enter(client, "nobody@example.org", "wrong")) == LOCKED


def test_after_a_quarter_of_an_hour_it_opens_again(locked, enter, monkeypatch):
    import time

    now = time.time()
    monkeypatch.setattr(time, "time", lambda: now + 14 * 60)
    assert errors(enter(locked)) == LOCKED
    monkeypatch.setattr(time, "time", lambda: now + 15 * 60 + 5)
    assert enter(locked).status_code == 302


def test_who_is_let_in_has_not_used_up_any_try(world, enter):
    for _time in range(8):
        assert enter(Client()).status_code == 302


def test_thirty_wrong_addresses_from_one_network_stop_it(world, client, enter):
    for number in range(30):
        assert errors(enter(client, f"guess{number}@example.org", "wrong")) == WRONG
    assert errors(enter(client, "guess31@example.org", "wrong")) == LOCKED
    assert enter(Client(REMOTE_ADDR="192.0.2.7"), ADDRESS).status_code == 302


def test_behind_a_proxy_the_network_is_the_visitors_not_the_proxys(world, client, enter, settings):
    settings.ALLAUTH_TRUSTED_PROXY_COUNT = 1
    noisy, quiet = (Client(HTTP_X_FORWARDED_FOR=f"6.6.6.6, {address}") for address in ("192.0.2.7", "192.0.2.8"))
    for number in range(31):
        last = enter(noisy, f"guess{number}@example.org", "wrong")
    assert errors(last) == LOCKED
    assert enter(quiet).status_code == 302


def test_sixty_forms_a_minute_are_enough(world, client, enter):
    answers = [enter(client, "", "").status_code for _number in range(61)]
    assert answers == [200] * 60 + [429]
    response = enter(client)
    assert heading(response) == "Too many tries"
    assert "Try again in fifteen minutes." in response.content.decode()
    assert client.get(LOGIN).status_code == 200  # looking is free
