"""Somebody is invited: the row, the deed and the letter; who may, whom, and to what."""

import datetime
import threading
from concurrent.futures import ThreadPoolExecutor

import pytest
from django.core import mail
from django.db import IntegrityError, connection, transaction
from django.utils import timezone

from accounts.models import Person
from core.dates import LONDON, today
from core.refusals import Already, NotPermitted
from invitations import actions, tasks
from invitations.actions import StillOpen
from invitations.actions.sending import LETTER
from jobs.models import Job
from partnerships.models import Invitation, Seat
from partnerships.permissions import Role
from partnerships.tenancy.context import acting
from tests.conftest import as_owner, confirm
from tests.invitations.conftest import NEW, link, post

LIST = "/p/southwark/manage/invitations/"
ARABIC = "عبد " * 49 + "عبدا"


@pytest.fixture
def open_seat(world):
    return Seat.objects.select_related("partnership").get(partnership=world.southwark, position="Resident")


def test_somebody_is_invited_and_gets_a_letter(world, invite, log, row, open_seat):
    invitation = invite(seat=open_seat)
    deed = log()[-1]
    assert (deed.verb, deed.who, deed.what) == ("invitations.invited", "Officer", "Member representative")
    assert deed.changes == {"role": [None, "member"], "seat": [None, "Resident"]}
    assert row(invitation).sent_at is None
    (letter,) = post()
    assert letter.to == [NEW]
    assert letter.subject == "Invitation to the Southwark partnership"
    for words in ("Officer invites you", world.southwark.name, "Member representative", "Your seat: Resident"):
        assert words in letter.body
    assert row(invitation).sent_at is not None


def test_no_name_and_address_stand_in_the_log_or_the_history(invite, log, world):
    invite()
    assert "Dana" not in str([(d.subject_label, d.changes, d.reason, d.by_name, d.about) for d in log()])
    with acting(world.southwark.pk), connection.cursor() as cursor:
        cursor.execute("SELECT to_jsonb(event)::text FROM partnerships_invitation_event AS event")
        assert all("dana" not in text.lower() for (text,) in cursor.fetchall())


def test_the_link_is_open_until_the_end_of_a_day_in_two_weeks(invite):
    last = today() + datetime.timedelta(days=14)
    assert invite().expires_at == datetime.datetime.combine(last, datetime.time(23, 59, 59), LONDON)
    (letter,) = post()
    assert f"{last.day} {last:%B %Y}" in letter.body


def test_nothing_in_the_table_opens_it(invite, row, client):
    """The key is signed: whoever reads the row cannot write it."""
    invitation = row(invite())
    for key in (invitation.nonce, f"{invitation.pk}", link().rstrip("/").rpartition("/")[2][:-1]):
        assert client.get(f"/p/southwark/invitation/{key}/").status_code == 404


def test_an_address_in_capitals_is_the_same(invite):
    assert invite(email=" Dana@Example.NET ").email == NEW
    with pytest.raises(StillOpen):
        invite(email="DANA@example.net")


def test_the_second_to_invite_is_told_who_was_first_and_when(invite, log):
    first = invite()
    before = log()
    with pytest.raises(
        StillOpen, match=r"Officer invited this address to this role on .*; it has not answered"
    ) as told:
        invite()
    assert told.value.invitation == first
    assert log() == before
    assert invite(role=Role.CHAIR).role == Role.CHAIR  # to another role they can be


def test_of_an_expired_one_it_is_said_that_it_has(invite, change):
    change(invite(), expires_at=timezone.now())
    with pytest.raises(StillOpen, match="that has expired"):
        invite()


def test_who_holds_the_role_or_will_hold_it_is_not_invited(invite, world):
    for email, name in (("rep@example.org", "Rep"), ("dual@example.org", "Dual")):
        with pytest.raises(Already, match=f"{name} holds this role already: Member representative"):
            invite(email=email)
    with pytest.raises(Already, match="Future holds this role already"):
        invite(email="future@example.org", role=Role.OFFICER)
    assert invite(email="lapsed@example.org", role=Role.OFFICER)  # whose role has ended can come back


def test_a_seat_that_is_held_or_offered_is_not_offered(invite, world, open_seat):
    held = Seat.objects.filter(partnership=world.southwark).exclude(pk=open_seat.pk).first()
    with pytest.raises(Already, match="Somebody holds this seat"):
        invite(seat=held)
    invite(seat=open_seat)
    with pytest.raises(Already, match="or is invited to it: Resident"):
        invite(email="another@example.net", seat=open_seat)


@pytest.mark.parametrize(
    "name", ["chair", "rep", "finance", "hackney_officer", "manager", "national", "lapsed", "future", "stranger"]
)
def test_nobody_else_can_invite(invite, name, log):
    before = log()
    with pytest.raises(NotPermitted, match="Co-ordinating officer can"):
        invite(by=name)
    assert log() == before
    assert not Job.objects.filter(kind=LETTER).exists()


def test_postgresql_refuses_half_written_and_double_invitations(world, invite):
    invitation = invite()
    whole = {
        "partnership": world.southwark,
        "email": "other@example.net",
        "role": Role.MEMBER,
        "nonce": "x",
        "expires_at": timezone.now(),
    }
    halves = [
        ({"email": NEW}, "one_open_invitation_per_role"),
        ({"email": "Other@example.net"}, "invitation_email_in_small_letters"),
        ({"email": ""}, "open_invitation_has_an_address"),
        ({"accepted_at": timezone.now()}, "invitation_accepted_by_and_at_together"),
        ({"expires_at": None}, "expires_at"),
        ({"seat": Seat.objects.filter(partnership=world.hackney).first()}, "same_partnership"),
    ]
    for half, why in halves:
        with pytest.raises(IntegrityError, match=why), acting(world.southwark.pk):
            Invitation.objects.create(**{**whole, **half})
    refused = pytest.raises(IntegrityError)
    with as_owner(), refused, transaction.atomic():
        Invitation.objects.filter(pk=invitation.pk).update(seat=halves[-1][0]["seat"])


@pytest.mark.django_db(transaction=True)
def test_of_two_officers_who_invite_at_once_one_does(world, invite):
    start = threading.Barrier(2)

    def press(_number):
        try:
            start.wait(timeout=10)
            return invite()
        except Exception as error:
            return error
        finally:
            connection.close()

    with ThreadPoolExecutor(2) as pool:
        outcomes = list(pool.map(press, range(2)))
    assert sorted(type(outcome).__name__ for outcome in outcomes) == ["Invitation", "StillOpen"]


# The page


def typed(**values):
    return {"name": "Dana Dee", "email": NEW, "role": "member", "seat": "", **values}


def test_the_form_invites_and_shows_the_invitation(world, sign_in):
    browser = sign_in("officer")
    page = browser.post(f"{LIST}new/", typed(), follow=True)
    assert "The invitation to Dana Dee is on its way." in page.text
    assert "the letter is not sent yet" in page.text
    post()
    assert "the letter is not sent yet" not in browser.get(page.request["PATH_INFO"]).text


def test_a_name_of_200_arabic_letters_fits_and_201_does_not(world, sign_in):
    assert len(ARABIC) == 200
    browser = sign_in("officer")
    page = browser.post(f"{LIST}new/", typed(name=ARABIC), follow=True)
    assert ARABIC in page.text
    refused = browser.post(f"{LIST}new/", typed(name=f"{ARABIC}ا", email="b@example.net"))
    assert "Name must be 200 characters or fewer" in refused.text


@pytest.mark.parametrize(
    ("wrong", "why"),
    [
        ({"email": "nonsense"}, "Enter an e-mail address, such as name@example.org"),
        ({"email": "dana@exämple.net"}, "Write the address with the letters a to z"),
        ({"role": "king"}, "king is not one of the available choices"),
        ({"role": "cvs "}, "cvs  is not one of the available choices"),
        ({"role": ""}, "Choose role"),
        ({"name": ""}, "Enter name"),
        ({"seat": "999999"}, "This seat is held, or somebody is invited to it"),
    ],
)
def test_what_is_typed_wrongly_stays_and_is_explained(world, sign_in, wrong, why):
    page = sign_in("officer").post(f"{LIST}new/", typed(**wrong))
    assert page.status_code == 200
    assert why in page.text
    assert ('value="Dana Dee"' in page.text) is ("name" not in wrong)
    with acting(world.southwark.pk):
        assert not Invitation.objects.filter(email=NEW).exists()


def test_nobody_is_invited_to_a_role_of_a_government_office(world, sign_in):
    browser = confirm(sign_in("officer"), world.officer)
    for role in ("reviewer", "manager", "national"):
        assert "is not one of the available choices" in browser.post(f"{LIST}new/", typed(role=role)).text


def test_a_seat_of_another_partnership_does_not_exist_here(world, sign_in):
    theirs = Seat.objects.get(partnership=world.hackney, position="Resident")
    assert "Choose another one" in sign_in("officer").post(f"{LIST}new/", typed(seat=str(theirs.pk))).text


def test_who_is_invited_already_is_offered_another_letter(invite, sign_in):
    invitation = invite()
    page = sign_in("officer").post(f"{LIST}new/", typed())
    assert page.status_code == 409
    assert f"{LIST}{invitation.pk}/" in page.text
    assert 'value="Dana Dee"' in page.text


def test_whoever_invites_an_officer_shows_first_that_it_is_they(world, sign_in):
    browser = sign_in("officer")
    asked = browser.post(f"{LIST}new/", typed(role="officer"))
    assert asked.status_code == 302 and asked.headers["Location"].startswith("/accounts/reauthenticate/")
    with acting(world.southwark.pk):
        assert not Invitation.objects.filter(email=NEW).exists()
    confirm(browser, world.officer)
    assert browser.post(f"{LIST}new/", typed(role="officer")).status_code == 302
    with acting(world.southwark.pk):
        assert Invitation.objects.get(email=NEW).role == Role.OFFICER


def test_it_says_nothing_about_who_has_an_account(invite, sign_in, world):
    """An address of another partnership's people is answered as one that nobody has."""
    pages = []
    for email in ("nobody@example.net", "leeds.officer@example.org"):
        with transaction.atomic():
            page = sign_in("officer").post(f"{LIST}new/", typed(email=email), follow=True)
            pages.append((page.status_code, page.redirect_chain[0][0].rpartition("/invitations/")[0]))
            assert "Leeds officer" not in page.text
            transaction.set_rollback(True)
    assert pages[0] == pages[1]


# The letter


def test_the_letter_is_tried_again_until_the_mail_server_takes_it(invite, row, monkeypatch):
    invitation = invite()
    job = Job.objects.get(kind=LETTER)
    with monkeypatch.context() as patch:
        patch.setattr(mail.EmailMessage, "send", lambda self: (_ for _ in ()).throw(ConnectionRefusedError("away")))
        with pytest.raises(ConnectionRefusedError):
            tasks.write_letter(job, lambda done, total: None)
    assert row(invitation).sent_at is None
    post()
    assert row(invitation).sent_at is not None


def test_a_job_that_runs_twice_sends_one_letter(invite):
    invite()
    job = Job.objects.get(kind=LETTER)
    for _again in range(2):
        tasks.write_letter(job, lambda done, total: None)
    assert len(mail.outbox) == 1


def test_a_name_cannot_add_headers_or_markup_to_the_letter(invite):
    invite(name="<b>Dana</b>\nBcc: everybody@example.net")
    (letter,) = post()
    assert "everybody" not in str(letter.message().items())


# Those who sit without an account


def holder(world, name):
    return Person.objects.get(name=f"Member, Southwark {name}")


def test_holders_of_seats_without_an_account_are_invited_by_one_press(world, sign_in, log):
    browser = sign_in("officer")
    page = browser.get(f"{LIST}holders/")
    council, cvs = holder(world, "Council"), holder(world, "Council for Voluntary Service")
    assert council.name in page.text and cvs.name in page.text and "Seat of Southwark Council" in page.text
    done = browser.post(f"{LIST}holders/", {"person": [council.pk, cvs.pk]}, follow=True)
    assert "2 invitations are on their way." in done.text
    assert {letter.to[0] for letter in post()} == {council.email, cvs.email}
    assert [deed.verb for deed in log()[-2:]] == ["invitations.invited"] * 2
    again = browser.post(f"{LIST}holders/", {"person": [council.pk, cvs.pk]}, follow=True)
    assert "All of them are invited already, or have an account." in again.text
    assert not post()


def test_who_is_not_ticked_or_holds_no_seat_here_is_left_out(world, sign_in):
    council, elsewhere = holder(world, "Council"), Person.objects.get(name="Member, Hackney Council")
    browser = sign_in("officer")
    browser.post(f"{LIST}holders/", {"person": [council.pk, elsewhere.pk, world.stranger.pk, "x"]})
    assert [letter.to for letter in post()] == [[council.email]]
    assert "Tick at least one name." in browser.post(f"{LIST}holders/", {}, follow=True).text


def test_nobody_else_can_invite_the_holders(world):
    people = [holder(world, "Council").pk]
    with acting(world.southwark.pk), pytest.raises(NotPermitted):
        actions.invite_holders(partnership=world.southwark, people=people, by=world.access("chair"))
