"""A membership ends: the past stays, seats do not stay behind, and the organisation can come back."""

import datetime
import threading
from concurrent.futures import ThreadPoolExecutor

import pytest
from django.db import IntegrityError, connection, transaction

from core.dates import long_date, today
from core.refusals import Already, NotPermitted
from partnerships.actions.members import HasSeats, end_membership, join
from partnerships.actions.roles import appoint
from partnerships.models import Membership, Organisation, Seat, Sector, Sitting
from partnerships.permissions import Role
from partnerships.queries import members_of
from partnerships.queries.members import memberships_of
from partnerships.tenancy.access import Access
from partnerships.tenancy.context import acting
from tests.pages.conftest import words
from tests.world import BEGAN_ON, SYSTEM

DAY = datetime.date(2006, 4, 1)


@pytest.fixture
def police(world):
    """A member without a seat."""
    organisation = Organisation.objects.create(name="Metropolitan Police", sector=Sector.objects.get(code="public"))
    with acting(world.southwark.pk):
        return join(partnership=world.southwark, organisation=organisation, starts_on=BEGAN_ON, by=SYSTEM)


@pytest.fixture
def cvs(world):
    """A member with a seat that somebody holds."""
    return Membership.objects.select_related("partnership", "organisation").get(
        partnership=world.southwark, organisation__name="Southwark Council for Voluntary Service"
    )


@pytest.fixture
def end(world):
    def ended(membership, on=DAY, by="officer", **values):
        access = world.access(by)
        with acting(world.southwark.pk, by=access.person_id):
            return end_membership(membership=membership, on=on, reason="It moved away", **values, by=access)

    return ended


def test_it_holds_until_that_day_and_the_log_says_why(world, police, end, log):
    assert end(police).ends_on == DAY
    rows = memberships_of(world.southwark)
    assert [row.ends_on for row in rows.filter(organisation=police.organisation)] == [DAY]
    assert police.organisation not in members_of(world.southwark)
    deed = log()[-1]
    assert (deed.verb, deed.subject_label, deed.reason) == ("partnerships.left", "Metropolitan Police", "It moved away")
    assert deed.changes == {"ends_on": [None, "2006-04-01"]}


def test_ending_it_twice_is_told_and_changes_nothing(police, end, log):
    end(police)
    before = log()
    with pytest.raises(Already, match="1 April 2006"):
        end(police)
    assert log() == before


def test_what_is_dated_ahead_is_brought_forward_and_not_put_off(police, end):
    later = today() + datetime.timedelta(days=60)
    assert end(police, later).ends_on == later
    with pytest.raises(Already, match=long_date(later)):
        end(police, later + datetime.timedelta(days=1))
    assert end(police, later - datetime.timedelta(days=1)).ends_on == later - datetime.timedelta(days=1)


def test_one_that_was_a_mistake_ends_on_its_first_day_and_is_in_no_list(world, police, end):
    assert end(police, datetime.date(2000, 1, 1)).ends_on == BEGAN_ON
    assert not memberships_of(world.southwark).filter(organisation=police.organisation).exists()


def test_while_it_has_a_seat_it_stays(world, cvs, end, log):
    before = log()
    with pytest.raises(HasSeats, match="Seat of Southwark Council for Voluntary Service"):
        end(cvs)
    assert log() == before
    assert Membership.objects.get(pk=cvs.pk).ends_on is None


def test_its_seats_can_end_with_it_and_so_does_what_their_holders_may_do(world, cvs, end, log):
    seat = Seat.objects.get(organisation=cvs.organisation)
    holder = Sitting.objects.select_related("person").get(seat=seat).person
    with acting(world.southwark.pk):
        appoint(partnership=world.southwark, person=holder, role=Role.MEMBER, starts_on=BEGAN_ON, by=SYSTEM)
    end(cvs, today(), with_seats=True)
    assert Seat.objects.get(pk=seat.pk).ends_on == Sitting.objects.get(seat=seat).ends_on == today()
    assert not Access.of(holder).belongs_to(world.southwark)
    assert [deed.verb.split(".")[1] for deed in log()[-4:]] == ["seat_left", "appointment_ended", "seat_ended", "left"]


def test_a_seat_that_ended_before_is_no_hindrance(world, cvs, end):
    with acting(world.southwark.pk):
        Seat.objects.filter(organisation=cvs.organisation).update(ends_on=DAY)
    assert end(cvs).ends_on == DAY
    with acting(world.southwark.pk):
        Seat.objects.filter(organisation=cvs.organisation).update(ends_on=DAY + datetime.timedelta(days=1))
        Membership.objects.filter(pk=cvs.pk).update(ends_on=None)
    with pytest.raises(HasSeats):
        end(cvs)


def test_who_left_comes_back_by_joining_again(world, police, end):
    end(police)
    with acting(world.southwark.pk):
        join(partnership=world.southwark, organisation=police.organisation, starts_on=DAY, by=SYSTEM)
        periods = Membership.objects.filter(organisation=police.organisation).order_by("starts_on")
    assert [(row.starts_on, row.ends_on) for row in periods] == [(BEGAN_ON, DAY), (DAY, None)]


@pytest.mark.parametrize("name", ["rep", "chair", "finance", "cvs", "hackney_officer", "reviewer", "stranger"])
def test_nobody_else_can(police, end, name):
    with pytest.raises(NotPermitted, match="Co-ordinating officer can"):
        end(police, by=name)


def test_postgresql_refuses_an_end_before_the_beginning(world, police):
    with acting(world.southwark.pk), pytest.raises(IntegrityError), transaction.atomic():
        Membership.objects.filter(pk=police.pk).update(ends_on=datetime.date(2000, 1, 1))


@pytest.mark.django_db(transaction=True)
def test_of_two_who_end_it_at_once_the_second_is_told(world, police, end):
    start = threading.Barrier(2)

    def press(number):
        try:
            start.wait(timeout=10)
            return end(police)
        except Exception as error:
            return error
        finally:
            connection.close()

    with ThreadPoolExecutor(2) as pool:
        outcomes = list(pool.map(press, range(2)))
    assert sorted(type(outcome).__name__ for outcome in outcomes) == ["Already", "Membership"]


def test_the_officer_ends_it_and_it_comes_back(world, cvs, sign_in):
    page, browser = f"/p/southwark/manage/members/{cvs.pk}/", sign_in("officer")
    assert "Seat of Southwark Council for Voluntary Service" in words(browser.get(f"{page}end/"))
    day = today()
    form = {"on_0": day.day, "on_1": day.month, "on_2": day.year, "reason": "It closed"}
    refused = browser.post(f"{page}end/", form)
    assert "It has seats that do not end" in words(refused) and "It closed" in words(refused)
    done = browser.post(f"{page}end/", {**form, "with_seats": "on"}, follow=True)
    assert f"is a member until {long_date(day)}" in words(done)
    assert "Make it a member again" in words(done)
    assert "Enter the day" not in words(browser.get(f"/p/southwark/manage/members/new/{cvs.organisation_id}/"))
    assert "It closed" in words(browser.get(page))  # in what happened
    assert "This membership ends, or ended, on" in words(browser.post(f"{page}end/", {**form, "with_seats": "on"}))


@pytest.mark.parametrize(
    ("wrong", "said"), [({"reason": ""}, "Answer the question: Why?"), ({"on_0": "32"}, "Day must be a number")]
)
def test_bad_input_is_explained(world, police, sign_in, wrong, said):
    form = {"on_0": "1", "on_1": "4", "on_2": "2006", "reason": "It closed", **wrong}
    assert said in words(sign_in("officer").post(f"/p/southwark/manage/members/{police.pk}/end/", form))
    assert Membership.objects.get(pk=police.pk).ends_on is None
