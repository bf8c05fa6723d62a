"""What the demonstration tells of its partnerships, when it has been loaded."""

import pytest
from django.db import transaction
from django.db.models import Count

import accreditation.actions
import partnerships.queries
from accounts.models import Person
from accreditation.models import Score, SelfAssessment
from core.dates import today
from invitations.queries import invitations_of
from jobs.models import Job
from lsp.demonstration.cast import CAST, PASSWORD
from partnerships.models import (
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
from tests.demonstration.loading import clear, demo, rows, six_tables

pytestmark = pytest.mark.xdist_group("demonstration")


@pytest.fixture(scope="module")
def six(django_db_setup, django_db_blocker):
    """Loaded once for the tests of this file, each of which takes back what it does. What the command said."""
    with django_db_blocker.unblock(), transaction.atomic():
        clear()
        with six_tables():
            said = demo()
        yield said
        transaction.set_rollback(True)


def test_southwark_has_its_26_seats(six, db):
    southwark = Partnership.objects.get(slug="southwark")
    seats = Seat.objects.filter(partnership=southwark).values_list("sector__code").annotate(Count("pk"))
    assert dict(seats) == {"residents": 6, "voluntary": 5, "faith": 2, "business": 2, "public": 11}
    assert Sitting.objects.filter(partnership=southwark).count() == 26
    assert sum(row.held for row in partnerships.queries.balance(southwark)) == 26


def test_southwark_has_an_open_invitation_and_an_accepted_one(six, db):
    assert "people invited: " in six
    southwark = Partnership.objects.get(slug="southwark")
    with acting(southwark.pk):
        states = {row.state: row.who for row in invitations_of(southwark)}
    assert states.keys() == {"open", "accepted"}
    assert states["accepted"] == "CVS officer, Southwark"
    chosen = Person.objects.get(name=states["open"])
    assert not chosen.has_usable_password()


def test_the_three_strategies_are_published_published_and_full_of_gaps(six, db):
    editions = Edition.objects.values_list("partnership__slug", "number", "demonstration")
    assert set(editions) == {("southwark", 1, True), ("islington", 1, True)}
    assert Job.objects.filter(kind="strategies.edition_pdf").count() == 2
    hackney = Partnership.objects.get(slug="hackney")
    with acting(hackney.pk):
        assert gaps(Strategy.objects.select_related("partnership").get())


def test_the_six_self_assessments_stand_where_their_texts_say(six, db):
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


def test_partners_of_southwark_do_not_agree(six, db):
    southwark = Partnership.objects.get(slug="southwark")
    with acting(southwark.pk):
        scores = Score.objects.filter(partnership=southwark).values_list("criterion__code", "rating__order")
        differing = {code for code, order in scores if any(c == code and o != order for c, o in scores)}
        assert len(scores) == 24
    assert "performance-managed" in differing and "action-focused" not in differing


def test_whoever_has_begun_their_own_keeps_it(six, db):
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
    with six_tables():
        demo()
    assert rows() == before


def test_southwark_has_neighbourhoods_without_made_up_codes_and_contacts_on_addresses_of_nobody(six, db):
    southwark = Partnership.objects.get(slug="southwark")
    names = Neighbourhood.objects.filter(partnership=southwark).values_list("name", flat=True)
    assert set(names) == {"Bermondsey", "Camberwell", "Peckham", "Rotherhithe", "Walworth"}
    assert not NeighbourhoodArea.objects.exists()
    points = list(ContactPoint.objects.all())
    assert len(points) == 4
    assert all(point.email.endswith("@example.org") and point.telephone.startswith("020 7946 0") for point in points)
    assert not Person.objects.filter(email__in=[point.email for point in points]).exists()


def test_everything_was_done_by_somebody(six, db):
    """By the demonstration, or by the people whose text, score or invitation it is; nothing past the actions."""
    southwark = Partnership.objects.get(slug="southwark")
    with acting(southwark.pk):
        authors = {deed.who for deed in Deed.objects.select_related("by")}
        published = Deed.objects.get(verb="strategies.published")
    own = {"Officer, Southwark", "Chair, Southwark", "CVS officer, Southwark"}
    assert authors == {"Demonstration", *own, "Member, Jobcentre Plus", "Member, Police, Southwark"}
    assert published.by.email == "officer.southwark@example.org"


def test_the_cast_is_where_it_says_and_has_its_password(six, db):
    for player in CAST:
        person = Person.objects.get(email=player.email)
        assert person.check_password(PASSWORD)
        access = Access.of(person)
        for slug, _role in player.roles:
            assert access.can(Perm.VIEW_INTERNAL, Partnership.objects.get(slug=slug))
        if player.office is not None:
            assert access.reaches(Partnership.objects.get(slug="southwark"))
    assert Person.objects.filter(password__startswith="md5").count() == len(CAST)  # nobody else can sign in
