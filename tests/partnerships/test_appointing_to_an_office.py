"""Appointing people to Government Offices, or for the whole country."""

import datetime

import pytest
from django.db import IntegrityError, transaction

from core.dates import today
from core.refusals import Already, NotPermitted
from partnerships.actions.offices import appoint_to_office, end_office_appointment
from partnerships.models import GovernmentOffice, OfficeAppointment
from partnerships.permissions import OfficeRole, Perm
from tests.world import OFFICES, SYSTEM

DAY = datetime.date(2006, 1, 9)


def office(region="london"):
    return GovernmentOffice.objects.get(region__slug=region)


def test_a_reviewer_reaches_the_partnerships_of_the_region_and_no_other(world, sign_in):
    appoint_to_office(office=office(), person=world.stranger, role=OfficeRole.REVIEWER, starts_on=DAY, by=SYSTEM)
    browser = sign_in("stranger")
    answers = [browser.get(f"/p/{slug}/manage/").status_code for slug in ("southwark", "hackney", "leeds")]
    assert answers == [200, 200, 404]


def test_a_reviewer_reviews_and_writes_nothing_of_the_partnerships(world):
    access = world.access("reviewer")
    assert access.by_partnership[world.southwark.pk] == {Perm.VIEW_INTERNAL, Perm.VIEW_CASES, Perm.REVIEW}
    assert not access.can(Perm.EDIT_STRATEGY, world.southwark)
    assert not access.can(Perm.COUNTERSIGN, world.southwark)


def test_a_national_viewer_sees_everything_and_belongs_nowhere(world):
    access = world.access("national")
    assert access.everywhere == {Perm.VIEW_INTERNAL, Perm.VIEW_CASES, Perm.VIEW_ACTIVITY}
    for partnership in world.partnerships.values():
        assert access.reaches(partnership) and not access.belongs_to(partnership)


def test_an_appointment_dated_ahead_gives_nothing_yet(world):
    ahead = datetime.date(2100, 1, 1)
    appoint_to_office(office=office(), person=world.stranger, role=OfficeRole.MANAGER, starts_on=ahead, by=SYSTEM)
    appoint_to_office(office=None, person=world.stranger, role=OfficeRole.NATIONAL, starts_on=ahead, by=SYSTEM)
    access = world.access("stranger")
    assert not access.by_partnership and not access.everywhere


def test_appointing_twice_changes_nothing(world):
    for where, name, role in ((office(), "reviewer", OfficeRole.REVIEWER), (None, "national", OfficeRole.NATIONAL)):
        with pytest.raises(Already, match="holds this role already"):
            appoint_to_office(office=where, person=world.people[name], role=role, starts_on=DAY, by=SYSTEM)
    assert OfficeAppointment.objects.count() == len(OFFICES)


def test_it_ends_and_access_with_it(world, sign_in):
    browser = sign_in("reviewer")
    assert browser.get("/p/southwark/manage/").status_code == 200
    appointment = OfficeAppointment.objects.get(person=world.reviewer)
    end_office_appointment(appointment=appointment, on=today(), by=SYSTEM)
    assert browser.get("/p/southwark/manage/").status_code == 404
    with pytest.raises(Already, match="This appointment ended on"):
        end_office_appointment(appointment=appointment, on=today(), by=SYSTEM)


def test_a_national_role_ends_alike_and_can_be_given_anew_on_the_same_day(world):
    appointment = OfficeAppointment.objects.get(person=world.national)
    end_office_appointment(appointment=appointment, on=today(), by=SYSTEM)
    assert not world.access("national").everywhere
    for _again in range(2):
        new = appoint_to_office(
            office=None, person=world.national, role=OfficeRole.NATIONAL, starts_on=today(), by=SYSTEM
        )
        assert world.access("national").everywhere
        end_office_appointment(appointment=new, on=today(), by=SYSTEM)
        assert not world.access("national").everywhere


def test_of_two_roles_in_an_office_one_ends(world):
    appoint_to_office(office=office(), person=world.reviewer, role=OfficeRole.MANAGER, starts_on=DAY, by=SYSTEM)
    appointment = OfficeAppointment.objects.get(person=world.reviewer, role=OfficeRole.MANAGER)
    end_office_appointment(appointment=appointment, on=today(), by=SYSTEM)
    assert world.access("reviewer").by_partnership[world.southwark.pk] == {
        Perm.VIEW_INTERNAL,
        Perm.VIEW_CASES,
        Perm.REVIEW,
    }


@pytest.mark.parametrize("name", ["manager", "national", "officer", "administrator"])
def test_only_the_systems_own_commands_appoint_there(world, name):
    with pytest.raises(NotPermitted):
        appoint_to_office(
            office=office(), person=world.stranger, role=OfficeRole.MANAGER, starts_on=DAY, by=world.access(name)
        )
    reviewer = OfficeAppointment.objects.get(person=world.reviewer)
    with pytest.raises(NotPermitted):
        end_office_appointment(appointment=reviewer, on=today(), by=world.access(name))
    assert world.access("reviewer").by_partnership
    assert not world.access("stranger").by_partnership


@pytest.mark.parametrize(
    ("where", "role"), [("", OfficeRole.REVIEWER), ("", OfficeRole.MANAGER), ("london", OfficeRole.NATIONAL)]
)
def test_postgresql_refuses_a_role_in_the_wrong_place(world, where, role):
    refused = pytest.raises(IntegrityError, match="national_appointments_have_no_office")
    with refused, transaction.atomic():
        OfficeAppointment.objects.create(
            office=office(where) if where else None, person=world.stranger, role=role, starts_on=DAY
        )


def test_postgresql_refuses_the_same_open_appointment_twice(world):
    with pytest.raises(IntegrityError, match="one_open_office_appointment"), transaction.atomic():
        OfficeAppointment.objects.create(office=None, person=world.national, role=OfficeRole.NATIONAL, starts_on=DAY)
