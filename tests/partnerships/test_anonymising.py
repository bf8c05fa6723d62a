"""Anonymising a person: their name is nowhere any more, and every log is as it was written."""

import datetime
import io

import pytest
from allauth.account.models import EmailAddress
from allauth.mfa.models import Authenticator
from allauth.usersessions.models import UserSession
from django.contrib.sessions.models import Session
from django.core.management import CommandError, call_command
from django.db import connection
from django.test import Client
from django.utils import timezone

from accounts.models import GroupMembership, Person
from core.dates import today
from core.refusals import Already, Incomplete, NotPermitted
from imports.models import MemberImport
from partnerships import deeds
from partnerships.actions.offices import appoint_to_office
from partnerships.actions.personal_data import anonymise
from partnerships.actions.roles import appoint, end_appointment
from partnerships.models import (
    Appointment,
    ContactPoint,
    Deed,
    GovernmentOffice,
    Invitation,
    MemberContact,
    Membership,
    OfficeAppointment,
    Seat,
    Sitting,
)
from partnerships.permissions import OfficeRole, Role
from partnerships.tenancy.access import Access
from partnerships.tenancy.context import acting
from strategies import actions as strategies
from strategies.models import Text
from tests.conftest import as_owner, confirm
from tests.world import PASSWORD, SYSTEM
from tests.writing import write_strategy

NAME, EMAIL, TELEPHONE = "Quillon Featherstonehaugh", "quillon@wherever.example", "020 7946 0321"
BEGAN, ENDED = datetime.date(2005, 5, 1), datetime.date(2006, 5, 1)
WHY = "Asked for it in writing"


def anonymised(world, person, by="officer", reason=WHY):
    """Somebody of the cast does it."""
    return anonymise(person=person, reason=reason, by=world.access(by))


@pytest.fixture
def quillon(world):
    """Somebody who was a chair in Southwark and left traces wherever a person can."""
    person = Person.objects.create_user(EMAIL, NAME, PASSWORD)
    partnership, officer = world.southwark, world.access("officer")
    strategy = write_strategy(partnership, world.officer)
    with acting(partnership.pk, by=world.officer.pk):
        appointment = appoint(partnership=partnership, person=person, role=Role.CHAIR, starts_on=BEGAN, by=officer)
        seat = Seat.objects.get(partnership=partnership, position="Resident")
        Sitting.objects.create(partnership=partnership, seat=seat, person=person, starts_on=BEGAN, ends_on=ENDED)
    own = Access.of(person)
    with acting(partnership.pk, by=person.pk):
        text = Text.objects.filter(strategy=strategy).first()
        strategies.save_text(text=text, body="Their words", version=text.version, by=own)
        strategies.request_draft_pdf(strategy=strategy, by=own)
        deeds.record("test.done", partnership, by=own)
        membership = Membership.objects.filter(partnership=partnership).first()
        contact = {"name": NAME, "email": EMAIL, "telephone": TELEPHONE, "partnership": partnership}
        MemberContact.objects.create(membership=membership, **contact)
        ContactPoint.objects.create(
            person=person, address=f"{NAME}, 1 Peckham Road", getting_involved="Come", **contact
        )
        invitation = {
            "partnership": partnership,
            "nonce": "x",
            "expires_at": timezone.now(),
            "email": EMAIL,
            "name": NAME,
        }
        Invitation.objects.create(role=Role.MEMBER, **invitation)
        Invitation.objects.create(role=Role.CHAIR, accepted_by=person, accepted_at=timezone.now(), **invitation)
        MemberImport.objects.create(
            partnership=partnership,
            file_name="a.csv",
            sha256="0",
            size=1,
            row_count=1,
            state="ready",
            rows=[[2, {"email": EMAIL, "name": NAME}, True]],
            uploaded_by=person,
        )
        end_appointment(appointment=appointment, on=ENDED, reason="Moved away", by=SYSTEM)
    Authenticator.objects.create(user=person, type="totp", data={"secret": "x"})
    EmailAddress.objects.create(user=person, email=EMAIL, verified=True, primary=True)
    browser = Client()
    browser.force_login(person, backend="allauth.account.auth_backends.AuthenticationBackend")
    session = {"session_key": browser.session.session_key, "ip": "192.0.2.7", "user_agent": f"Browser of {NAME}"}
    UserSession.objects.get_or_create(user=person, defaults=session)
    return person


def tables_with(*words):
    """Every table of the database with a row in which one of the words stands, and which columns."""
    found = {}
    with as_owner(), connection.cursor() as cursor:
        cursor.execute(
            "SELECT table_name, column_name FROM information_schema.columns JOIN information_schema.tables "
            "USING (table_schema, table_name) WHERE table_schema = 'public' AND table_type = 'BASE TABLE'"
        )
        for table, column in cursor.fetchall():
            like = " OR ".join([f'"{column}"::text ILIKE %s'] * len(words))
            cursor.execute(f'SELECT count(*) FROM "{table}" WHERE {like}', [f"%{word}%" for word in words])
            if count := cursor.fetchone()[0]:
                found[f"{table}.{column}"] = count
    return found


def verify():
    said = io.StringIO()
    call_command("verify_history", stdout=said)
    return said.getvalue()


TRACES = {
    "accounts_person.name",
    "accounts_person.email",
    "account_emailaddress.email",
    "partnerships_membercontact.telephone",
    "partnerships_contactpoint.address",
    "partnerships_invitation.email",
    "imports_memberimport.rows",
}


def test_nothing_in_any_table_names_them_afterwards(world, quillon):
    assert set(tables_with(NAME, EMAIL, TELEPHONE)) >= TRACES
    done = anonymised(world, quillon)
    assert tables_with(NAME, EMAIL, TELEPHONE, "Featherstonehaugh", "quillon") == {}
    assert done.name == f"Former member {quillon.pk}"
    assert done.email.endswith(".invalid")
    assert done.anonymised_at is not None


def test_an_edition_that_they_published_keeps_their_name_as_on_paper(world, quillon):
    """And it is the one exception."""
    with acting(world.southwark.pk):
        appointment = Appointment.objects.get(person=quillon)
        Appointment.objects.filter(pk=appointment.pk).update(ends_on=None)
        GroupMembership.objects.filter(person=quillon).update(ends_on=None)
        strategy = Text.objects.first().strategy
        strategies.publish(strategy=strategy, by=Access.of(quillon))
        end_appointment(appointment=appointment, on=today(), reason="", by=SYSTEM)
    anonymised(world, quillon)
    assert tables_with(NAME, EMAIL, TELEPHONE) == {"strategies_edition.published_by_name": 1}


def test_every_log_is_as_it_was_written_and_tells_it_under_the_new_name(world, quillon):
    with acting(world.southwark.pk):
        before = list(Deed.objects.order_by("number").values())
    anonymised(world, quillon)
    assert "The history is whole" in verify()
    with acting(world.southwark.pk):
        last = Deed.objects.select_related("about").latest("number")
        assert list(Deed.objects.filter(number__lt=last.number).order_by("number").values()) == before
        (theirs,) = Deed.objects.filter(verb="test.done").select_related("by", "about")
    assert (last.verb, last.about_id, last.reason, last.subject_label) == (
        "partnerships.anonymised",
        quillon.pk,
        WHY,
        "",
    )
    assert last.what == theirs.who == f"Former member {quillon.pk}"


def test_they_are_signed_out_everywhere_and_cannot_sign_in(world, quillon):
    assert UserSession.objects.filter(user=quillon).exists()
    keys = list(UserSession.objects.filter(user=quillon).values_list("session_key", flat=True))
    anonymised(world, quillon)
    assert not Session.objects.filter(session_key__in=keys).exists()
    for model in (UserSession, Authenticator, EmailAddress):
        assert not model.objects.filter(user=quillon).exists(), model
    quillon.refresh_from_db()
    assert not quillon.is_active
    assert not quillon.has_usable_password()


def test_the_past_still_says_that_somebody_held_the_seat(world, quillon):
    anonymised(world, quillon)
    with acting(world.southwark.pk):
        assert Sitting.objects.get(person=quillon).person.name == f"Former member {quillon.pk}"
        assert Appointment.objects.filter(person=quillon).exists()
        point = ContactPoint.objects.get()
        assert (point.name, point.person, point.getting_involved) == ("The partnership", None, "Come")
        assert not MemberContact.objects.exists()
        (open_one,) = Invitation.objects.filter(accepted_by=None)
        assert open_one.revoked_at is not None
        assert MemberImport.objects.get().state == "discarded"


def test_twice_changes_nothing(world, quillon):
    anonymised(world, quillon)
    with acting(world.southwark.pk):
        before = Deed.objects.count()
    with pytest.raises(Already, match="anonymised already"):
        anonymised(world, quillon)
    with acting(world.southwark.pk):
        assert Deed.objects.count() == before


def hold_appointment(world, person):
    with acting(world.southwark.pk):
        appoint(partnership=world.southwark, person=person, role=Role.CVS, starts_on=today(), by=SYSTEM)
    return "Voluntary sector officer in Southwark"


def hold_appointment_ahead(world, person):
    with acting(world.southwark.pk):
        appoint(
            partnership=world.southwark,
            person=person,
            role=Role.OFFICER,
            starts_on=datetime.date(2100, 1, 1),
            by=SYSTEM,
        )
    return "Co-ordinating officer in Southwark"


def hold_seat(world, person):
    with acting(world.southwark.pk):
        seat = Seat.objects.get(partnership=world.southwark, position="Resident")
        Sitting.objects.create(partnership=world.southwark, seat=seat, person=person, starts_on=today())
    return "Resident in Southwark"


def substitute(world, person):
    with acting(world.southwark.pk):
        sitting = Sitting.objects.filter(partnership=world.southwark, ends_on=None).first()
        Sitting.objects.filter(pk=sitting.pk).update(substitute=person)
    return sitting.seat.position


@pytest.mark.parametrize("hold", [hold_appointment, hold_appointment_ahead, hold_seat, substitute])
def test_whoever_still_holds_something_keeps_their_name(world, quillon, hold):
    place = hold(world, quillon)
    with pytest.raises(Incomplete) as refused:
        anonymised(world, quillon)
    assert place in str(refused.value.gaps[0].message)
    assert Person.objects.get(pk=quillon.pk).name == NAME


def test_a_role_in_a_government_office_is_for_the_service_alone(world, quillon):
    london = GovernmentOffice.objects.get(region__slug="london")
    appoint_to_office(office=london, person=quillon, role=OfficeRole.REVIEWER, starts_on=today(), by=SYSTEM)
    with pytest.raises(NotPermitted, match="Whoever runs the service can"):
        anonymised(world, quillon)
    with pytest.raises(Incomplete) as refused:
        anonymise(person=quillon, reason=WHY, by=SYSTEM)
    assert "Reviewer, Government Office for London" in str(refused.value.gaps[0].message)
    OfficeAppointment.objects.filter(person=quillon).update(ends_on=today())
    GroupMembership.objects.filter(person=quillon).update(ends_on=today())
    with pytest.raises(NotPermitted):  # they were of an office once
        anonymised(world, quillon)
    anonymise(person=quillon, reason=WHY, by=SYSTEM)


def test_where_another_partnership_holds_something_too_no_one_officer_can(world, quillon):
    with acting(world.hackney.pk):
        appointment = appoint(partnership=world.hackney, person=quillon, role=Role.MEMBER, starts_on=BEGAN, by=SYSTEM)
        end_appointment(appointment=appointment, on=ENDED, reason="", by=SYSTEM)
    for name in ("officer", "hackney_officer"):
        with pytest.raises(NotPermitted, match="Whoever runs the service can"):
            anonymised(world, quillon, by=name)
    anonymise(person=quillon, reason=WHY, by=SYSTEM)
    for partnership in (world.southwark, world.hackney):
        with acting(partnership.pk):
            assert Deed.objects.latest("number").verb == "partnerships.anonymised"


def test_in_a_partnership_that_has_ended_too(world, quillon):
    world.southwark.ended_on = ENDED
    world.southwark.save()
    anonymise(person=quillon, reason=WHY, by=SYSTEM)
    assert tables_with(NAME) == {}


@pytest.mark.parametrize("name", ["chair", "rep", "manager", "national", "hackney_officer", "stranger"])
def test_nobody_else_can(world, quillon, name):
    with pytest.raises(NotPermitted, match="Whoever runs the service can"):
        anonymised(world, quillon, by=name)
    assert Person.objects.get(pk=quillon.pk).name == NAME


def test_an_administrator_is_not_an_officers_to_anonymise(world, quillon):
    Person.objects.filter(pk=quillon.pk).update(is_superuser=True)
    with pytest.raises(NotPermitted):
        anonymised(world, quillon)


def test_they_can_do_it_themselves(world, quillon):
    anonymise(person=quillon, reason="At their own wish", by=Access.of(quillon))
    with acting(world.southwark.pk):
        last = Deed.objects.latest("number")
    assert (last.by_id, last.about_id) == (quillon.pk, quillon.pk)


@pytest.mark.parametrize("reason", ["", "  ", f"{NAME.upper()} asked", f"See the letter of {EMAIL}"])
def test_a_reason_is_needed_and_names_nobody(world, quillon, reason):
    with pytest.raises(Incomplete) as refused:
        anonymised(world, quillon, reason=reason)
    assert refused.value.gaps[0].anchor == "id_reason"


def test_half_of_it_is_nothing(world, quillon, monkeypatch):
    """What goes wrong at the end leaves everything as it was."""
    monkeypatch.setattr("partnerships.actions.personal_data.deeds.record", lambda *args, **kwargs: 1 / 0)
    before = tables_with(NAME, EMAIL, TELEPHONE)
    with pytest.raises(ZeroDivisionError):
        anonymised(world, quillon)
    assert tables_with(NAME, EMAIL, TELEPHONE) == before


# the page


def page(person, slug="southwark"):
    return f"/p/{slug}/manage/people/{person.pk}/anonymisation/"


@pytest.fixture
def certain(world, sign_in):
    """A browser of somebody who has just given their password."""

    def browser(name):
        return confirm(sign_in(name), world.people[name])

    return browser


def test_the_page_shows_what_goes_and_what_stays_and_does_it(world, quillon, certain):
    officer = certain("officer")
    shown = officer.get(page(quillon)).content.decode()
    assert "What goes" in shown
    assert "Contact at a member (1): Is removed" in shown
    assert "Deeds about the person (2)" in shown
    wrong = officer.post(page(quillon), {"reason": f"{NAME} wants it"}).content.decode()
    assert "Leave name and address out" not in wrong  # first the tick is missing
    assert "I know that this cannot be undone" in wrong
    wrong = officer.post(page(quillon), {"reason": f"{NAME} wants it", "sure": "on"}).content.decode()
    assert wrong.count("Leave name and address out of the reason") == 2
    done = officer.post(page(quillon), {"reason": WHY, "sure": "on"}, follow=True).content.decode()
    assert f"called Former member {quillon.pk} from now on" in done
    assert "Anonymised on" in done
    assert NAME not in done


def test_the_password_is_asked_for_first(world, quillon, sign_in):
    response = sign_in("officer").get(page(quillon))
    assert response.status_code == 302
    assert "/reauthenticate/" in response["Location"]
    sign_in("officer").post(page(quillon), {"reason": WHY, "sure": "on"})
    assert Person.objects.get(pk=quillon.pk).name == NAME


def test_the_page_is_for_people_of_this_partnership_and_officers(world, quillon, certain):
    assert certain("officer").get(page(world.stranger)).status_code == 404
    assert certain("officer").get(page(world.hackney_officer)).status_code == 404
    assert certain("hackney_officer").get(page(quillon)).status_code == 404
    assert certain("chair").get(page(quillon)).status_code == 403


def test_the_page_says_who_could_where_others_hold_something_and_not_who_they_are(world, certain):
    with acting(world.hackney.pk):
        end_appointment(appointment=Appointment.objects.get(person=world.dual), on=ENDED, reason="", by=SYSTEM)
    with acting(world.southwark.pk):
        end_appointment(appointment=Appointment.objects.get(person=world.dual), on=ENDED, reason="", by=SYSTEM)
    shown = certain("officer").get(page(world.dual)).content.decode()
    assert "Whoever runs the service can." in shown
    assert "Hackney" not in shown
    assert 'name="sure"' not in shown


def test_the_page_says_what_must_end_first(world, certain):
    shown = certain("officer").get(page(world.rep)).content.decode()
    assert "Member representative in Southwark" in shown
    assert 'name="sure"' not in shown


# the command


def test_the_command_says_what_would_happen_and_does_it_when_told(world, quillon):
    said = io.StringIO()
    call_command("anonymise", EMAIL.upper(), "--reason", WHY, stdout=said)
    assert "Nothing has been done. Add --yes to do it." in said.getvalue()
    assert Person.objects.get(pk=quillon.pk).name == NAME
    call_command("anonymise", EMAIL, "--reason", WHY, "--yes", stdout=said)
    assert f"Done: Former member {quillon.pk}." in said.getvalue()
    with pytest.raises(CommandError, match="Nobody has this address"):
        call_command("anonymise", EMAIL, "--reason", WHY, "--yes")


def test_the_command_says_what_must_end_first(world):
    with pytest.raises(CommandError, match="Member representative in Southwark"):
        call_command("anonymise", "rep@example.org", "--reason", WHY, "--yes")
