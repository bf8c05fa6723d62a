"""Every route × every method × every actor answers as the policy table says; a route that is not in it fails."""

from collections.abc import Iterator

import pytest
from django.db import transaction
from django.test import Client
from django.urls import URLPattern, URLResolver, get_resolver, reverse

from documents.models import Document
from jobs import actions as jobs
from partnerships.tenancy.context import acting
from strategies import actions
from strategies.models import Action, Edition, Issue, Objective, Priority
from tests.tenancy import policy
from tests.tenancy.policy import ACTORS, ALLAUTH, ANONYMOUS, METHODS, POLICY
from tests.writing import write_strategy


def routes(patterns: list, namespace: str = "") -> Iterator[tuple[str, URLPattern]]:
    for entry in patterns:
        if isinstance(entry, URLResolver):
            inner = f"{namespace}{entry.namespace}:" if entry.namespace else namespace
            yield from routes(entry.url_patterns, inner)
        else:
            yield f"{namespace}{entry.name}", entry


ROUTES = dict(routes(get_resolver().url_patterns))


def test_every_route_is_in_the_table():
    assert set(ROUTES) == set(POLICY)


def test_every_route_of_ours_declares_who_may_open_it():
    undeclared = [
        name
        for name, route in ROUTES.items()
        if name not in ALLAUTH and not getattr(route.callback, "permission", None)
    ]
    assert undeclared == []


@pytest.fixture
def addresses(world) -> dict[str, str]:
    """An address for every route, in Southwark, of things that exist."""
    strategy = write_strategy(world.southwark, world.officer)
    officer = world.access("officer")
    with acting(world.southwark.pk, by=world.officer.pk):
        edition, job = actions.publish(strategy=strategy, by=officer)
        document = Document.objects.create(
            partnership=world.southwark,
            title="Draft",
            name="draft.pdf",
            key="x.pdf",
            size=1,
            pages=1,
            sha256="0" * 64,
            job_id=job.pk,
        )
        kinds = {
            "issue": Issue.objects.get(),
            "priority": Priority.objects.get(),
            "objective": Objective.objects.get(),
            "action": Action.objects.get(),
        }
    pk = {f"strategies:{name}": row.pk for name, row in kinds.items()}
    pk |= {"strategies:new_objective": kinds["priority"].pk, "strategies:new_action": kinds["objective"].pk}
    pk |= {"strategies:order": kinds["issue"].pk, "strategies:removal": kinds["issue"].pk}
    pk |= {"documents:download": document.pk, "jobs:job": job.pk}
    values = {
        "slug": "southwark",
        "strategy": strategy.pk,
        "number": edition.number,
        "uidb36": "1",
        "key": "set-password",
    }
    found = {}
    for name, route in ROUTES.items():
        wanted = set(route.pattern.converters) | set(
            getattr(route.pattern, "regex", None).groupindex if name in ALLAUTH else {}
        )
        given = {**values, "pk": pk.get(name, 0), "kind": "vision" if name == "strategies:text" else "issues"}
        found[name] = reverse(name, kwargs={key: given[key] for key in wanted | _outer(name)})
    return found


def _outer(name: str) -> set[str]:
    """What the address takes from the include above the route."""
    return {"slug"} if name.partition(":")[0] in {"strategies", "documents", "jobs"} else set()


def browser(world, actor: str) -> Client:
    client = Client(raise_request_exception=False)
    if actor != ANONYMOUS:
        client.force_login(world.people[actor], backend="allauth.account.auth_backends.AuthenticationBackend")
    return client


@pytest.mark.parametrize("name", sorted(POLICY))
def test_policy(world, addresses, name, settings):
    settings.ACCOUNT_RATE_LIMITS = False  # four thousand knocks from one address
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
    if actor == ANONYMOUS:
        return lambda response: (
            response.status_code == 405
            or (response.status_code == 302 and response.headers["Location"].startswith("/accounts/login/"))
        )
    if rule.inside and actor in policy.OUTSIDERS:
        return lambda response: response.status_code == 404
    return lambda response: response.status_code == 403


def ok(name: str) -> set[int]:
    """What a door that opens may say: done, shown, put right, or (a deed that has been done) refused with the reason."""
    if name in ALLAUTH:
        return {200, 302, 405}
    return {
        "documents:download": {404},  # the row is there, the file is not: see tests/documents
        "strategies:edition_pdf": {503},  # still being made
        "strategies:publication": {200, 302, 409},
        "strategies:removal": {200, 409},  # without the version the writer saw
    }.get(name, {200, 302})


def test_another_partnerships_things_do_not_exist_here(world, addresses, sign_in):
    """The officer of Hackney, in Hackney's address, with Southwark's numbers."""
    client = sign_in("hackney_officer")
    for name, address in addresses.items():
        if POLICY[name].inside and address.rstrip("/").rpartition("/")[2].isdigit():
            assert client.get(address.replace("/southwark/", "/hackney/")).status_code == 404, name
    with acting(world.southwark.pk):
        assert Edition.objects.count() == 1
    assert jobs.claim(0) is None
