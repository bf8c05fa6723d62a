"""Every route × every method × every actor answers as the policy table says; a route that is not in it fails."""

from http.cookies import SimpleCookie

import pytest
from django.db import transaction
from django.test import Client, RequestFactory

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


@pytest.mark.parametrize("name", sorted(set(POLICY) - ALLAUTH))
def test_a_route_answers_its_own_methods_alone_whoever_asks(name):
    """It says so before it looks at who asks: the request of this test bears nobody, so one knock stands for all."""
    for method in set(METHODS) - POLICY[name].methods:
        assert ROUTES[name].callback(RequestFactory().generic(method, "/"), slug="southwark").status_code == 405


@pytest.mark.parametrize("actor", sorted(ACTORS))
def test_policy(world, addresses, actor, settings):
    settings.ACCOUNT_RATE_LIMITS = settings.MFA_RATE_LIMITS = False  # thousands of knocks from one address
    wrong = []
    signed_in = browser(world, actor).cookies
    for name, rule in POLICY.items():
        for method in METHODS if name in ALLAUTH else sorted(rule.methods):
            client = Client(raise_request_exception=False)
            client.cookies = SimpleCookie(signed_in.output(header=""))
            with transaction.atomic():  # whatever it does is undone before the next knock
                response = client.generic(method, addresses[name])
                transaction.set_rollback(True)
            if not expectation(name, rule, actor, method)(response):
                wrong.append((name, method, response.status_code, response.headers.get("Location", "")))
    assert wrong == []


def expectation(name: str, rule: policy.Rule, actor: str, method: str):
    if actor in rule.allowed:
        return lambda response: response.status_code in ok(name)
    if actor == ANONYMOUS and (rule.inside or rule.others) and method == "POST":
        return lambda response: response.status_code == 401  # with what was typed, see tests/pages/test_signed_out.py
    if actor == ANONYMOUS:
        return lambda response: (
            response.status_code == 405
            or (response.status_code == 302 and response.headers["Location"].startswith("/accounts/login/"))
        )
    if rule.others:
        return lambda response: response.status_code == rule.others
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
        "reviews:case_evidence": {404},  # likewise: see tests/reviews/pages
        "reviews:case_file": {404},
        "accreditation:evidence_file": {202},  # still being checked
        "accreditation:file": {503},  # still being made
        "accreditation:action_removal": {200, 409},  # without the version the writer saw
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
