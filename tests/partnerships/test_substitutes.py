"""Somebody stands in for whoever holds a seat."""

import pytest

from core.dates import today
from core.refusals import Already, NotPermitted
from partnerships.actions.sittings import set_substitute, vacate
from partnerships.models import Appointment, Sitting
from partnerships.newcomers import Newcomer
from partnerships.permissions import Role
from partnerships.queries import seats_of
from partnerships.tenancy.context import acting
from tests.conftest import confirm


@pytest.fixture
def name(world, rep_sits):
    """`name(person)`: the officer says who stands in for the rep."""

    def named(substitute, by="officer", **values):
        with acting(world.southwark.pk, by=world.people[by].pk):
            return set_substitute(sitting=rep_sits, substitute=substitute, by=world.access(by), **values)

    return named


def stands_in(world, rep_sits):
    return seats_of(world.southwark).get(pk=rep_sits.seat_id).substitute


def test_somebody_is_named_replaced_and_released(world, rep_sits, name, log):
    name(world.dual)
    assert stands_in(world, rep_sits) == "Dual"
    name(Newcomer("Ada Lovelace", "ADA@example.org"))
    assert stands_in(world, rep_sits) == "Ada Lovelace"
    name(None)
    assert stands_in(world, rep_sits) is None
    told = [(deed.verb.split("_")[-1], deed.about.name) for deed in log()[-4:]]
    assert told == [("named", "Dual"), ("released", "Dual"), ("named", "Ada Lovelace"), ("released", "Ada Lovelace")]
    assert all(deed.changes == {} for deed in log()[-4:])


def test_the_same_again_changes_nothing(world, name, log):
    name(world.dual)
    before = log()
    with pytest.raises(Already, match="Dual stands in for this seat already"):
        name(world.dual)
    assert log() == before


def test_nobody_is_released_twice(name, log):
    before = log()
    with pytest.raises(Already, match="Nobody stands in for this seat already"):
        name(None)
    assert log() == before


def test_nobody_stands_in_for_themselves(world, name):
    with pytest.raises(Already, match="Rep holds this seat"):
        name(world.rep)


def test_after_somebody_has_left_nobody_is_named_for_them(world, rep_sits, name):
    with acting(world.southwark.pk):
        vacate(sitting=rep_sits, on=today(), reason="R", by=world.access("officer"))
    with pytest.raises(Already, match="Rep holds this seat no longer"):
        name(world.dual)


def test_a_released_substitute_loses_the_roles_that_are_named(world, name):
    with acting(world.southwark.pk):
        role = Appointment.objects.get(person=world.dual, role=Role.MEMBER, partnership=world.southwark)
    name(world.dual)
    name(None)
    assert world.access("dual").reaches(world.southwark), "standing in gave nothing and takes nothing"
    name(world.dual)
    name(None, ending=[role.pk])
    assert not world.access("dual").reaches(world.southwark)


@pytest.mark.parametrize("actor", ["rep", "chair", "hackney_officer", "manager", "national", "lapsed", "stranger"])
def test_nobody_else_can(world, rep_sits, name, actor):
    with pytest.raises(NotPermitted, match="Co-ordinating officer can"):
        name(world.dual, by=actor)
    assert stands_in(world, rep_sits) is None


def address(sitting):
    return f"/p/southwark/manage/seats/{sitting.seat_id}/holders/{sitting.pk}/substitute/"


def test_the_page_names_and_releases(world, rep_sits, sign_in):
    officer = sign_in("officer")
    page = officer.get(address(rep_sits)).text
    assert "Somebody new" in page
    assert 'value="nobody"' not in page
    answer = officer.post(address(rep_sits), {"who": world.dual.pk}, follow=True)
    assert "Dual stands in for Rep now." in answer.text
    assert 'value="nobody"' in officer.get(address(rep_sits)).text
    answer = officer.post(address(rep_sits), {"who": "nobody"}, follow=True)
    assert "Nobody stands in for Rep now." in answer.text
    assert Sitting.objects.get(pk=rep_sits.pk).substitute is None


def test_the_holder_is_not_offered(world, rep_sits, sign_in):
    answer = sign_in("officer").post(address(rep_sits), {"who": world.rep.pk})
    assert answer.status_code == 200
    assert "Select a valid choice" in answer.text


def test_a_sitting_of_another_seat_is_not_there(world, rep_sits, sign_in):
    other = Sitting.objects.exclude(seat=rep_sits.seat).filter(partnership=world.southwark).first()
    wrong = f"/p/southwark/manage/seats/{rep_sits.seat_id}/holders/{other.pk}/substitute/"
    assert sign_in("officer").get(wrong).status_code == 404


def test_whoever_ends_a_role_with_it_shows_first_that_it_is_they(world, rep_sits, name, sign_in):
    name(world.dual)
    with acting(world.southwark.pk):
        role = Appointment.objects.get(person=world.dual, role=Role.MEMBER, partnership=world.southwark)
    typed = {"who": "nobody", "ending": [role.pk]}
    assert "/reauthenticate/" in sign_in("officer").post(address(rep_sits), typed)["Location"]
    assert Sitting.objects.get(pk=rep_sits.pk).substitute == world.dual
    confirm(sign_in("officer"), world.officer).post(address(rep_sits), typed)
    assert not world.access("dual").reaches(world.southwark)
