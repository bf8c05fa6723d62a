"""An organisation becomes a member."""

import datetime

import pytest
from django.db import IntegrityError, transaction

from core.refusals import Already, NotPermitted
from partnerships.actions.members import join
from partnerships.models import Membership, Organisation, Sector
from partnerships.queries import members_of
from partnerships.tenancy.context import acting

DAY = datetime.date(2006, 1, 9)


@pytest.fixture
def police(world):
    return Organisation.objects.create(name="Metropolitan Police", sector=Sector.objects.get(code="public"))


def test_a_member_joins_from_a_day_on(world, police, log):
    with acting(world.southwark.pk, by=world.officer.pk):
        join(partnership=world.southwark, organisation=police, starts_on=DAY, by=world.access("officer"))
        assert police in members_of(world.southwark)
    deed = log()[-1]
    assert (deed.verb, deed.subject_label, deed.by) == ("partnerships.joined", "Metropolitan Police", world.officer)
    assert deed.changes == {"organisation": [None, "Metropolitan Police"]}


def test_joining_twice_changes_nothing(world, police, log):
    officer = world.access("officer")
    with acting(world.southwark.pk, by=world.officer.pk):
        join(partnership=world.southwark, organisation=police, starts_on=DAY, by=officer)
        before = log()
        with pytest.raises(Already, match="Metropolitan Police is a member already"):
            join(partnership=world.southwark, organisation=police, starts_on=DAY, by=officer)
        assert Membership.objects.filter(partnership=world.southwark, organisation=police).count() == 1
    assert log() == before


def test_who_left_can_join_again_but_not_before_they_have_left(world, police):
    officer = world.access("officer")
    with acting(world.southwark.pk, by=world.officer.pk):
        first = join(partnership=world.southwark, organisation=police, starts_on=DAY, by=officer)
        Membership.objects.filter(pk=first.pk).update(ends_on=datetime.date(2007, 1, 1))
        with pytest.raises(Already):
            join(partnership=world.southwark, organisation=police, starts_on=datetime.date(2006, 12, 31), by=officer)
        join(partnership=world.southwark, organisation=police, starts_on=datetime.date(2007, 1, 1), by=officer)
        assert Membership.objects.filter(organisation=police).count() == 2


def test_one_organisation_may_belong_to_several_partnerships(world, police):
    for name, officer in (("southwark", "officer"), ("hackney", "hackney_officer")):
        partnership = world.partnerships[name]
        with acting(partnership.pk):
            join(partnership=partnership, organisation=police, starts_on=DAY, by=world.access(officer))
    assert Membership.objects.filter(organisation=police).count() == 2  # memberships are public


@pytest.mark.parametrize(
    "name", ["rep", "chair", "cvs", "finance", "hackney_officer", "reviewer", "national", "lapsed", "stranger"]
)
def test_nobody_else_can_enter_a_member(world, police, name):
    with acting(world.southwark.pk), pytest.raises(NotPermitted, match="Co-ordinating officer can"):
        join(partnership=world.southwark, organisation=police, starts_on=DAY, by=world.access(name))
    assert not Membership.objects.filter(organisation=police).exists()


def test_postgresql_refuses_half_written_and_overlapping_memberships(world, police):
    whole = {"partnership": world.southwark, "organisation": police, "starts_on": DAY}
    with acting(world.southwark.pk):
        Membership.objects.create(**whole, ends_on=datetime.date(2007, 1, 1))
        for half in ({"ends_on": datetime.date(2005, 1, 1)}, {"starts_on": None}, {"organisation": None}, {}):
            with pytest.raises(IntegrityError), transaction.atomic():
                Membership.objects.create(**{**whole, **half})
