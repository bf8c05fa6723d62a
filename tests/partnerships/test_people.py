"""The pages of people: everybody with a role or a seat, and one of them."""

import datetime

import pytest
from allauth.mfa.totp.internal.auth import TOTP, generate_totp_secret
from django.db import connection
from django.test.utils import CaptureQueriesContext

from accounts.models import Person
from core.dates import today
from invitations.actions import invite, revoke
from partnerships.actions.roles import appoint
from partnerships.actions.seats import take_seat
from partnerships.models import Appointment, Invitation
from partnerships.permissions import Role
from partnerships.queries.people import roles_of
from partnerships.tenancy.context import acting

PEOPLE = "/p/southwark/manage/people/"
NOW = ["Chair", "Cvs", "Dual", "Dual officer", "Finance", "Group chair", "Officer", "Rep", "Unprotected"]


def shown(browser, query=""):
    """The names in the list, in its order."""
    page = browser.get(f"{PEOPLE}?{query}")
    assert page.status_code == 200
    return [person.name for person in page.context["listing"].page]


def page_of(browser, person):
    return browser.get(f"{PEOPLE}{person.pk}/")


def test_everybody_with_a_role_or_a_seat_today_is_listed(world, sign_in):
    names = shown(sign_in("rep"))
    assert [name for name in names if not name.startswith("Member,")] == NOW
    assert [name for name in names if name.startswith("Member,")] == [
        "Member, Southwark Council",
        "Member, Southwark Council for Voluntary Service",
    ]


def test_one_asks_for_another_time_for_a_role_or_for_a_name(world, sign_in):
    browser = sign_in("rep")
    assert shown(browser, "when=before") == ["Lapsed"]
    assert "Future" in shown(browser, "when=ahead") and "Lapsed" not in shown(browser, "when=ahead")
    assert {"Future", "Lapsed", "Officer"} <= set(shown(browser, "when=ever"))
    assert shown(browser, "role=officer") == ["Officer", "Unprotected"]
    assert shown(browser, "role=officer&when=ever") == ["Future", "Lapsed", "Officer", "Unprotected"]
    assert shown(browser, "role=officer&when=ahead") == ["Future", "Officer", "Unprotected"]
    assert shown(browser, "q=DUAL") == ["Dual", "Dual officer"]
    assert "Nobody fits the filter" in browser.get(f"{PEOPLE}?q=Zed").text
    assert "Choose a role from the list" in browser.get(f"{PEOPLE}?role=king").text


def test_a_substitute_is_one_of_them(world, sign_in, open_seat):
    with acting(world.southwark.pk):
        take_seat(
            seat=open_seat,
            person=world.rep,
            substitute=world.stranger,
            starts_on=today(),
            by=world.access("officer"),
        )
    browser = sign_in("rep")
    assert "Stranger" in shown(browser)
    assert "stands in for Rep" in page_of(browser, world.stranger).text


def test_how_people_are_reached_is_for_whoever_looks_after_them(world, sign_in):
    for name, sees in (("officer", True), ("chair", False), ("rep", False), ("reviewer", False), ("national", False)):
        browser = sign_in(name)
        for text in (
            browser.get(PEOPLE).text,
            browser.get(f"{PEOPLE}?format=csv").text,
            page_of(browser, world.finance).text,
        ):
            assert ("finance@example.org" in text) is sees, name
    assert "by password alone" in page_of(sign_in("officer"), world.finance).text
    assert "by password alone" not in page_of(sign_in("chair"), world.finance).text


def test_an_officer_sees_who_has_no_account_who_is_invited_and_who_has_a_second_factor(world, sign_in):
    browser, council = sign_in("officer"), Person.objects.get(name="Member, Southwark Council")
    TOTP.activate(world.chair, generate_totp_secret())
    assert "none" in page_of(browser, council).text
    with acting(world.southwark.pk):
        by = world.access("officer")
        invite(partnership=world.southwark, email=council.email, name="x", role=Role.MEMBER, by=by)
        invite(partnership=world.southwark, email=world.rep.email, name="x", role=Role.CVS, by=by)
    text = browser.get(PEOPLE).text
    assert text.count("invited, not accepted") == 1 and text.count("invited to a further role") == 1
    with acting(world.southwark.pk):
        revoke(invitation=Invitation.objects.get(email=council.email), by=by)
    assert "invited, not accepted" not in browser.get(PEOPLE).text
    assert "with a second factor" in page_of(browser, world.chair).text
    assert "open until" in page_of(browser, world.rep).text


def test_the_page_of_one_shows_what_they_were(world, sign_in):
    text = page_of(sign_in("officer"), world.lapsed).text
    for words in ("Co-ordinating officer", "1 April 2005", "31 January 2006", "over", "What happened", "was ended"):
        assert words in text
    assert "not begun" in page_of(sign_in("rep"), world.future).text
    assert "What happened" not in page_of(sign_in("rep"), world.lapsed).text


def test_people_of_elsewhere_do_not_exist_here(world, sign_in):
    browser = sign_in("officer")
    for person in (world.hackney_officer, world.stranger, world.reviewer, world.invited):
        assert page_of(browser, person).status_code == 404, person
        assert browser.get(f"{PEOPLE}{person.pk}/appointment/").status_code in {302, 404}
    assert browser.get(f"{PEOPLE}999999/").status_code == 404
    assert "Hackney" not in page_of(browser, world.dual).text


def test_nobody_learns_by_an_invitation_who_has_an_account_elsewhere(world, sign_in):
    with acting(world.southwark.pk):
        invite(
            partnership=world.southwark,
            email=world.hackney_officer.email,
            name="Guess",
            role=Role.MEMBER,
            by=world.access("officer"),
        )
    assert page_of(sign_in("officer"), world.hackney_officer).status_code == 404
    assert "Hackney officer" not in sign_in("officer").get(f"{PEOPLE}?when=ever").text


def test_the_file_has_roles_and_seats(world, sign_in):
    lines = sign_in("rep").get(f"{PEOPLE}?format=csv&q=Chair").text.splitlines()
    assert lines[0].endswith("Name,Roles,In a role since,Seats")
    assert lines[1:] == ["Chair,Chair,2005-04-01,", "Group chair,Chair of a themed group,2005-04-01,"]


def test_it_asks_the_database_as_often_with_many_as_with_few(world, sign_in):
    browser = sign_in("officer")
    browser.get(PEOPLE)
    with CaptureQueriesContext(connection) as few:
        browser.get(PEOPLE)
    with acting(world.southwark.pk):
        for number in range(30):
            somebody = Person.objects.create_user(f"person-{number}@example.org", f"Person {number}")
            for role in (Role.MEMBER, Role.CVS):
                appoint(
                    partnership=world.southwark,
                    person=somebody,
                    role=role,
                    starts_on=today(),
                    by=world.access("officer"),
                )
    with CaptureQueriesContext(connection) as many:
        assert len(shown(browser)) > 40
    assert len(many) == len(few)
    assert len(few) < 30


# Where else somebody has a role


def test_all_roles_of_one_person_in_partnerships_offices_and_the_country(world, sign_in):
    assert [(one.where, one.role) for one in roles_of(world.dual_officer)] == [
        ("Hackney Local Strategic Partnership", Role.OFFICER.label),
        ("Southwark Local Strategic Partnership", Role.MEMBER.label),
    ]
    assert [one.where for one in roles_of(world.reviewer)] == ["Government Office for London"]
    assert [(one.where, one.is_over) for one in roles_of(world.lapsed)] == [(world.southwark.name, True)]
    assert [one.is_ahead for one in roles_of(world.future)] == [True]


def test_a_role_that_never_held_is_not_told(world):
    with acting(world.southwark.pk):
        Appointment.objects.filter(person=world.future).update(ends_on=datetime.date(2100, 1, 1))
    assert len(roles_of(world.future)) == 1  # the group says when access holds
    world.future.group_memberships.update(ends_on=datetime.date(2100, 1, 1))
    assert roles_of(world.future) == []


def test_mine_lists_each_partnership_with_the_roles_one_has_there(world, sign_in):
    text = sign_in("dual_officer").get("/mine/").text
    for words in (world.southwark.name, world.hackney.name, "Co-ordinating officer", "Member representative"):
        assert words in text
    text = sign_in("dual").get("/mine/").text
    assert text.count("Member representative") == 2


def test_mine_tells_what_is_over_what_is_ahead_and_offices(world, sign_in):
    lapsed = sign_in("lapsed").get("/mine/").text
    assert "Before" in lapsed and "31 January 2006" in lapsed
    assert 'href="/p/southwark/manage/"' not in lapsed
    assert "from 1 January 2100" in sign_in("future").get("/mine/").text
    office = sign_in("reviewer").get("/mine/").text
    assert "Government Office for London" in office and "Reviewer" in office and world.hackney.name in office
    assert "National viewer" in sign_in("national").get("/mine/").text
    assert "You have no role in a partnership now" in sign_in("stranger").get("/mine/").text


@pytest.mark.parametrize("name", ["dual", "reviewer", "stranger"])
def test_mine_asks_the_database_seldom(world, sign_in, name, django_assert_max_num_queries):
    browser = sign_in(name)
    browser.get("/mine/")
    with django_assert_max_num_queries(8):
        browser.get("/mine/")
