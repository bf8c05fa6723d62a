"""`manage.py demo`: loads the demonstration once, finishes what was interrupted, lists who one can sign in as."""

import io
import json

import pytest
from django.apps import apps
from django.core.management import CommandError, call_command
from django.db import connection, transaction
from django.db.models import Count

import accreditation.actions
import partnerships.queries
import reviews.actions
from accounts.models import Person
from accreditation.models import Score, SelfAssessment
from core.dates import today
from invitations.queries import invitations_of
from jobs.models import Job
from lsp.demonstration import assessed, people, tables, texts
from lsp.demonstration.cast import CAST, PASSWORD
from partnerships.models import (
    Authority,
    ContactPoint,
    Deed,
    Neighbourhood,
    NeighbourhoodArea,
    Partnership,
    Seat,
    Sitting,
)
from partnerships.permissions import Perm
from partnerships.tenancy.access import Access
from partnerships.tenancy.context import acting, reading_everywhere
from reviews.models import Case, Decision
from strategies.models import Edition, Strategy
from strategies.queries import gaps
from tests.conftest import as_owner

FEW = ["Southwark", "Hackney", "Islington", "Lewisham", "Greenwich", "Newham"]  # where the cast has roles


def demo(*arguments):
    """What the command says."""
    said = io.StringIO()
    call_command("demo", *arguments, stdout=said)
    return said.getvalue()


@pytest.fixture
def few(empty, monkeypatch):
    """The demonstration with six tables instead of 101."""
    monkeypatch.setattr(tables, "areas", lambda: Authority.objects.filter(name__in=FEW).order_by("name"))


def rows():
    """How many rows each of the product's tables holds."""
    labels = {"accounts", "partnerships", "strategies", "accreditation", "reviews", "jobs", "documents", "auth"}
    models = [model for model in apps.get_models() if model._meta.app_label in labels]
    with reading_everywhere():
        return {model._meta.label: model._default_manager.count() for model in models}


def test_it_loads_every_table_and_a_second_run_changes_nothing(empty):
    said = demo()
    assert "partnerships: 101 entered, 0 as they were" in said
    assert f"people who can sign in: {len(CAST)} entered, {len(CAST)} in all" in said
    assert "strategies written: Hackney, Islington, Southwark" in said
    assert "points of contact named: Islington, Southwark" in said
    assert "self-assessments told: Greenwich, Hackney, Islington, Lewisham, Newham, Southwark" in said
    assert Partnership.objects.count() == 101
    assert Partnership.objects.filter(receives_nrf=True).count() == 88
    assert Partnership.objects.filter(region__slug="london").count() == 33
    before = rows()
    said = demo()
    assert "partnerships: 0 entered, 101 as they were" in said
    assert f"people who can sign in: 0 entered, {len(CAST)} in all" in said
    assert "people invited: none, they were" in said
    assert "strategies written: none, they stand" in said
    assert "points of contact named: none, they stand" in said
    assert "self-assessments told: none, they stand" in said
    assert rows() == before


def test_southwark_has_its_26_seats(few):
    demo()
    southwark = Partnership.objects.get(slug="southwark")
    seats = Seat.objects.filter(partnership=southwark).values_list("sector__code").annotate(Count("pk"))
    assert dict(seats) == {"residents": 6, "voluntary": 5, "faith": 2, "business": 2, "public": 11}
    assert Sitting.objects.filter(partnership=southwark).count() == 26
    assert sum(row.held for row in partnerships.queries.balance(southwark)) == 26


def test_southwark_has_an_open_invitation_and_an_accepted_one(few):
    assert "people invited: " in demo()
    southwark = Partnership.objects.get(slug="southwark")
    with acting(southwark.pk):
        states = {row.state: row.who for row in invitations_of(southwark)}
    assert states.keys() == {"open", "accepted"}
    assert states["accepted"] == "CVS officer, Southwark"
    chosen = Person.objects.get(name=states["open"])
    assert not chosen.has_usable_password()


def test_the_three_strategies_are_published_published_and_full_of_gaps(few):
    demo()
    editions = Edition.objects.values_list("partnership__slug", "number", "demonstration")
    assert set(editions) == {("southwark", 1, True), ("islington", 1, True)}
    assert Job.objects.filter(kind="strategies.edition_pdf").count() == 2
    hackney = Partnership.objects.get(slug="hackney")
    with acting(hackney.pk):
        assert gaps(Strategy.objects.select_related("partnership").get())


def test_the_six_self_assessments_stand_where_their_texts_say(few):
    demo()
    with reading_everywhere():
        told = {row.partnership.slug: row for row in SelfAssessment.objects.select_related("partnership", "outcome")}
        cases = {row.partnership.slug: row for row in Case.objects.select_related("partnership", "reviewer")}
        decisions = {row.partnership.slug: row for row in Decision.objects.select_related("partnership")}
        left = {slug: {gap.url_name for gap in accreditation.queries.gaps(row)} for slug, row in told.items()}
    states = {slug: (row.state, cases[slug].state if slug in cases else "") for slug, row in told.items()}
    assert states == {
        "southwark": ("draft", ""),
        "hackney": ("draft", ""),
        "lewisham": ("submitted", "queued"),
        "islington": ("sent_back", "sent_back"),
        "greenwich": ("decided", "decided"),
        "newham": ("deferred", "decided"),
    }
    assert not left["southwark"] and left["hackney"]  # the chair of the one can submit, the other is half written
    assert told["greenwich"].outcome.label == "Green" and decisions["greenwich"].certifies
    assert told["newham"].outcome.label == "Amber/Red" and len(decisions["newham"].conditions) == 2
    assert told["newham"].next_review_on > today()
    assert cases["islington"].reviewer.name == "Reviewer, London" and cases["islington"].shared_at


def test_partners_of_southwark_do_not_agree(few):
    demo()
    southwark = Partnership.objects.get(slug="southwark")
    with acting(southwark.pk):
        scores = Score.objects.filter(partnership=southwark).values_list("criterion__code", "rating__order")
        differing = {code for code, order in scores if any(c == code and o != order for c, o in scores)}
        assert len(scores) == 24
    assert "performance-managed" in differing and "action-focused" not in differing


def test_whoever_has_begun_their_own_keeps_it(few):
    demo()
    officer = Access.of(Person.objects.get(email="officer.hackney@example.org"))
    hackney = Partnership.objects.get(slug="hackney")
    with acting(hackney.pk, by=officer.person_id):
        answer = accreditation.queries.answers_of(SelfAssessment.objects.get()).get(criterion__code="efficient")
        accreditation.actions.save_answer(
            answer=answer,
            rating=None,
            agreed_because="",
            starting_point="Ours",
            narrative="",
            version=answer.version,
            by=officer,
        )
    before = rows()
    demo()
    assert rows() == before


def test_southwark_has_neighbourhoods_without_made_up_codes_and_contacts_on_addresses_of_nobody(few):
    demo()
    southwark = Partnership.objects.get(slug="southwark")
    names = Neighbourhood.objects.filter(partnership=southwark).values_list("name", flat=True)
    assert set(names) == {"Bermondsey", "Camberwell", "Peckham", "Rotherhithe", "Walworth"}
    assert not NeighbourhoodArea.objects.exists()
    points = list(ContactPoint.objects.all())
    assert len(points) == 4
    assert all(point.email.endswith("@example.org") and point.telephone.startswith("020 7946 0") for point in points)
    assert not Person.objects.filter(email__in=[point.email for point in points]).exists()


def test_everything_was_done_by_somebody(few):
    """By the demonstration, or by the people whose text, score or invitation it is; nothing past the actions."""
    demo()
    southwark = Partnership.objects.get(slug="southwark")
    with acting(southwark.pk):
        authors = {deed.who for deed in Deed.objects.select_related("by")}
        published = Deed.objects.get(verb="strategies.published")
    own = {"Officer, Southwark", "Chair, Southwark", "CVS officer, Southwark"}
    assert authors == {"Demonstration", *own, "Member, Jobcentre Plus", "Member, Police, Southwark"}
    assert published.by.email == "officer.southwark@example.org"


def test_the_cast_is_where_it_says_and_has_its_password(few):
    demo()
    for player in CAST:
        person = Person.objects.get(email=player.email)
        assert person.check_password(PASSWORD)
        access = Access.of(person)
        for slug, _role in player.roles:
            assert access.can(Perm.VIEW_INTERNAL, Partnership.objects.get(slug=slug))
        if player.office is not None:
            assert access.reaches(Partnership.objects.get(slug="southwark"))
    assert Person.objects.filter(password__startswith="md5").count() == len(CAST)  # nobody else can sign in


@pytest.mark.parametrize(
    ("module", "name", "at"),
    [
        (tables, "take_seat", 20),  # in the middle of a table
        (tables, "join", 1),
        (people, "appoint", 3),  # between two roles of one person
        (people, "appoint_to_office", 2),
        (texts, "_write_priority", 3),  # in the middle of a strategy
        (assessed, "appoint", 2),  # between two people of one partnership
        (accreditation.actions, "score", 5),  # in the middle of what partners think
        (reviews.actions, "recommend", 1),
    ],
)
def test_what_was_interrupted_is_finished_by_the_next_run(few, monkeypatch, module, name, at):
    with transaction.atomic():
        demo()
        whole = rows()
        transaction.set_rollback(True)
    calls, unbroken = 0, getattr(module, name)

    def breaks(*args, **kwargs):
        nonlocal calls
        calls += 1
        if calls == at:
            raise KeyboardInterrupt
        return unbroken(*args, **kwargs)

    with monkeypatch.context() as patch:
        patch.setattr(module, name, breaks)
        with pytest.raises(KeyboardInterrupt):
            demo()
    assert rows() != whole
    demo()
    assert rows() == whole


def test_it_is_refused_where_there_is_no_demonstration(empty, settings):
    settings.DEMONSTRATION = False
    for arguments in ((), ("--accounts",)):
        with pytest.raises(CommandError, match="This is not a demonstration: LSP_DEMONSTRATION is off"):
            demo(*arguments)
    assert not Person.objects.exists()


def test_it_says_what_to_do_first_where_there_are_no_places(empty):
    with as_owner(), connection.cursor() as cursor:
        cursor.execute("TRUNCATE partnerships_authority CASCADE")
    with pytest.raises(CommandError, match=r"Run `manage\.py load_reference` first"):
        demo()


def test_the_accounts_are_json_that_a_program_can_read(empty):
    accounts = json.loads(demo("--accounts"))
    officer = next(account for account in accounts if account["email"] == "officer.southwark@example.org")
    assert officer == {
        "email": "officer.southwark@example.org",
        "password": PASSWORD,
        "name": "Officer, Southwark",
        "roles": {"southwark": "officer"},
        "office": None,
    }
    assert [account["email"] for account in accounts] == [player.email for player in CAST]
    national = next(account for account in accounts if account["email"] == "viewer.national@example.org")
    assert (national["roles"], national["office"]) == ({}, ["", "national"])
    assert not Person.objects.exists()  # to list is not to load
