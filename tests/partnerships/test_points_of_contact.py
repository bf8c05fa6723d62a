"""Whom everybody may turn to: named, changed, taken off; and what of it the log does not keep."""

import datetime

import pytest
from django.db import IntegrityError, transaction

from core.refusals import Already, Conflict, Incomplete, NotPermitted
from partnerships.actions.contacts import remove_contact, save_contact
from partnerships.actions.neighbourhoods import end_neighbourhood
from partnerships.actions.overtaking import seal_of
from partnerships.models import ContactPoint, ContactPointEvent, Deed
from partnerships.queries.contacts import contact_values, first_contact
from partnerships.tenancy.context import acting
from tests.places import CONTACT, enter_neighbourhood, name_contact

NOBODY_ELSE = ["rep", "chair", "finance", "cvs", "hackney_officer", "dual_officer", "manager", "national", "stranger"]


@pytest.fixture
def save(world):
    """Save Southwark's first point of contact, having seen what is stored."""

    def saved(by="officer", **values):
        with acting(world.southwark.pk, by=world.people[by].pk):
            given = {"seen": seal_of(contact_values(first_contact(world.southwark))), **CONTACT, **values}
            return save_contact(partnership=world.southwark, by=world.access(by), **given)

    return saved


@pytest.fixture
def take_off(world):
    """Take it off, having seen what is stored."""

    def taken(by="officer", **values):
        with acting(world.southwark.pk, by=world.people[by].pk):
            given = {"seen": seal_of(contact_values(first_contact(world.southwark))), **values}
            return remove_contact(partnership=world.southwark, by=world.access(by), **given)

    return taken


def test_it_is_named_and_the_log_keeps_neither_name_nor_number(world, save, log):
    save(person=world.officer)
    point = first_contact(world.southwark)
    assert (point.name, point.email, point.person) == ("Partnership office", "office@example.org", world.officer)
    deed = log()[-1]
    assert (deed.verb, deed.subject_label, deed.about) == (
        "partnerships.point_of_contact_added",
        "First point of contact",
        world.officer,
    )
    assert deed.changes == {
        "name": [None, "…"],
        "email": [None, "…"],
        "telephone": [None, "…"],
        "address": [None, "…"],
        "getting_involved": ["", "Come to a **meeting**."],
    }


def test_a_change_says_what_changed_and_history_forgets_how_somebody_was_reached(world, save, log):
    save()
    save(email="", telephone="020 7946 0999", getting_involved="Come.")
    assert first_contact(world.southwark).telephone == "020 7946 0999"
    deed = log()[-1]
    assert deed.verb == "partnerships.point_of_contact_changed"
    assert deed.changes == {
        "email": ["…", None],
        "telephone": ["…", "…"],
        "getting_involved": ["Come to a **meeting**.", "Come."],
    }
    with acting(world.southwark.pk):
        (before, after) = ContactPointEvent.objects.order_by("pgh_id").values()
        assert (before["getting_involved"], after["getting_involved"]) == ("Come to a **meeting**.", "Come.")
        assert not {"name", "email", "telephone", "address"} & before.keys()
        assert not Deed.objects.filter(changes__icontains="7946").exists()


def test_the_same_twice_changes_nothing(save, log):
    save()
    before = len(log())
    save()
    save(seen="worn out")
    assert len(log()) == before


def test_a_neighbourhood_has_its_own(world, save):
    peckham = enter_neighbourhood(world.southwark, world.officer)
    save()
    point = save(neighbourhood=peckham, name="Peckham office", seen="")
    assert str(point) == "Point of contact, Peckham"
    assert ContactPoint.objects.filter(partnership=world.southwark).count() == 2
    assert first_contact(world.southwark).name == "Partnership office"


def test_who_has_not_seen_what_is_stored_gets_both(world, save):
    save()
    with pytest.raises(Conflict, match="Officer saved this part") as refused:
        save(name="Me", seen="")
    assert (refused.value.mine["name"], refused.value.theirs["name"]) == ("Me", "Partnership office")
    assert first_contact(world.southwark).name == "Partnership office"


def test_somebody_is_named_and_can_be_reached(world, save):
    with pytest.raises(Incomplete) as refused:
        save(name="", email="", telephone="", address="")
    assert [gap.anchor for gap in refused.value.gaps] == ["id_name", "id_email"]
    save(email="", telephone="")  # an address is a way, too
    assert first_contact(world.southwark).address


@pytest.mark.parametrize("name", ["hackney_officer", "lapsed", "future", "stranger"])
def test_who_has_no_role_and_no_seat_here_does_not_stand_behind_it(world, save, name):
    with pytest.raises(Incomplete, match="1 thing") as refused:
        save(person=world.people[name])
    assert refused.value.gaps[0].anchor == "id_person"


def test_whoever_sits_at_the_table_may_stand_behind_it(world, save):
    holder = world.southwark.accountable_body.seats.get().sittings.get().person
    assert save(person=holder).person == holder


def test_it_is_taken_off_once(world, save, take_off, log):
    save()
    take_off()
    assert first_contact(world.southwark) is None
    deed = log()[-1]
    assert (deed.verb, deed.subject_label) == (
        "partnerships.point_of_contact_removed",
        "Southwark Local Strategic Partnership",
    )
    take_off()
    assert len(log()) == deed.number


def test_what_somebody_changed_meanwhile_is_not_taken_off(world, save, take_off):
    save()
    with pytest.raises(Conflict):
        take_off(seen="worn out")
    assert first_contact(world.southwark)


def test_that_of_a_neighbourhood_that_has_ended_stays_as_it_was(world, save, take_off):
    peckham = enter_neighbourhood(world.southwark, world.officer)
    point = name_contact(world.southwark, world.officer, neighbourhood=peckham)
    day = datetime.date(2006, 3, 31)
    with acting(world.southwark.pk, by=world.officer.pk):
        end_neighbourhood(neighbourhood=peckham, on=day, reason="Renewed", by=world.access("officer"))
    for deed in (save, take_off):
        with pytest.raises(Already, match="ended on 31 March 2006"):
            deed(neighbourhood=peckham, seen=seal_of(contact_values(point)), **({"name": "Me"} if deed is save else {}))
    assert ContactPoint.objects.get(neighbourhood=peckham).name == "Partnership office"


@pytest.mark.parametrize("name", NOBODY_ELSE)
def test_nobody_else_can_do_any_of_it(world, save, take_off, name):
    save()
    for deed in (save, take_off):
        with pytest.raises(NotPermitted, match="Co-ordinating officer can"):
            deed(by=name, **({"name": "Me"} if deed is save else {}))
    assert first_contact(world.southwark).name == "Partnership office"


@pytest.mark.parametrize("half", [{"name": None}, {"email": None}, {"getting_involved": None}])
def test_postgresql_refuses_a_half_written_one_and_a_second(world, save, half):
    with acting(world.southwark.pk):
        with pytest.raises(IntegrityError), transaction.atomic():
            ContactPoint.objects.create(partnership=world.southwark, **{**CONTACT, **half})
        save()
        with pytest.raises(IntegrityError), transaction.atomic():
            ContactPoint.objects.create(partnership=world.southwark, **CONTACT)


@pytest.mark.parametrize(
    ("typed", "dialled"),
    [
        ("020 7946 0000", "02079460000"),
        ("+44 (0)20 7946 0000", "+442079460000"),
        ("(020) 7946-0000 ext. 12", "02079460000;ext=12"),
        ("020 7946 0000 x12", "02079460000;ext=12"),
        ("", ""),
    ],
)
def test_a_link_dials_the_number(typed, dialled):
    assert ContactPoint(telephone=typed).dial == dialled
