"""Who must have a second factor, by when, and what is closed to them after that."""

import datetime

import pytest
from allauth.mfa.models import Authenticator
from allauth.mfa.recovery_codes.internal.auth import RecoveryCodes
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from accounts.models import GroupMembership
from core.dates import long_date, today
from partnerships.permissions import PROTECTED_ROLES, OfficeRole, Role
from partnerships.tenancy.second_factor import second_factor
from strategies.models import Strategy
from tests.accounts.conftest import heading
from tests.pages.conftest import words

INSIDE = "/p/southwark/manage/"
PROTECTED = ["officer", "reviewer", "manager", "national", "dual_officer"]
OTHERS = ["chair", "finance", "rep", "cvs", "dual", "stranger"]
DAY = datetime.timedelta(days=1)


@pytest.fixture(autouse=True)
def two_weeks(settings):
    settings.SECOND_FACTOR_GRACE_DAYS = 14


def entered(person, days: int) -> None:
    """As if somebody had been given all their roles so many days ago."""
    GroupMembership.objects.filter(person=person).update(entered_at=timezone.now() - days * DAY)


def test_the_roles_are_officers_and_offices():
    assert set(PROTECTED_ROLES) == {Role.OFFICER, *OfficeRole}


@pytest.mark.parametrize("name", PROTECTED)
def test_in_time_a_line_says_by_when_and_everything_is_open(world, sign_in, name):
    entered(world.people[name], 10)
    page = words(sign_in(name).get(INSIDE))
    assert f"Set up a second factor by {long_date(today() + 4 * DAY)}. Set it up" in page
    assert f"Set up a second factor by {long_date(today() + 4 * DAY)}." in words(sign_in(name).get("/accounts/"))


@pytest.mark.parametrize("name", PROTECTED)
def test_the_last_day_is_open_and_the_next_is_closed(world, sign_in, name):
    entered(world.people[name], 14)
    assert sign_in(name).get(INSIDE).status_code == 200
    entered(world.people[name], 15)
    response = sign_in(name).get(INSIDE)
    assert (response.status_code, heading(response)) == (403, "Set up your second factor first")
    assert f"It was due on {long_date(today() - DAY)}" in words(response)
    assert 'href="/accounts/second-factor/"' in response.content.decode()


@pytest.mark.parametrize("name", OTHERS)
def test_other_roles_are_never_asked(world, sign_in, name):
    entered(world.people[name], 400)
    assert sign_in(name).get(INSIDE).status_code == (404 if name == "stranger" else 200)
    assert "second factor by" not in words(sign_in(name).get("/accounts/"))


@pytest.mark.parametrize("name", PROTECTED)
def test_who_has_one_is_let_in(world, sign_in, with_app, name):
    entered(world.people[name], 400)
    with_app(name)
    page = sign_in(name).get(INSIDE)
    assert page.status_code == 200
    assert "second factor" not in words(page)


def test_codes_on_paper_alone_are_none(world, sign_in):
    entered(world.officer, 400)
    RecoveryCodes.activate(world.officer)
    assert sign_in("officer").get(INSIDE).status_code == 403


def test_a_key_is_one(world, sign_in):
    entered(world.officer, 400)
    Authenticator.objects.create(user=world.officer, type="webauthn", data={"name": "Blue", "credential": {}})
    assert sign_in("officer").get(INSIDE).status_code == 200


def test_somebody_elses_is_none(world, sign_in, with_app):
    entered(world.officer, 400)
    with_app("chair")
    assert sign_in("officer").get(INSIDE).status_code == 403


def test_one_s_own_pages_stay_open(world, sign_in):
    for address in ("/mine/", "/accounts/", "/accounts/second-factor/", "/accounts/sessions/", "/p/southwark/"):
        assert sign_in("unprotected").get(address).status_code in (200, 404), address
    assert "was due on" in words(sign_in("unprotected").get("/accounts/"))


def test_an_unknown_partnership_stays_unknown(world, sign_in):
    assert sign_in("unprotected").get("/p/hackney/manage/").status_code == 404


def test_what_was_typed_comes_back_and_nothing_is_done(world, sign_in):
    typed = {"title": "Homes first & last", "subtitle": "", "version": "1"}
    response = sign_in("unprotected").post("/p/southwark/manage/strategy/new/", typed)
    assert response.status_code == 403
    assert "Homes first &amp; last</textarea>" in response.content.decode()
    assert "Set up a second factor in a new tab" in words(response)
    assert not Strategy.objects.exists()


def test_the_earliest_role_that_still_holds_counts(world):
    entered(world.dual_officer, 3)
    officer = GroupMembership.objects.filter(person=world.dual_officer, group__role_group__role=Role.OFFICER)
    officer.update(entered_at=timezone.now() - 10 * DAY)
    assert second_factor(world.dual_officer).due_on == today() + 4 * DAY
    officer.update(ends_on=today())
    assert not second_factor(world.dual_officer).needed


def test_a_role_that_begins_later_gives_time_from_its_beginning(world):
    entered(world.officer, 30)
    GroupMembership.objects.filter(person=world.officer).update(starts_on=today() - 2 * DAY)
    assert second_factor(world.officer).due_on == today() + 12 * DAY
    assert not second_factor(world.lapsed).needed
    assert not second_factor(world.future).needed


def test_it_costs_one_question_and_others_none(world, sign_in):
    with CaptureQueriesContext(connection) as asked:
        second_factor(world.officer)
    assert len(asked) == 1
    assert len(questions(sign_in("officer"))) == 1
    assert questions(sign_in("chair")) == []


def questions(browser) -> list[str]:
    with CaptureQueriesContext(connection) as asked:
        browser.get(INSIDE)
    return [query["sql"] for query in asked if "mfa_authenticator" in query["sql"]]
