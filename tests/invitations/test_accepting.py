"""Somebody answers an invitation: with a new account, with the one they have, twice, too late, as somebody else."""

import re
import threading
from concurrent.futures import ThreadPoolExecutor

import pytest
from allauth.mfa.models import Authenticator
from allauth.mfa.totp.internal.auth import TOTP, generate_totp_secret
from django.core import mail
from django.db import connection
from django.test import Client
from django.utils import timezone

from accounts.models import GroupMembership, Person
from core.dates import today
from core.refusals import Already, WrongState
from invitations import actions
from partnerships.actions.roles import appoint
from partnerships.actions.seats import take_seat
from partnerships.models import Appointment, Deed, Invitation, Seat, Sitting
from partnerships.permissions import PERMISSIONS, Perm, Role
from partnerships.tenancy.access import Access
from partnerships.tenancy.context import acting
from tests.invitations.conftest import NEW, PASSWORD, accept, link

DASHBOARD = "/p/southwark/manage/"
BACKEND = "allauth.account.auth_backends.AuthenticationBackend"


@pytest.fixture
def open_seat(world):
    return Seat.objects.select_related("partnership").get(partnership=world.southwark, position="Resident")


def dana():
    return Person.objects.get(email=NEW)


# A new account


def test_somebody_new_makes_an_account_and_is_inside(world, invite, row, log, client):
    invitation = invite()
    address = link()
    page = client.get(address)
    assert page.status_code == 200
    for words in ("Officer invites you", "Member representative", NEW, 'value="Dana Dee"'):
        assert words in page.text
    done = accept(address, client)
    assert done.status_code == 302 and done.headers["Location"] == DASHBOARD
    inside = client.get(DASHBOARD)
    assert inside.status_code == 200
    assert f"Your role in {world.southwark.name}: Member representative." in inside.text
    assert dana().check_password(PASSWORD)
    assert row(invitation).accepted_by == dana()
    with acting(world.southwark.pk):
        appointment = Appointment.objects.get(person=dana())
    assert (appointment.role, appointment.starts_on, appointment.appointed_by) == ("member", today(), world.officer)
    said = [(deed.verb, deed.who, deed.about) for deed in log()[-2:]]
    assert said == [
        ("partnerships.appointed_as_invited", "Dana Dee", dana()),
        ("invitations.accepted", "Dana Dee", dana()),
    ]
    assert Access.of(dana()).by_partnership == {world.southwark.pk: PERMISSIONS[Role.MEMBER]}


def test_they_can_sign_in_with_what_they_chose(world, invite):
    invite(email="DANA@Example.net")
    accept(link())
    browser = Client()
    browser.post("/accounts/login/", {"login": "Dana@example.NET", "password": PASSWORD})
    assert browser.get(DASHBOARD).status_code == 200


def test_who_is_invited_to_a_seat_sits_on_it(world, invite, open_seat, log):
    invite(seat=open_seat)
    accept(link())
    with acting(world.southwark.pk):
        sitting = Sitting.objects.get(seat=open_seat)
    assert (sitting.person, sitting.starts_on) == (dana(), today())
    assert (log()[-1].verb, log()[-1].what) == ("partnerships.seat_taken", "Dana Dee (Resident)")


def test_the_role_does_not_wait_for_a_seat_that_was_taken_meanwhile(world, invite, open_seat, client):
    invite(seat=open_seat)
    with acting(world.southwark.pk):
        take_seat(seat=open_seat, person=world.rep, starts_on=today(), by=world.access("officer"))
    accept(link(), client)
    page = client.get(DASHBOARD)
    assert page.status_code == 200
    assert "The seat you were invited to has been taken or has ended: Resident." in page.text


def test_an_officer_is_told_by_when_to_set_up_a_second_factor(invite, client):
    invite(role=Role.OFFICER)
    address = link()
    assert "This role needs a second proof of who you are" in mail.outbox[-1].body
    accept(address, client)
    assert "Set up a second factor by" in client.get(DASHBOARD).text


@pytest.mark.parametrize(
    ("wrong", "why"),
    [
        ({"password2": "another-long-password"}, "This is not the same password as above"),
        ({"password1": "short", "password2": "short"}, "at least 12 characters"),
        ({"password1": "danadanadana@example", "password2": "danadanadana@example"}, "too similar"),
        ({"password1": "", "password2": ""}, "Enter password"),
        ({"name": ""}, "Enter your name"),
        ({"name": "ا" * 201}, "Your name must be 200 characters or fewer"),
    ],
)
def test_what_is_typed_wrongly_is_explained_and_makes_no_account(invite, row, wrong, why):
    invitation = invite(email="danadanadana@example.net")
    page = accept(link(), **wrong)
    assert page.status_code == 200
    assert why in page.text
    assert not Person.objects.filter(email="danadanadana@example.net").exists()
    assert row(invitation).is_open


def test_a_name_of_200_arabic_letters_is_taken(invite, client):
    accept(link_of(invite), client, name="عبد " * 49 + "عبدا")
    assert len(dana().name) == 200
    assert client.get(DASHBOARD).status_code == 200


def link_of(invite, **values):
    invite(**values)
    return link()


# An account that is there


def test_somebody_with_an_account_signs_in_first_and_accepts(world, invite, row):
    invitation = invite(email="stranger@example.org")
    address = link()
    browser = Client()
    page = browser.get(address)
    assert "Sign in with it, then accept." in page.text
    way = re.search(r'href="(/accounts/login/\?next=[^"]+)"', page.text)[1]
    signed_in = browser.post(way, {"login": "stranger@example.org", "password": "one-table-many-seats"})
    assert signed_in.headers["Location"] == address
    assert row(invitation).is_open
    assert "Accept the invitation" in browser.get(address).text
    assert browser.post(address).headers["Location"] == DASHBOARD
    assert browser.get(DASHBOARD).status_code == 200
    assert row(invitation).accepted_by == world.stranger


def test_who_has_an_account_cannot_get_another_password_by_the_link(world, invite, row):
    invitation = invite(email="stranger@example.org")
    refused = accept(link())
    assert refused.headers["Location"].startswith("/accounts/login/?next=/p/southwark/invitation/")
    assert Person.objects.get(pk=world.stranger.pk).password == world.stranger.password
    assert row(invitation).is_open


def test_nor_where_the_account_was_made_while_the_page_was_open(world, invite):
    invitation = invite(email="stranger@example.org")
    nonce = stored(world, invitation)[0]["nonce"]
    with acting(world.southwark.pk), pytest.raises(Already, match="Sign in with it, then accept"):
        actions.accept_anew(invitation=invitation, nonce=nonce, name="Stranger", password=PASSWORD)
    assert Person.objects.get(pk=world.stranger.pk).password == world.stranger.password


def test_an_account_without_a_password_gets_one(world, invite, client):
    """Somebody whom an import has entered: the letter has proved the address."""
    known = Person.objects.create_user(NEW, "Dana of the import")
    page = client.get(link_of(invite))
    assert "You are known here as Dana of the import." in page.text
    assert "Your name" not in page.text
    accept(link(mail.outbox[-1]), client, name="Somebody else")
    assert client.get(DASHBOARD).status_code == 200
    known.refresh_from_db()
    assert known.name == "Dana of the import" and known.check_password(PASSWORD)


def test_who_has_a_second_factor_shows_it_before_they_are_inside(world, invite, client):
    known = Person.objects.create_user(NEW, "Dana Dee")
    TOTP.activate(known, generate_totp_secret())
    assert Authenticator.objects.filter(user=known).exists()
    done = accept(link_of(invite), client)
    assert done.headers["Location"].startswith("/accounts/second-factor/sign-in/")
    assert client.get(DASHBOARD).status_code == 302


def test_a_closed_account_takes_no_role(world, invite, row, client):
    Person.objects.create_user(NEW, "Dana Dee", is_active=False)
    invitation = invite()
    refused = accept(link(), client)
    assert refused.status_code == 409 and "their account is closed" in refused.text
    assert row(invitation).is_open
    assert not Person.objects.get(email=NEW).has_usable_password()


def test_one_account_serves_several_partnerships(world, invite, sign_in):
    invite(email=world.hackney_officer.email, role=Role.MEMBER)
    browser = sign_in("hackney_officer")
    browser.post(link())
    access = world.access("hackney_officer")
    assert access.can(Perm.MANAGE_MEMBERS, world.hackney) and access.can(Perm.VIEW_INTERNAL, world.southwark)
    assert not access.can(Perm.MANAGE_MEMBERS, world.southwark)


# Somebody else


def test_another_account_accepts_nothing(world, invite, row, sign_in):
    invitation = invite()
    address, browser = link(), sign_in("rep")
    for refused in (browser.get(address), browser.post(address)):
        assert refused.status_code == 403
        assert "You are signed in as Rep (rep@example.org)." in refused.text
        assert NEW not in refused.text
    assert row(invitation).is_open
    again = browser.post("/accounts/logout/", {"next": address})
    assert again.headers["Location"] == address
    assert "Dana Dee" in browser.get(address).text
    with acting(world.southwark.pk), pytest.raises(actions.accepting.ForSomebodyElse):
        actions.accept(invitation=invitation, nonce=row(invitation).nonce, person=world.rep)


def test_a_link_of_one_partnership_opens_nothing_in_another(invite, client):
    address = link_of(invite)
    assert client.get(address.replace("/southwark/", "/hackney/")).status_code == 404
    assert client.post(address.replace("/southwark/", "/hackney/")).status_code == 404


# A program that opens links


def stored(world, invitation):
    with acting(world.southwark.pk):
        return Invitation.objects.values().get(pk=invitation.pk), Deed.objects.count(), Person.objects.count()


def test_a_mail_scanner_changes_nothing(world, invite, client):
    invitation = invite()
    address = link()
    before = stored(world, invitation)
    for _again in range(3):
        for method in (client.get, client.head, client.options):
            method(address)
    assert stored(world, invitation) == before
    assert not Person.objects.filter(email=NEW).exists()
    assert accept(address, client).headers["Location"] == DASHBOARD


def test_the_page_is_not_kept_by_anybody_between(invite, client):
    page = client.get(link_of(invite))
    assert "no-store" in page.headers["Cache-Control"]
    assert page.headers["Referrer-Policy"] == "same-origin"


# Used, late, withdrawn


def test_it_is_used_once(world, invite, client):
    address = link_of(invite)
    accept(address, client)
    own = client.get(address)
    assert own.status_code == 200
    assert "You have accepted this invitation" in own.text and DASHBOARD in own.text
    for answer in (Client().get(address), accept(address), accept(address, password1="x", password2="x")):
        assert answer.status_code == 410
        assert "This invitation has been used" in answer.text
    with acting(world.southwark.pk):
        assert Appointment.objects.filter(person=dana()).count() == 1


@pytest.mark.parametrize(
    ("values", "heading"),
    [
        ({"expires_at": timezone.now()}, "This invitation has expired"),
        ({"revoked_at": timezone.now()}, "This invitation was withdrawn"),
        ({"nonce": "another"}, "There is a newer letter"),
    ],
)
def test_a_link_that_leads_no_further_says_why(invite, change, values, heading, world, sign_in):
    invitation = invite()
    address = link()
    change(invitation, **values)
    for browser in (Client(), sign_in("rep")):
        for answer in (browser.get(address), accept(address, browser)):
            assert answer.status_code == 410
            assert heading in answer.text
    assert not Person.objects.filter(email=NEW).exists()


def test_nobody_joins_a_partnership_that_has_ended(world, invite, client):
    address = link_of(invite)
    world.southwark.ended_on = today()
    world.southwark.save(update_fields=["ended_on"])
    for answer in (client.get(address), accept(address, client)):
        assert answer.status_code == 410 and "This partnership has ended" in answer.text


@pytest.mark.parametrize("key", ["x", "x.y", "W10.abc", "." * 300, "%00", "ключ"])
def test_a_key_that_was_never_ours_opens_nothing(world, client, key):
    answer = client.get(f"/p/southwark/invitation/{key}/")
    assert answer.status_code == 404
    assert "This link is not complete" in answer.text


def test_who_was_appointed_meanwhile_is_told(world, invite, row, sign_in):
    invitation = invite(email="stranger@example.org")
    address = link()
    with acting(world.southwark.pk):
        appoint(
            partnership=world.southwark,
            person=world.stranger,
            role=Role.MEMBER,
            starts_on=today(),
            by=world.access("officer"),
        )
    answer = sign_in("stranger").post(address)
    assert answer.status_code == 409 and "Stranger holds this role already" in answer.text
    assert row(invitation).is_open


# At once


@pytest.mark.django_db(transaction=True)
def test_of_two_tabs_one_accepts_and_the_other_is_told(world, invite):
    invitation = invite()
    nonce, start = stored(world, invitation)[0]["nonce"], threading.Barrier(2)

    def press(_number):
        try:
            with acting(world.southwark.pk):
                start.wait(timeout=10)
                return actions.accept_anew(invitation=invitation, nonce=nonce, name="Dana Dee", password=PASSWORD)
        except Exception as error:
            return error
        finally:
            connection.close()

    with ThreadPoolExecutor(2) as pool:
        outcomes = list(pool.map(press, range(2)))
    assert sorted(type(outcome).__name__ for outcome in outcomes) == ["Acceptance", "Already"]
    assert Person.objects.filter(email=NEW).count() == 1
    assert GroupMembership.objects.filter(person=dana()).count() == 1


@pytest.mark.django_db(transaction=True)
def test_two_partnerships_letters_accepted_at_once_make_one_account(world, invite):
    here = invite()
    with acting(world.hackney.pk, by=world.hackney_officer.pk):
        there = actions.invite(
            partnership=world.hackney,
            email=NEW,
            name="Dana",
            role=Role.MEMBER,
            by=world.access("hackney_officer"),
        )
    start = threading.Barrier(2)

    def press(invitation):
        try:
            with acting(invitation.partnership_id):
                nonce = Invitation.objects.get(pk=invitation.pk).nonce
                start.wait(timeout=10)
                return actions.accept_anew(invitation=invitation, nonce=nonce, name="Dana Dee", password=PASSWORD)
        except Exception as error:
            return error
        finally:
            connection.close()

    with ThreadPoolExecutor(2) as pool:
        outcomes = list(pool.map(press, [here, there]))
    assert sorted(type(outcome).__name__ for outcome in outcomes) == ["Acceptance", "Already"]
    told = next(str(outcome) for outcome in outcomes if isinstance(outcome, Already))
    assert told == "An account with this address was made meanwhile. Sign in with it, then accept."
    assert Person.objects.filter(email=NEW).count() == 1


def test_a_letter_that_was_overtaken_while_the_page_was_open_is_refused(world, invite):
    invitation = invite()
    nonce = stored(world, invitation)[0]["nonce"]
    with acting(world.southwark.pk):
        actions.resend(invitation=invitation, letters=1, by=world.access("officer"))
        with pytest.raises(WrongState, match="a newer letter was sent"):
            actions.accept_anew(invitation=invitation, nonce=nonce, name="Dana", password=PASSWORD)
    assert not Person.objects.filter(email=NEW).exists()
