"""The page on which somebody takes an open seat; the page that adds one."""

import datetime

import pytest

from accounts.models import Person
from core.dates import long_date, today
from partnerships.models import Membership, Organisation, Seat, Sector, Sitting
from partnerships.tenancy.context import acting

TODAY = today()


def typed(**values):
    day = values.pop("starts_on", TODAY)
    return {"starts_on_0": day.day, "starts_on_1": day.month, "starts_on_2": day.year, **values}


def address(seat):
    return f"/p/southwark/manage/seats/{seat.pk}/holder/"


def test_somebody_known_takes_it(world, open_seat, sign_in):
    answer = sign_in("officer").post(address(open_seat), typed(who=world.rep.pk), follow=True)
    assert "Rep holds the seat from" in answer.text
    assert Sitting.objects.get(seat=open_seat).person == world.rep


def test_somebody_new_with_a_long_arabic_name_takes_it(open_seat, sign_in, world):
    name = "عبد " * 49 + "الله"
    assert len(name) == 200
    officer = sign_in("officer")
    answer = officer.post(address(open_seat), typed(who="new", name=name, email="ABD@EXAMPLE.ORG"), follow=True)
    assert f'dir="auto">{name}</dd>' in answer.text
    assert Sitting.objects.select_related("person").get(seat=open_seat).person.email == "abd@example.org"
    page = officer.get("/p/southwark/manage/seats/").text
    assert f'<div dir="auto">{name}' in page
    assert not world.access("officer").reaches(world.leeds)


def test_a_seat_alone_lets_nobody_in(open_seat, sign_in, client):
    sign_in("officer").post(address(open_seat), typed(who="new", name="New", email="new@example.org"))
    newcomer = Person.objects.get(email="new@example.org")
    client.force_login(newcomer, backend="allauth.account.auth_backends.AuthenticationBackend")
    assert client.get("/p/southwark/manage/").status_code == 404


def test_the_second_of_two_is_told_and_keeps_what_was_typed(world, open_seat, sign_in):
    officer = sign_in("officer")
    officer.post(address(open_seat), typed(who=world.rep.pk))
    answer = officer.post(address(open_seat), typed(who="new", name="Late", email="late@example.org"))
    assert answer.status_code == 409
    assert "Somebody holds this seat already: Resident." in answer.text
    assert 'value="late@example.org"' in answer.text
    assert not Person.objects.filter(email="late@example.org").exists()


@pytest.mark.parametrize(
    ("wrong", "message"),
    [
        ({}, "Answer the question: Who takes the seat?"),
        ({"who": "nobody"}, "Select a valid choice"),
        ({"who": "Dual"}, "Select a valid choice"),
        ({"who": "new", "name": "A", "email": "a"}, "Enter a valid email address"),
        ({"who": "new", "name": "A", "email": "a@example.org", "starts_on": datetime.date(1066, 1, 1)}, "between 1990"),
    ],
)
def test_what_is_wrong_stands_beside_the_field(open_seat, sign_in, wrong, message):
    answer = sign_in("officer").post(address(open_seat), typed(**wrong))
    assert message in answer.text
    assert not Sitting.objects.filter(seat=open_seat).exists()


NEW = "/p/southwark/manage/seats/new/"


@pytest.fixture
def new_seat(world):
    """What somebody types who adds a seat for the council."""
    return {
        "layer": "1",
        "sector": Sector.objects.get(code="public").pk,
        "organisation": world.southwark.accountable_body_id,
        "position": "Deputy",
    }


def test_the_page_adds_a_seat_for_a_member(world, sign_in, new_seat):
    new_seat["layer"] = Seat.objects.first().layer_id
    answer = sign_in("officer").post(NEW, typed(**new_seat), follow=True)
    assert "The seat “Deputy” is added." in answer.text
    seat = Seat.objects.get(position="Deputy")
    assert (seat.organisation, seat.starts_on) == (world.southwark.accountable_body, TODAY)


def test_a_seat_for_an_organisation_is_of_its_sector_unless_another_is_chosen(world, sign_in, new_seat):
    new_seat.update(layer=Seat.objects.first().layer_id, sector="")
    sign_in("officer").post(NEW, typed(**new_seat))
    assert Seat.objects.get(position="Deputy").sector == world.southwark.accountable_body.sector
    answer = sign_in("officer").post(NEW, typed(**{**new_seat, "organisation": "", "position": "Resident of Peckham"}))
    assert "Choose a sector" in answer.text
    assert not Seat.objects.filter(position="Resident of Peckham").exists()


def test_only_members_are_offered(world, sign_in, new_seat):
    other = Organisation.objects.create(name="Elsewhere Ltd", sector=Sector.objects.get(code="business"))
    assert "Elsewhere Ltd" not in sign_in("officer").get(NEW).text
    sign_in("officer").post(NEW, typed(**{**new_seat, "organisation": other.pk}))
    assert not Seat.objects.filter(position="Deputy").exists()


def test_a_member_that_leaves_before_the_seat_begins_gets_none(world, sign_in, new_seat):
    later = TODAY + datetime.timedelta(days=30)
    with acting(world.southwark.pk):
        Membership.objects.filter(organisation=world.southwark.accountable_body).update(ends_on=later)
    new_seat["layer"] = Seat.objects.first().layer_id
    answer = sign_in("officer").post(NEW, typed(**new_seat, starts_on=later))
    assert f"is not a member on {later.day}" in answer.text
    assert not Seat.objects.filter(position="Deputy").exists()


def test_a_seat_cannot_begin_before_its_organisation_joined(world, sign_in, new_seat):
    joined = Membership.objects.get(partnership=world.southwark, organisation=world.southwark.accountable_body)
    new_seat["layer"] = Seat.objects.first().layer_id
    before = joined.starts_on - datetime.timedelta(days=1)
    answer = sign_in("officer").post(NEW, typed(**new_seat, starts_on=before))
    assert "id_starts_on_error" in answer.text or "starts_on-error" in answer.text
    assert f"is a member from {long_date(joined.starts_on)} on" in answer.text
    assert not Seat.objects.filter(position="Deputy").exists()


def test_a_missing_answer_is_named(sign_in):
    answer = sign_in("officer").post(NEW, {"position": ""})
    for message in ("Choose a sector", "Enter position", "Enter first day of the seat"):
        assert message in answer.text
