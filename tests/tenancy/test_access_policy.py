"""Every route × every method × every actor answers as the policy table says; a route that is not in it fails."""

import pytest
from django.db import transaction
from django.test import Client

from partnerships.tenancy.context import acting
from strategies.models import Edition
from tests.conftest import confirm
from tests.tenancy import policy
from tests.tenancy.policy import ACTORS, ALLAUTH, ANONYMOUS, METHODS, POLICY
from tests.tenancy.walk import all_routes

ROUTES = all_routes()


def test_every_route_is_in_the_table():
    assert set(ROUTES) == set(POLICY)


def test_every_route_of_ours_declares_who_may_open_it():
    undeclared = [
        name
        for name, route in ROUTES.items()
        if name not in ALLAUTH and not getattr(route.callback, "permission", None)
    ]
    assert undeclared == []


def browser(world, actor: str) -> Client:
    client = Client(raise_request_exception=False)
    if actor != ANONYMOUS:
        client.force_login(world.people[actor], backend="allauth.account.auth_backends.AuthenticationBackend")
    return client


@pytest.mark.parametrize("name", sorted(POLICY))
def test_policy(world, addresses, name, settings):
    settings.ACCOUNT_RATE_LIMITS = settings.MFA_RATE_LIMITS = False  # four thousand knocks from one address
    rule, address, wrong = POLICY[name], addresses[name], []
    for actor in sorted(ACTORS):
        client = browser(world, actor)
        for method in METHODS:
            with transaction.atomic():  # whatever it does is undone before the next knocks
                response = client.generic(method, address)
                transaction.set_rollback(True)
            expected = expectation(name, rule, actor, method)
            if not expected(response):
                wrong.append((actor, method, response.status_code, response.headers.get("Location", "")))
    assert wrong == []


def expectation(name: str, rule: policy.Rule, actor: str, method: str):
    if method not in rule.methods and name not in ALLAUTH:
        return lambda response: response.status_code == 405
    if actor in rule.allowed:
        return lambda response: response.status_code in ok(name)
    if actor == ANONYMOUS and rule.inside and method == "POST":
        return lambda response: response.status_code == 401  # with what was typed, see tests/pages/test_signed_out.py
    if actor == ANONYMOUS:
        return lambda response: (
            response.status_code == 405
            or (response.status_code == 302 and response.headers["Location"].startswith("/accounts/login/"))
        )
    if rule.inside and actor in policy.UNPROTECTED:
        return lambda response: response.status_code == 403
    if rule.inside and actor in policy.OUTSIDERS:
        return lambda response: response.status_code == 404
    return lambda response: response.status_code == 403


# What belongs to a second factor that nobody here has: see tests/accounts/test_second_factor.py.
NOT_SET_UP = {"mfa_deactivate_totp", "mfa_view_recovery_codes", "mfa_download_recovery_codes"}


def ok(name: str) -> set[int]:
    """What a door that opens may say: shown, done, or refused with the reason."""
    if name in NOT_SET_UP:
        return {404, 405}
    if name in ALLAUTH:
        return {200, 302, 405}
    return {
        "documents:download": {404},  # the row is there, the file is not: see tests/documents
        "strategies:edition_pdf": {503},  # still being made
        "strategies:publication": {200, 302, 409},
        "strategies:order": {400},  # without a direction
        "invitations:reminders": {200, 409},  # everybody has had a letter today
        "strategies:removal": {200, 409},  # without the version the writer saw
    }.get(name, {200, 302})


# Their numbers are those of the directory of organisations, which is one for all.
OF_ALL_PARTNERSHIPS = {"partnerships:known_member"}


def test_another_partnerships_things_do_not_exist_here(world, addresses, sign_in):
    """The officer of Hackney, in Hackney's address, with Southwark's numbers."""
    client = confirm(sign_in("hackney_officer"), world.hackney_officer)
    for name, address in addresses.items():
        if name in OF_ALL_PARTNERSHIPS:
            continue
        if POLICY[name].inside and address.rstrip("/").rpartition("/")[2].isdigit():
            # what is no officer's business anywhere is refused before it is looked for
            expected = 404 if "officer" in POLICY[name].allowed else 403
            assert client.get(address.replace("/southwark/", "/hackney/")).status_code == expected, name
    with acting(world.southwark.pk):
        assert Edition.objects.count() == 1
