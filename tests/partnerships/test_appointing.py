"""Appointing somebody, ending it: access follows the dates of the appointment and nothing else."""

import datetime

import pytest
from django.db import IntegrityError, transaction

import partnerships.tenancy.access
from accounts.models import GroupMembership
from core.dates import today
from core.refusals import Already, NotPermitted
from partnerships.actions.roles import appoint, end_appointment
from partnerships.models import Appointment
from partnerships.permissions import PERMISSIONS, Perm, Role
from partnerships.tenancy.context import acting

DAY = datetime.date(2006, 1, 9)
DASHBOARD = "/p/southwark/manage/"


def appoint_to(world, person, role=Role.CHAIR, starts_on=DAY, ends_on=None, by="officer"):
    """The officer appoints somebody in Southwark."""
    with acting(world.southwark.pk, by=world.officer.pk):
        return appoint(
            partnership=world.southwark,
            person=person,
            role=role,
            starts_on=starts_on,
            ends_on=ends_on,
            by=world.access(by),
        )


def end(world, appointment, on, by="officer"):
    """The officer releases somebody in Southwark."""
    with acting(world.southwark.pk, by=world.officer.pk):
        return end_appointment(appointment=appointment, on=on, reason="Moved away", by=world.access(by))


def on_day(monkeypatch, day):
    """Let it be that day, as far as access knows."""
    monkeypatch.setattr(partnerships.tenancy.access, "today", lambda: day)


def test_who_is_appointed_is_in_with_the_next_request(world, sign_in, log):
    browser = sign_in("stranger")
    assert browser.get(DASHBOARD).status_code == 404
    appoint_to(world, world.stranger)
    assert browser.get(DASHBOARD).status_code == 200
    deed = log()[-1]
    assert (deed.verb, deed.subject_label, deed.about) == ("partnerships.appointed", "Chair", world.stranger)
    assert deed.changes == {"role": [None, "chair"]}
    assert (deed.who, deed.what) == ("Officer", "Stranger (Chair)")
    with acting(world.southwark.pk):
        assert Appointment.objects.get(person=world.stranger).appointed_by == world.officer


def test_whose_appointment_ends_today_is_out_with_the_next_request(world, sign_in, log):
    appointment = appoint_to(world, world.stranger)
    browser = sign_in("stranger")
    assert browser.get(DASHBOARD).status_code == 200
    end(world, appointment, today())
    assert browser.get(DASHBOARD).status_code == 404
    deed = log()[-1]
    assert (deed.verb, deed.reason) == ("partnerships.appointment_ended", "Moved away")
    assert deed.changes == {"ends_on": [None, today().isoformat()]}


def test_an_appointment_dated_ahead_gives_nothing_yet(world, sign_in):
    assert sign_in("future").get(DASHBOARD).status_code == 404
    assert not world.access("future").by_partnership


def test_it_holds_from_its_first_day_until_the_day_before_its_last(world, monkeypatch):
    """`ends_on` is the first day without."""
    appoint_to(world, world.stranger, starts_on=DAY, ends_on=datetime.date(2006, 3, 1))
    held = {
        datetime.date(2006, 1, 8): False,
        DAY: True,
        datetime.date(2006, 2, 28): True,
        datetime.date(2006, 3, 1): False,
    }
    for day, expected in held.items():
        on_day(monkeypatch, day)
        assert world.access("stranger").can(Perm.PUBLISH_STRATEGY, world.southwark) is expected, day


def test_ending_it_ahead_keeps_access_until_that_day(world, monkeypatch):
    appointment = appoint_to(world, world.stranger)
    last = today() + datetime.timedelta(days=30)
    end(world, appointment, last)
    assert world.access("stranger").reaches(world.southwark)
    on_day(monkeypatch, last)
    assert not world.access("stranger").reaches(world.southwark)
    with pytest.raises(Already, match=r"This appointment ends on .* already"):
        end(world, appointment, last + datetime.timedelta(days=1))  # it cannot be put off
    sooner = end(world, appointment, today())  # but brought forward
    assert sooner.ends_on == today()


def test_one_role_that_ends_leaves_the_others(world):
    appoint_to(world, world.rep, role=Role.CHAIR)
    with acting(world.southwark.pk):
        appointment = Appointment.objects.select_related("partnership", "person").get(person=world.rep, role=Role.CHAIR)
    end(world, appointment, today())
    assert world.access("rep").by_partnership[world.southwark.pk] == PERMISSIONS[Role.MEMBER]


def test_appointing_twice_changes_nothing(world, log):
    appoint_to(world, world.stranger)
    before = log()
    with pytest.raises(Already, match="Stranger holds this role already: Chair"):
        appoint_to(world, world.stranger, starts_on=today())
    assert log() == before
    assert GroupMembership.objects.filter(person=world.stranger).count() == 1


def test_ending_twice_changes_nothing(world, log):
    appointment = appoint_to(world, world.stranger)
    end(world, appointment, DAY)
    before = log()
    with pytest.raises(Already, match="This appointment ended on 9 January 2006"):
        end(world, appointment, today())
    assert log() == before


def test_who_was_released_on_the_first_day_can_be_appointed_anew(world, sign_in):
    end(world, appoint_to(world, world.stranger, starts_on=today()), today())
    appoint_to(world, world.stranger, starts_on=today())
    assert sign_in("stranger").get(DASHBOARD).status_code == 200


def test_a_time_before_one_that_is_dated_ahead_is_free(world):
    appoint_to(world, world.stranger, starts_on=datetime.date(2100, 1, 1))
    appoint_to(world, world.stranger, starts_on=DAY, ends_on=datetime.date(2100, 1, 1))
    with pytest.raises(Already):
        appoint_to(world, world.stranger, starts_on=datetime.date(2099, 12, 31), ends_on=datetime.date(2100, 1, 2))


def test_an_end_before_the_beginning_means_it_never_held(world):
    appointment = appoint_to(world, world.stranger, starts_on=today())
    assert end(world, appointment, datetime.date(2001, 1, 1)).ends_on == today()
    assert not world.access("stranger").by_partnership


@pytest.mark.parametrize(
    "name", ["chair", "rep", "finance", "hackney_officer", "manager", "national", "lapsed", "future", "stranger"]
)
def test_nobody_else_can_appoint_or_release(world, name, log):
    with acting(world.southwark.pk):
        appointment = Appointment.objects.select_related("partnership").get(person=world.rep)
    before = log()
    with pytest.raises(NotPermitted, match="Co-ordinating officer can"):
        appoint_to(world, world.people[name], role=Role.OFFICER, by=name)
    with pytest.raises(NotPermitted, match="Co-ordinating officer can"):
        end(world, appointment, today(), by=name)
    assert log() == before
    assert world.access("rep").reaches(world.southwark)


def test_postgresql_refuses_half_written_and_overlapping_appointments(world):
    whole = {"partnership": world.southwark, "person": world.stranger, "role": Role.CHAIR, "starts_on": DAY}
    with acting(world.southwark.pk):
        Appointment.objects.create(**whole)
        for half in ({"person": None}, {"starts_on": None}, {"ends_on": datetime.date(2005, 1, 1)}):
            with pytest.raises(IntegrityError), transaction.atomic():
                Appointment.objects.create(**{**whole, **half})
        with pytest.raises(IntegrityError, match="no_appointment_overlaps"), transaction.atomic():
            Appointment.objects.create(**{**whole, "starts_on": datetime.date(2007, 1, 1)})


def test_postgresql_refuses_a_group_membership_that_ends_before_it_starts(world):
    membership = GroupMembership.objects.get(person=world.rep)
    refused = pytest.raises(IntegrityError, match="group_membership_ends_after_it_starts")
    with refused, transaction.atomic():
        GroupMembership.objects.filter(pk=membership.pk).update(ends_on=datetime.date(2001, 1, 1))
