"""A seat is taken from the table; whoever sat there leaves it."""

import datetime

import pytest
from django.db import IntegrityError, transaction

from core.dates import today
from core.refusals import Already, NotPermitted
from partnerships.actions.seats import add_seat, take_seat
from partnerships.actions.sittings import end_seat
from partnerships.models import Appointment, GovernanceLayer, Invitation, Seat, Sector, Sitting
from partnerships.permissions import Role
from partnerships.queries import seats_of
from partnerships.tenancy.context import acting
from tests.conftest import confirm
from tests.partnerships.conftest import SAT_DOWN_ON

TODAY = today()
YESTERDAY, NEXT_WEEK = TODAY - datetime.timedelta(days=1), TODAY + datetime.timedelta(days=7)


@pytest.fixture
def end(world, rep_sits):
    """`end(on=…)`: the officer ends the seat on which the rep sits."""

    def ended(by="officer", **values):
        given = {"seat": rep_sits.seat, "on": TODAY, "reason": "The board is smaller", "by": world.access(by), **values}
        with acting(world.southwark.pk, by=world.people[by].pk):
            return end_seat(**given)

    return ended


def is_there(world, rep_sits, day=None):
    return seats_of(world.southwark, day).filter(pk=rep_sits.seat_id).exists()


def test_the_seat_and_the_sitting_end_and_the_past_stays(world, rep_sits, end, log):
    end()
    assert not is_there(world, rep_sits)
    assert seats_of(world.southwark, YESTERDAY).get(pk=rep_sits.seat_id).holder == "Rep"
    assert not world.access("rep").reaches(world.southwark)
    verbs = [deed.verb.split(".")[1] for deed in log()[-3:]]
    assert verbs == ["seat_left", "appointment_ended", "seat_ended"]
    assert (log()[-1].what, log()[-1].reason) == ("Resident", "The board is smaller")


def test_an_open_seat_ends(world, open_seat, log):
    with acting(world.southwark.pk):
        end_seat(seat=open_seat, on=TODAY, reason="Never filled", by=world.access("officer"))
    assert log()[-1].changes == {"ends_on": [None, TODAY.isoformat()]}


def test_a_day_ahead_keeps_all_until_then(world, rep_sits, end):
    end(on=NEXT_WEEK)
    assert is_there(world, rep_sits) and not is_there(world, rep_sits, NEXT_WEEK)
    assert world.access("rep").reaches(world.southwark)
    assert Sitting.objects.get(pk=rep_sits.pk).ends_on == NEXT_WEEK


def test_who_was_to_follow_never_sits(world, rep_sits, end):
    with acting(world.southwark.pk):
        Sitting.objects.filter(pk=rep_sits.pk).update(ends_on=NEXT_WEEK)
        take_seat(seat=rep_sits.seat, person=world.dual, starts_on=NEXT_WEEK, by=world.access("officer"))
    end()
    ends = {
        row.person: (row.starts_on, row.ends_on)
        for row in Sitting.objects.select_related("person").filter(seat=rep_sits.seat)
    }
    assert ends == {world.rep: (SAT_DOWN_ON, TODAY), world.dual: (NEXT_WEEK, NEXT_WEEK)}


def test_other_roles_of_the_holder_end_if_they_are_named(world, rep_sits, end):
    with acting(world.southwark.pk):
        chair = Appointment.objects.get(person=world.chair, role=Role.CHAIR)
    end(ending=[chair.pk])  # not the holder's
    with acting(world.southwark.pk):
        assert Appointment.objects.get(pk=chair.pk).ends_on is None


def test_the_second_is_told_who_and_when(end, log):
    end()
    before = log()
    with pytest.raises(Already, match=r"This seat ended on .*\. Officer entered that on"):
        end(by="unprotected")
    assert log() == before


def test_what_is_dated_ahead_is_brought_forward_and_not_put_off(world, rep_sits, end):
    end(on=NEXT_WEEK)
    with pytest.raises(Already, match="already"):
        end(on=NEXT_WEEK + datetime.timedelta(days=1))
    end()
    assert not is_there(world, rep_sits)


def test_nobody_takes_a_seat_that_has_ended(world, rep_sits, end):
    end()
    with acting(world.southwark.pk), pytest.raises(Already, match="There is no such seat from"):
        take_seat(seat=rep_sits.seat, person=world.dual, starts_on=TODAY, by=world.access("officer"))


def test_who_takes_a_seat_that_will_end_leaves_it_with_the_seat(world, open_seat):
    officer = world.access("officer")
    with acting(world.southwark.pk):
        end_seat(seat=open_seat, on=NEXT_WEEK, reason="R", by=officer)
        assert take_seat(seat=open_seat, person=world.dual, starts_on=TODAY, by=officer).ends_on == NEXT_WEEK


def test_nobody_takes_a_seat_before_there_is_one(world, open_seat):
    with acting(world.southwark.pk), pytest.raises(Already, match="There is no such seat before 1 April 2005"):
        take_seat(seat=open_seat, person=world.dual, starts_on=datetime.date(2005, 3, 31), by=world.access("officer"))


def test_a_seat_somebody_is_invited_to_does_not_end(world, open_seat):
    from django.utils import timezone

    with acting(world.southwark.pk):
        Invitation.objects.create(
            partnership=world.southwark,
            email="new@example.org",
            role=Role.MEMBER,
            seat=open_seat,
            nonce="n",
            expires_at=timezone.now() + datetime.timedelta(days=1),
        )
        with pytest.raises(Already, match="Revoke the invitation first"):
            end_seat(seat=open_seat, on=TODAY, reason="R", by=world.access("officer"))


@pytest.mark.parametrize("name", ["rep", "chair", "hackney_officer", "manager", "national", "future", "stranger"])
def test_nobody_else_can(world, rep_sits, end, name):
    with pytest.raises(NotPermitted, match="Co-ordinating officer can"):
        end(by=name)
    assert is_there(world, rep_sits)


def test_postgresql_refuses_a_seat_that_ends_before_it_begins(world, open_seat):
    refused = pytest.raises(IntegrityError, match="seat_ends_after_it_starts")
    with acting(world.southwark.pk), refused, transaction.atomic():
        Seat.objects.filter(pk=open_seat.pk).update(ends_on=datetime.date(2001, 1, 1))


def test_the_page_ends_it(world, rep_sits, sign_in):
    officer, page = confirm(sign_in("officer"), world.officer), f"/p/southwark/manage/seats/{rep_sits.seat_id}/"
    assert "Rep holds it until the day before" in officer.get(f"{page}end/").text
    typed = {"on_0": TODAY.day, "on_1": TODAY.month, "on_2": TODAY.year, "reason": "Smaller board"}
    answer = officer.post(f"{page}end/", typed, follow=True)
    assert "There is no seat “Resident” from" in answer.text
    assert "there is no such seat since" in answer.text
    assert "End this seat" not in answer.text
    assert officer.get(f"{page}end/").status_code == 409
    assert officer.get(f"{page}holder/").status_code == 409


def test_the_page_says_what_is_missing(world, rep_sits, sign_in):
    officer = confirm(sign_in("officer"), world.officer)
    answer = officer.post(
        f"/p/southwark/manage/seats/{rep_sits.seat_id}/end/", {"on_0": "1", "on_1": "4", "on_2": "1999"}
    )
    assert "It cannot be before 1 April 2005" in answer.text
    assert "Enter why" in answer.text
    assert is_there(world, rep_sits)


def test_another_body_has_seats_of_its_own(world):
    with acting(world.southwark.pk):
        seat = add_seat(
            partnership=world.southwark,
            layer=GovernanceLayer.objects.get(code="executive"),
            sector=Sector.objects.get(code="public"),
            position="Secretary",
            starts_on=SAT_DOWN_ON,
            by=world.access("officer"),
        )
    assert str(seat.layer) == "Executive group"


def test_the_page_does_not_end_it_while_somebody_still_sat_there(world, rep_sits, sign_in):
    with acting(world.southwark.pk):
        Sitting.objects.filter(pk=rep_sits.pk).update(ends_on=YESTERDAY)
    officer = confirm(sign_in("officer"), world.officer)
    typed = {"on_0": "1", "on_1": "5", "on_2": "2006", "reason": "R"}
    answer = officer.post(f"/p/southwark/manage/seats/{rep_sits.seat_id}/end/", typed)
    assert f"It cannot be before {YESTERDAY.day} " in answer.text
    assert is_there(world, rep_sits)
