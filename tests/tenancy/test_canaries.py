"""A token in every text of Hackney shows in no page, file or letter of Southwark, whoever looks."""

import io
import zipfile

import pytest
from django.apps import apps
from django.core import mail
from django.db import connection, models

from accounts.models import Person
from documents import engine
from invitations.actions import invite
from jobs.models import Job
from partnerships.models import Organisation
from partnerships.permissions import Role
from partnerships.tenancy.context import acting
from partnerships.tenancy.schema import PartnershipKey
from strategies import documents as papers
from strategies.models import Strategy
from tests import assessing
from tests.conftest import as_owner
from tests.invitations.conftest import post
from tests.members import furnish
from tests.places import enter_neighbourhood, name_contact
from tests.writing import write_strategy

CANARY = "Qanaria"
SOUTHWARK_ALONE = [None, "officer", "chair", "finance", "rep", "cvs"]
EXPORTS = {
    "partnerships:directory",
    "partnerships:seats",
    "partnerships:members",
    "partnerships:activity",
    "partnerships:seat_register",
    "partnerships:balance",
    "imports:template",
    "invitations:list",
    "partnerships:people",
    "partnerships:neighbourhoods",
    "partnerships:neighbourhood",
    "partnerships:public_neighbourhoods",
    "partnerships:public_neighbourhood",
}


def texts_of(model: type[models.Model]) -> list[models.Field]:
    """The columns of a table in which somebody's words stand."""
    return [
        field
        for field in model._meta.concrete_fields
        if isinstance(field, models.CharField | models.TextField)
        and not field.choices
        and field.name not in {"seal", "code"}
    ]


@pytest.fixture
def canaries(world) -> int:
    """Everything Hackney has, down to its people and organisations, bears the token. Returns how many columns do."""
    write_strategy(world.hackney, world.hackney_officer)
    neighbourhood = enter_neighbourhood(world.hackney, world.hackney_officer)
    name_contact(world.hackney, world.hackney_officer)
    name_contact(world.hackney, world.hackney_officer, neighbourhood=neighbourhood)
    furnish(world.hackney, world.access("hackney_officer"))
    assessing.written(world, partnership=world.hackney, officer="hackney_officer")
    tenants = [
        model
        for model in apps.get_models()
        if any(isinstance(field, PartnershipKey) for field in model._meta.concrete_fields)
    ]
    marked = 0
    with as_owner(), connection.cursor() as cursor:
        for model in tenants:
            for field in texts_of(model):
                cursor.execute(
                    f"UPDATE {model._meta.db_table} SET {field.column} = left(%s || id, %s) WHERE partnership_id = %s",
                    [CANARY, field.max_length or 200, world.hackney.pk],
                )
                marked += bool(cursor.rowcount)
    for organisation in Organisation.objects.filter(name__startswith="Hackney"):
        Organisation.objects.filter(pk=organisation.pk).update(name=f"{CANARY} {organisation.pk}", kind=CANARY)
    Person.objects.filter(pk=world.hackney_officer.pk).update(name=f"{CANARY} officer")
    return marked


def content(response) -> str:
    """What came over the wire, unpacked."""
    data = b"".join(response.streaming_content) if response.streaming else response.content
    if data[:2] == b"PK":
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            data = b"".join(archive.read(name) for name in archive.namelist())
    return data.decode(errors="replace") + str(response.headers)


def test_the_canaries_are_alive(world, canaries, sign_in):
    """Hackney's officer sees them, so the tests below look for something that can be seen."""
    assert canaries >= 20
    client = sign_in("hackney_officer")
    for page in ("", "members/", "activity/", "strategy/"):
        assert CANARY in content(client.get(f"/p/hackney/manage/{page}")), page


@pytest.mark.parametrize("who", SOUTHWARK_ALONE)
def test_no_page_of_southwark_shows_one(canaries, addresses, sign_in, who):
    client = sign_in(who)
    seen = 0
    for name, address in addresses.items():
        for query in ("", "?format=csv", "?format=xlsx") if name in EXPORTS else ("",):
            response = client.get(address + query)
            seen += response.status_code == 200
            assert CANARY not in content(response), (name, query)
    assert seen > 20


def test_no_search_finds_one(canaries, client):
    """The words of the search come back in its box and in the sentence that nothing was found, and nowhere else."""
    shown = content(client.get("/partnerships/", {"q": CANARY, "region": "london"}))
    echoed = [f'value="{CANARY}"', f"q={CANARY}", f"“{CANARY}”"]
    assert shown.count(CANARY) == sum(shown.count(words) for words in echoed)


def test_a_suggestion_says_what_any_register_prints_of_an_organisation_and_no_more(world, canaries, sign_in):
    """The directory of organisations is one for all, so the names that Hackney entered are suggested in Southwark too.

    With each name go its sector, its numbers and the area of its authority. That it is a member of Hackney, since when,
    with which seats, and whom Hackney asks there, is Hackney's own: of that no word may show, nor the kind of body.
    """
    shown = content(sign_in("officer").get("/p/southwark/manage/organisations/suggestions/", {"q": CANARY}))
    names = Organisation.objects.filter(name__startswith=CANARY, merged_into=None).values_list("name", flat=True)
    assert shown.count(CANARY) == len(names) > 1
    assert all(name in shown for name in names)
    assert "Voluntary or community organisation" in shown
    for page, query in (("members/new/", f"q={CANARY}"), ("members/", f"q={CANARY}&state=all")):
        shown = content(sign_in("officer").get(f"/p/southwark/manage/{page}?{query}"))
        rest = shown.replace(f'value="{CANARY}"', "").replace(f"q={CANARY}", "").replace(f"new one: {CANARY}", "")
        for name in names if page == "members/new/" else ():
            rest = rest.replace(name, "")
        assert CANARY not in rest, page


@pytest.mark.parametrize("who", SOUTHWARK_ALONE)
def test_no_refused_form_of_southwark_offers_one(canaries, addresses, sign_in, who):
    client = sign_in(who)
    for name, address in addresses.items():
        assert CANARY not in content(client.post(address, {"title": "", "body": ""})), name


def test_no_letter_bears_one(canaries, world, client):
    client.post("/accounts/password/reset/", {"email": world.officer.email})
    with acting(world.southwark.pk, by=world.officer.pk):
        invite(partnership=world.southwark, email="b@example.net", name="B", role=Role.CVS, by=world.access("officer"))
    post()
    assert {tuple(letter.to) for letter in mail.outbox} == {(world.officer.email,), ("b@example.net",)}
    assert not [letter for letter in mail.outbox if CANARY in f"{letter.subject} {letter.body} {letter.to}"]


def test_no_document_bears_one(canaries, world):
    strategy = write_strategy(world.southwark, world.officer)
    with acting(world.southwark.pk):
        article = papers.article(strategy)
        page = papers.draft_page(strategy, article, demonstration=False)
    assert CANARY not in f"{page}{article.content}"
    assert engine.render(page).content.startswith(b"%PDF")


def test_jobs_bear_no_words(canaries, world):
    """The job table is open to every partnership, so it holds ids and codes alone."""
    words = [
        field.name for field in Job._meta.concrete_fields if isinstance(field, models.TextField | models.JSONField)
    ]
    assert words == []
    assert Strategy.objects.count() == 0
