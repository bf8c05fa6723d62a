"""An agreement names a member as a partner with a duty to co-operate, from a day until a day."""

import datetime

import pytest
from django.db import IntegrityError, transaction

from core.refusals import Already, NotPermitted
from partnerships.actions.members import end_membership
from partnerships.actions.named_partners import end_naming, name_partner
from partnerships.models import DutyPartner, Membership, NamedPartner
from partnerships.tenancy.context import acting
from tests.pages.conftest import words
from tests.world import BEGAN_ON, SYSTEM

DAY = datetime.date(2006, 4, 1)
AGREEMENT = "Local Area Agreement 2006 to 2009"


@pytest.fixture
def council(world):
    return Membership.objects.select_related("partnership", "organisation").get(organisation__name="Southwark Council")


@pytest.fixture
def name(world, council):
    def named(by="officer", **values):
        access = world.access(by)
        given = {"duty": DutyPartner.objects.get(code="county_councils"), "agreement": AGREEMENT, "starts_on": DAY}
        with acting(world.southwark.pk, by=access.person_id):
            return name_partner(membership=council, **{**given, **values}, by=access)

    return named


@pytest.fixture
def end(world):
    def ended(naming, on, by="officer"):
        access = world.access(by)
        with acting(world.southwark.pk, by=access.person_id):
            return end_naming(naming=naming, on=on, reason="Signed anew", by=access)

    return ended


def test_the_agreement_names_it_and_the_log_says_so(council, name, log):
    naming = name()
    assert (naming.organisation, naming.starts_on, naming.ends_on) == (council.organisation, DAY, None)
    assert (log()[-1].verb, log()[-1].subject_label) == ("partnerships.named", "Southwark Council")
    assert log()[-1].changes == {"agreement": [None, AGREEMENT], "duty": [None, "County councils"]}


def test_naming_it_twice_in_one_agreement_is_told_and_changes_nothing(name, log):
    name()
    before = log()
    with pytest.raises(Already, match="names this member already"):
        name(starts_on=DAY + datetime.timedelta(days=30))
    assert log() == before


def test_another_agreement_or_another_kind_is_another_duty(name):
    name()
    name(agreement="Local Area Agreement 2009 to 2012")
    name(duty=DutyPartner.objects.get(code="police"))
    assert NamedPartner.objects.count() == 3


def test_it_ends_and_can_be_named_again_from_that_day(name, end, log):
    naming = name()
    ended = end(naming, DAY + datetime.timedelta(days=10))
    assert log()[-1].changes["ends_on"] == [None, "2006-04-11"]
    with pytest.raises(Already, match="11 April 2006"):
        end(naming, DAY)
    assert name(starts_on=ended.ends_on).starts_on == ended.ends_on


def test_the_duty_is_the_agreements_and_outlives_the_membership(world, council, name):
    naming = name()
    with acting(world.southwark.pk):
        end_membership(membership=council, on=DAY, reason="Left", with_seats=True, by=SYSTEM)
    naming.refresh_from_db()
    assert naming.ends_on is None


@pytest.mark.parametrize("who", ["rep", "chair", "finance", "cvs", "hackney_officer", "reviewer", "stranger"])
def test_nobody_else_can(name, end, who):
    with pytest.raises(NotPermitted):
        name(by=who)
    naming = name()
    with pytest.raises(NotPermitted):
        end(naming, DAY, by=who)


def test_postgresql_refuses_two_at_once_and_an_end_before_the_beginning(world, name):
    naming = name()
    with acting(world.southwark.pk):
        whole = {
            "partnership": world.southwark,
            "organisation": naming.organisation,
            "duty": naming.duty,
            "agreement": AGREEMENT,
        }
        for wrong in ({**whole, "starts_on": BEGAN_ON}, {**whole, "agreement": "B"}):
            with pytest.raises(IntegrityError), transaction.atomic():
                NamedPartner.objects.create(**wrong)
        with pytest.raises(IntegrityError), transaction.atomic():
            NamedPartner.objects.filter(pk=naming.pk).update(ends_on=BEGAN_ON)


def test_the_officer_names_it_and_ends_it_on_the_page_of_the_member(world, council, sign_in):
    page, browser = f"/p/southwark/manage/members/{council.pk}/", sign_in("officer")
    duty = DutyPartner.objects.get(code="police")
    form = {"duty": duty.pk, "agreement": AGREEMENT, "starts_on_0": "1", "starts_on_1": "4", "starts_on_2": "2006"}
    assert f"“{AGREEMENT}” names it as a partner." in words(browser.post(f"{page}naming/", form, follow=True))
    assert "names this member already" in words(browser.post(f"{page}naming/", form))
    assert "Choose kind of partner" in words(browser.post(f"{page}naming/", {**form, "duty": ""}))
    assert "Police, since 1 April 2006" in words(sign_in("rep").get(page))
    naming = NamedPartner.objects.get()
    ending = f"{page}naming/{naming.pk}/end/"
    assert ending in browser.get(page).content.decode()
    form = {"on_0": "1", "on_1": "4", "on_2": "2007", "reason": "Signed anew"}
    assert "Police, from 1 April 2006 until 1 April 2007" in words(browser.post(ending, form, follow=True))
    assert ending not in browser.get(page).content.decode()
    assert browser.get(f"{page}naming/0/end/").status_code == 404
