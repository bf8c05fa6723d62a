"""Merging partnerships: what is taken over and what not, who is told, and that last year's pages stay as they were."""

import datetime
import io
import re
import threading

import pytest
from django.core.files.base import ContentFile
from django.core.files.storage import storages
from django.core.management import CommandError, call_command
from django.db import IntegrityError, connection, connections, transaction
from django.urls import reverse

from accounts.models import GroupMembership, Person
from core.dates import today
from core.refusals import Already, NotPermitted, WrongState
from jobs.actions import queue
from partnerships.actions.members import join
from partnerships.actions.merging_partnerships import NewPartnership, merge
from partnerships.actions.roles import appoint
from partnerships.actions.seats import add_seat, take_seat
from partnerships.models import (
    Appointment,
    Authority,
    ContactPoint,
    Deed,
    GovernanceLayer,
    MemberContact,
    Membership,
    Neighbourhood,
    NeighbourhoodArea,
    Organisation,
    Partnership,
    PartnershipArea,
    Seat,
    Sitting,
)
from partnerships.permissions import Perm, Role
from partnerships.queries import areas_of, broken_deeds, seats_of
from partnerships.queries.merging_partnerships import plan, proposed_areas
from partnerships.tenancy.access import Access
from partnerships.tenancy.context import acting, reading
from strategies import actions
from strategies.models import Edition, EditionFile
from tests.partnerships.conftest import enter
from tests.partnerships.ended import neighbourhood
from tests.world import BEGAN_ON, SYSTEM
from tests.writing import write_strategy

NEW = NewPartnership("South and East Partnership", "South and East", "south-and-east")


def planned(*parts, into=None):
    with reading([part.pk for part in parts]):
        return plan(parts, into)


def merged(world, name="manager", *, into=NEW, seen=None, parts=None, areas=None):
    """Southwark and Hackney become one, in somebody's name."""
    parts = parts or [world.southwark, world.hackney]
    by = Access.of(world.people[name]) if name else SYSTEM
    return merge(parts=parts, into=into, areas=areas or proposed_areas(parts), reason="One side", seen=seen, by=by)


def rows(model, partnership):
    with reading([partnership.pk]):
        return list(model.objects.filter(partnership=partnership).order_by("pk"))


@pytest.fixture
def alike(world):
    """What both have: an organisation, one of whose people sits on both boards, and somebody with a role in both."""
    council = Organisation.objects.get(name="Hackney Council")
    holder = Sitting.objects.get(seat__organisation=council).person
    board = GovernanceLayer.objects.get(code="strategic")
    with acting(world.southwark.pk):
        membership = join(partnership=world.southwark, organisation=council, starts_on=BEGAN_ON, by=SYSTEM)
        seat = add_seat(
            partnership=world.southwark,
            layer=board,
            sector=council.sector,
            organisation=council,
            position="Neighbour",
            starts_on=BEGAN_ON,
            by=SYSTEM,
        )
        take_seat(seat=seat, person=holder, starts_on=BEGAN_ON, by=SYSTEM)
        MemberContact.objects.create(partnership=world.southwark, membership=membership, name="Ask me")
    return council


def test_a_new_one_has_everybody_from_today_on(world, alike):
    successor = merged(world)
    assert (successor.slug, successor.founded_on, successor.region) == (
        "south-and-east",
        today(),
        world.southwark.region,
    )
    assert areas_of(successor) == ["Hackney", "Southwark"]
    memberships = rows(Membership, successor)
    assert len(memberships) == 4  # two, two, and Hackney's council once
    assert {row.starts_on for row in memberships} == {today()}
    assert len(rows(Seat, successor)) == 6  # three each; the seat of the same person for the same council once
    assert [seat.holder for seat in seats_of(successor)].count("Member, Hackney Council") == 1
    assert len(rows(Sitting, successor)) == 4
    with reading([successor.pk]):
        assert MemberContact.objects.get().membership.organisation == alike
        roles = Appointment.objects.filter(partnership=successor).values_list("person__email", "role")
        assert sorted(role for person, role in roles if person == "dual@example.org") == ["member"]
        assert ("officer@example.org", "officer") in roles and ("lapsed@example.org", "officer") not in roles
        assert broken_deeds(successor) == []


def test_people_may_do_there_what_they_might_do_before_and_only_read_the_old(world):
    successor = merged(world)
    officer = world.access("officer")
    assert officer.can(Perm.MANAGE_MEMBERS, successor)
    southwark = Partnership.objects.get(slug="southwark")
    assert officer.can(Perm.VIEW_INTERNAL, southwark) and not officer.can(Perm.MANAGE_MEMBERS, southwark)
    assert not world.access("rep").can(Perm.MANAGE_MEMBERS, successor)
    assert world.access("manager").can(Perm.CLOSE_PARTNERSHIP, successor)
    assert not world.access("lapsed").reaches(successor)
    assert not world.access("future").reaches(successor)
    assert GroupMembership.objects.filter(person=world.people["future"], starts_on__year=2100).count() == 2


def test_the_old_ones_end_and_say_who_took_over(world):
    successor = merged(world)
    for slug in ("southwark", "hackney"):
        old = Partnership.objects.get(slug=slug)
        assert (old.ended_on, old.successor, old.is_over) == (today(), successor, True)
        assert {row.ends_on for row in rows(Seat, old)} == {today()}
        with reading([old.pk]):
            deed = Deed.objects.get(partnership=old, verb="partnerships.ended")
            assert (deed.by_id, deed.reason) == (world.manager.pk, "One side")
            assert broken_deeds(old) == []
    with reading([successor.pk]):
        verbs = list(Deed.objects.filter(partnership=successor).order_by("number").values_list("verb", flat=True))
        told = Deed.objects.get(partnership=successor, verb="partnerships.took_over")
    assert verbs[0] == "partnerships.founded"
    assert told.changes["seats"] == [0, 6] and told.changes["member organisations"] == [0, 4]


def test_into_one_of_them_what_it_has_stays_and_counts_once(world, alike):
    before = {model: len(rows(model, world.southwark)) for model in (Membership, Seat, Sitting)}
    successor = merged(world, into=world.southwark)
    assert successor == world.southwark
    assert not Partnership.objects.get(slug="southwark").ended_on
    assert len(rows(Membership, successor)) == before[Membership] + 1
    assert len(rows(Seat, successor)) == before[Seat] + 2
    assert len(rows(Sitting, successor)) == before[Sitting] + 1
    assert areas_of(successor) == ["Hackney", "Southwark"]
    assert {row.starts_on for row in rows(PartnershipArea, successor)} == {None, today()}
    assert Partnership.objects.get(slug="hackney").successor == successor


def test_the_plan_counts_and_names_what_meets(world, alike):
    made = planned(world.southwark, world.hackney)
    assert (len(made.memberships.rows), [row.organisation for row in made.memberships.twice]) == (4, [alike])
    assert (len(made.seats.rows), len(made.seats.twice), len(made.sittings)) == (6, 1, 4)
    assert {row.person for row in made.appointments.twice} == {world.dual}
    assert made.side_by_side == []
    assert planned(world.southwark, world.hackney).seal == made.seal
    assert planned(world.southwark, world.hackney, into=world.hackney).seal != made.seal


def test_two_people_of_one_organisation_keep_their_two_seats(world, alike):
    other = Person.objects.create_user("other@example.org", "Somebody else")
    with acting(world.southwark.pk):
        Sitting.objects.filter(seat__position="Neighbour").update(person=other)
    made = planned(world.southwark, world.hackney)
    assert made.seats.twice == []
    assert {seat.partnership_id for seat in made.side_by_side} == {world.southwark.pk, world.hackney.pk}
    assert len(rows(Seat, merged(world))) == 7


def test_neighbourhoods_of_one_name_are_one_place_only_with_the_same_small_areas(world):
    neighbourhood(world, "southwark", "Market", "E01000001", "E01000002", contact="The market office")
    neighbourhood(world, "hackney", "market", "E01000002", "E01000001")
    neighbourhood(world, "southwark", "Town centre", "E01000003")
    neighbourhood(world, "hackney", "Town centre", "E01000004", "E01000003", contact="The other office")
    neighbourhood(world, "hackney", "No codes")
    successor = merged(world)
    with reading([successor.pk]):
        found = {
            place.name: sorted(place.areas.values_list("code", flat=True))
            for place in Neighbourhood.objects.filter(partnership=successor)
        }
        points = set(ContactPoint.objects.filter(partnership=successor).values_list("neighbourhood__name", "name"))
    assert found == {
        "Market": ["E01000001", "E01000002"],
        "Town centre": ["E01000003"],
        "Town centre (Hackney)": ["E01000004"],
        "No codes": [],
    }
    assert points == {("Market", "The market office"), ("Town centre (Hackney)", "The other office")}
    assert len(rows(NeighbourhoodArea, world.hackney)) == 4  # the old ones are not touched


def test_what_begins_or_ends_later_does_so_there(world):
    day = today() + datetime.timedelta(days=40)
    with acting(world.southwark.pk):
        Membership.objects.filter(organisation__name="Southwark Council").update(ends_on=day)
        ended = Membership.objects.filter(organisation__name="Southwark Council for Voluntary Service")
        ended.update(ends_on=today())
    successor = merged(world)
    names = {row.organisation.name: row.ends_on for row in rows(Membership, successor)}
    assert names["Southwark Council"] == day
    assert "Southwark Council for Voluntary Service" not in names
    with reading([successor.pk]):
        assert Appointment.objects.get(partnership=successor, person=world.future).starts_on.year == 2100


def test_the_second_time_nothing_changes(world):
    successor = merged(world)
    with reading([world.southwark.pk, world.hackney.pk, successor.pk]):
        before = Deed.objects.count()
    with pytest.raises(Already, match="its successor is South and East Partnership"):
        merged(world, into=NewPartnership("Another", "Another", "another"))
    with pytest.raises(Already, match="Southwark Local Strategic Partnership ended on"):
        merged(world, into=world.hackney)
    with reading([world.southwark.pk, world.hackney.pk, successor.pk]):
        assert Deed.objects.count() == before
    assert not Partnership.objects.filter(slug="another").exists()


def test_whoever_confirms_something_else_than_they_saw_is_told_and_nothing_is_done(world):
    seen = planned(world.southwark, world.hackney).seal
    with acting(world.hackney.pk):
        join(
            partnership=world.hackney,
            organisation=Organisation.objects.get(name="Leeds Council"),
            starts_on=today(),
            by=SYSTEM,
        )
    with pytest.raises(Already, match="Something has changed"), transaction.atomic():
        merged(world, seen=seen)
    assert not Partnership.objects.filter(ended_on__isnull=False).exists()
    assert not Partnership.objects.filter(slug=NEW.slug).exists()
    assert merged(world, seen=planned(world.southwark, world.hackney).seal).slug == NEW.slug


@pytest.mark.parametrize("name", ["officer", "reviewer", "national", "dual_officer", "stranger"])
def test_nobody_but_a_manager_of_both_can(world, name):
    with pytest.raises(NotPermitted, match="Manager can"):
        merged(world, name)


def test_a_manager_merges_within_the_region_alone_and_takes_no_foreign_area(world):
    with pytest.raises(NotPermitted):
        merged(world, parts=[world.southwark, world.leeds])
    for area in ("Camden", "Leeds"):
        with pytest.raises(WrongState):
            merged(world, areas=[Authority.objects.get(name=area)])
    assert not Partnership.objects.filter(ended_on__isnull=False).exists()


@pytest.mark.parametrize("taken", [{"slug": "leeds"}, {"name": "Leeds Local Strategic Partnership"}])
def test_a_taken_name_or_address_is_refused_and_nothing_is_done(world, taken):
    values = {"name": "N", "short_name": "N", "slug": "n", **taken}
    with pytest.raises(Already, match="already"), transaction.atomic():
        merged(world, into=NewPartnership(**values))
    assert not Partnership.objects.filter(ended_on__isnull=False).exists()


def test_work_that_goes_on_in_one_that_ends_hinders_it(world):
    queue("strategies.draft_pdf", partnership=world.hackney, subject_id=1, by=SYSTEM)
    with pytest.raises(WrongState, match="In Hackney Local Strategic Partnership 1 piece of work"):
        merged(world, into=world.southwark)
    assert merged(world, into=world.hackney) == world.hackney  # what goes on there goes on


def test_last_years_pages_stay_as_they_were(world, client):
    """Edition, its PDF, and who sat on a day of last year: byte for byte, but for the token of a form."""
    strategy = write_strategy(world.southwark, world.officer)
    with acting(world.southwark.pk, by=world.officer.pk):
        edition, job = actions.publish(strategy=strategy, by=world.access("officer"))
        key = storages["private"].save("editions/last-year.pdf", ContentFile(b"%PDF-1.7 last year\n%%EOF\n"))
        EditionFile.objects.create(
            partnership=world.southwark,
            edition=edition,
            name="e.pdf",
            key=key,
            size=26,
            pages=1,
            sha256="0" * 64,
        )
    type(job).objects.filter(pk=job.pk).delete()
    addresses = [
        "/p/southwark/strategy/1/",
        reverse("strategies:edition_pdf", args=["southwark", 1]),
        "/p/southwark/seats/?on_0=3&on_1=5&on_2=2006",
        "/p/southwark/seats/?on_0=3&on_1=5&on_2=2006&format=csv",
    ]

    def answers():
        found = []
        for address in addresses:
            response = client.get(address)
            content = b"".join(response.streaming_content) if response.streaming else response.content
            found.append((response.status_code, re.sub(rb'name="csrfmiddlewaretoken" value="\w+"', b"", content)))
        return found

    before = answers()
    assert [status for status, _content in before] == [200] * len(addresses)
    assert b"%PDF-1.7 last year" in before[1][1] and b"Seat of Southwark Council" in before[2][1]
    with reading([world.southwark.pk]):
        stored = list(Edition.objects.filter(partnership=world.southwark).values())
    merged(world)
    assert answers() == before
    with reading([world.southwark.pk]):
        assert list(Edition.objects.filter(partnership=world.southwark).values()) == stored
    today_ = client.get("/p/southwark/seats/").content.decode()
    assert "Its successor: South and East Partnership" in today_


def test_county_and_districts_become_one_unitary_step_by_step(world, client):
    """Durham, 1 April 2009: the areas of the old are replaced by the authority that took over from all of them."""
    county = Authority.objects.get(code="snac:20")
    durham = enter("Derby", name="County LSP", short_name="County", slug="county")
    with acting(durham.pk):
        PartnershipArea.objects.update(authority=county)
    Partnership.objects.filter(pk=durham.pk).update(region=county.region)
    durham.refresh_from_db()
    districts = [enter(name) for name in ("Easington", "Wear Valley")]
    shared = Organisation.objects.get(name="Leeds Council")
    for part in (durham, *districts):
        with acting(part.pk):
            join(partnership=part, organisation=shared, starts_on=BEGAN_ON, by=SYSTEM)
            appoint(partnership=part, person=world.rep, role=Role.MEMBER, starts_on=BEGAN_ON, by=SYSTEM)
    page = client.get("/p/county/").content.decode()
    assert "District partnerships in this county" in page and "One organisation sits on both" in page
    new = NewPartnership("County Durham Partnership", "County Durham", "county-durham")
    one = merged(world, None, parts=[durham, districts[0]], into=new)
    assert areas_of(one) == ["County Durham"]
    two = merged(world, None, parts=[districts[1], one], into=one)
    assert two == one and areas_of(one) == ["County Durham"]
    assert len(rows(Membership, one)) == 1
    assert len(rows(Appointment, one)) == 1
    assert set(Partnership.objects.filter(successor=one)) == {durham, *districts}
    assert "Took over from" in client.get("/p/county-durham/").content.decode()
    assert "Its successor: County Durham Partnership" in client.get("/p/easington/").content.decode()


def run(*arguments):
    out = io.StringIO()
    call_command("merge_partnerships", *arguments, stdout=out)
    return out.getvalue()


def test_the_command_merges_across_regions_and_twice_changes_nothing(world):
    options = ["--into", "both", "--name", "Both", "--short-name", "Both", "--area", "snac:00BE", "--reason", "Why"]
    assert "Both took over, at /p/both/" in run("southwark", "leeds", *options)
    assert areas_of(Partnership.objects.get(slug="both")) == ["Southwark"]
    assert "took over from them already" in run("southwark", "leeds", *options)
    assert len(rows(Membership, Partnership.objects.get(slug="both"))) == 4


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (["southwark", "--into", "x"], "two partnerships or more"),
        (["southwark", "atlantis", "--into", "x"], "no partnership at this address: atlantis"),
        (["southwark", "hackney", "--into", "leeds"], "is none of them"),
        (["southwark", "hackney", "--into", "new"], "needs --name and --short-name"),
        (["southwark", "hackney", "--into", "a b", "--name", "N", "--short-name", "N"], "is no address"),
        (["southwark", "hackney", "--into", "hackney", "--area", "nonsense"], "No authority has the code nonsense"),
    ],
)
def test_the_command_says_what_stands_in_the_way(world, arguments, said):
    with pytest.raises(CommandError, match=said):
        run(*arguments)
    assert not Partnership.objects.filter(ended_on__isnull=False).exists()


def test_postgresql_refuses_a_second_period_of_an_area(world):
    successor = merged(world)
    area = PartnershipArea.objects.filter(partnership=successor).first()
    with acting(successor.pk), pytest.raises(IntegrityError, match="an_area_once_at_a_time"), transaction.atomic():
        PartnershipArea.objects.create(partnership=successor, authority_id=area.authority_id, starts_on=today())
    assert connection.is_usable()


@pytest.mark.django_db(transaction=True)
def test_of_two_managers_at_once_the_second_is_told(world):
    parts, told, ready = [world.southwark, world.hackney], [], threading.Barrier(2)

    def attempt(name, into):
        try:
            by = world.access(name)
            ready.wait(timeout=10)
            merge(parts=parts, into=into, areas=proposed_areas(parts), reason="At once", by=by)
            told.append("done")
        except Already as refused:
            told.append(str(refused))
        finally:
            connections.close_all()

    threads = [
        threading.Thread(target=attempt, args=("manager", into))
        for into in (NEW, NewPartnership("Other", "O", "other"))
    ]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(timeout=30)
    assert sorted(words.partition(" ")[0] for words in told) == ["Southwark", "done"]
    assert Partnership.objects.filter(slug__in=["other", NEW.slug]).count() == 1
    assert Partnership.objects.get(slug="southwark").successor == Partnership.objects.get(slug="hackney").successor
