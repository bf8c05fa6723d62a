"""Ending an appointment, and that a partnership keeps somebody who can let others in."""

import datetime
import threading
from concurrent.futures import ThreadPoolExecutor

import pytest
from django.db import connection

from core.dates import today
from core.refusals import Already
from partnerships.actions.roles import LastOfficer, appoint, end_appointment
from partnerships.models import Appointment
from partnerships.permissions import Perm, Role
from partnerships.tenancy.context import acting
from tests.conftest import confirm
from tests.world import SYSTEM

TOMORROW = today() + datetime.timedelta(days=1)
NEXT_YEAR = today() + datetime.timedelta(days=365)
ENDS = "/p/southwark/manage/appointments/"
ASKED = {"reason": "Moved away", "on_0": str(today().day), "on_1": str(today().month), "on_2": str(today().year)}


def held(world, name, role=Role.OFFICER):
    with acting(world.southwark.pk):
        rows = Appointment.objects.select_related("partnership", "person").filter(partnership=world.southwark)
        return rows.get(person=world.people[name], role=role)


def end(world, name, *, role=Role.OFFICER, on=None, by="officer"):
    access = SYSTEM if by is None else world.access(by)
    with acting(world.southwark.pk, by=access.person_id):
        return end_appointment(appointment=held(world, name, role), on=on or today(), reason="Moved away", by=access)


def make_officer(world, name, starts_on=None, ends_on=None):
    with acting(world.southwark.pk):
        return appoint(
            partnership=world.southwark,
            person=world.people[name],
            role=Role.OFFICER,
            starts_on=starts_on or today(),
            ends_on=ends_on,
            by=SYSTEM,
        )


@pytest.fixture
def alone(world):
    """The officer is the only one: the other one's time is over, and nobody is to come."""
    end(world, "unprotected", by=None)
    end(world, "future", by=None)
    return world


# The last officer


def test_the_last_officer_cannot_be_removed_by_themselves(alone, log):
    before = log()
    with pytest.raises(LastOfficer, match="Invite or appoint another one first"):
        end(alone, "officer")
    assert log() == before
    assert alone.access("officer").can(Perm.MANAGE_MEMBERS, alone.southwark)


def test_nor_ahead_of_time(alone):
    with pytest.raises(LastOfficer):
        end(alone, "officer", on=NEXT_YEAR)


def test_of_two_one_can_go_and_then_the_other_cannot(world):
    end(world, "unprotected")
    end(world, "future")
    with pytest.raises(LastOfficer):
        end(world, "officer")


def test_whoever_leaves_appoints_another_first(alone):
    make_officer(alone, "chair")
    end(alone, "officer")
    assert not alone.access("officer").reaches(alone.southwark)
    assert alone.access("chair").can(Perm.MANAGE_MEMBERS, alone.southwark)


def test_somebody_who_begins_later_does_not_stand_in_today(alone):
    make_officer(alone, "chair", starts_on=TOMORROW)
    with pytest.raises(LastOfficer):
        end(alone, "officer")
    end(alone, "officer", on=TOMORROW)


def test_nor_somebody_who_leaves_sooner(alone):
    make_officer(alone, "chair", ends_on=NEXT_YEAR)
    with pytest.raises(LastOfficer):
        end(alone, "officer")
    make_officer(alone, "finance")
    end(alone, "chair")  # who would have gone anyway


def test_nor_somebody_whose_account_is_closed(world):
    end(world, "future")
    world.unprotected.is_active = False
    world.unprotected.save(update_fields=["is_active"])
    with pytest.raises(LastOfficer):
        end(world, "officer")


def test_officers_of_other_partnerships_do_not_count(alone):
    assert alone.access("hackney_officer").can(Perm.MANAGE_MEMBERS, alone.hackney)
    with pytest.raises(LastOfficer):
        end(alone, "officer")


def test_other_roles_are_not_kept(alone):
    end(alone, "chair", role=Role.CHAIR)
    assert not alone.access("chair").reaches(alone.southwark)


def test_the_systems_own_commands_may_remove_even_the_last_one(alone):
    end(alone, "officer", by=None)
    assert not alone.access("officer").reaches(alone.southwark)


@pytest.mark.django_db(transaction=True)
def test_of_two_last_officers_who_end_each_other_at_once_one_stays(world):
    end(world, "future", by=None)
    start, accesses = threading.Barrier(2), {name: world.access(name) for name in ("officer", "unprotected")}

    def press(pair):
        by, whom = pair
        try:
            appointment = held(world, whom)
            with acting(world.southwark.pk, by=accesses[by].person_id):
                start.wait(timeout=10)
                return end_appointment(appointment=appointment, on=today(), reason="", by=accesses[by])
        except Exception as error:
            return error
        finally:
            connection.close()

    with ThreadPoolExecutor(2) as pool:
        outcomes = list(pool.map(press, [("officer", "unprotected"), ("unprotected", "officer")]))
    assert sorted(type(outcome).__name__ for outcome in outcomes) == ["Appointment", "LastOfficer"]


# Twice


def test_the_second_to_end_it_is_told_who_was_first_and_when(world):
    end(world, "rep", role=Role.MEMBER)
    with pytest.raises(Already, match=r"This appointment ended on .*\. Officer entered that on .*, \d+"):
        end(world, "rep", role=Role.MEMBER, by="unprotected")


def test_of_what_ends_later_too(world, log):
    end(world, "rep", role=Role.MEMBER, on=NEXT_YEAR)
    before = log()
    with pytest.raises(Already, match=r"This appointment ends on .* already\. Officer entered that on"):
        end(world, "rep", role=Role.MEMBER, on=NEXT_YEAR, by="unprotected")
    assert log() == before


def test_what_has_not_begun_is_called_off_once(world, log):
    ended = end(world, "future")
    assert ended.ends_on == ended.starts_on
    before = log()
    with pytest.raises(Already):
        end(world, "future")
    assert log() == before


@pytest.mark.django_db(transaction=True)
def test_of_two_officers_who_end_the_same_at_once_one_is_told(world):
    appointment, start = held(world, "rep", Role.MEMBER), threading.Barrier(2)
    accesses = [world.access("officer"), world.access("unprotected")]

    def press(access):
        try:
            with acting(world.southwark.pk, by=access.person_id):
                start.wait(timeout=10)
                return end_appointment(appointment=appointment, on=today(), reason="", by=access)
        except Exception as error:
            return error
        finally:
            connection.close()

    with ThreadPoolExecutor(2) as pool:
        outcomes = list(pool.map(press, accesses))
    assert sorted(type(outcome).__name__ for outcome in outcomes) == ["Already", "Appointment"]
    told = next(str(outcome) for outcome in outcomes if isinstance(outcome, Already))
    assert "entered that on" in told


# The page


def test_the_page_asks_why_and_ends_it_in_that_moment(world, sign_in, log):
    inside = sign_in("rep")
    browser = confirm(sign_in("officer"), world.officer)
    address = f"{ENDS}{held(world, 'rep', Role.MEMBER).pk}/end/"
    assert "End the appointment: Member representative" in browser.get(address).text
    assert "Enter why it ends" in browser.post(address, {**ASKED, "reason": ""}).text
    assert inside.get("/p/southwark/manage/").status_code == 200
    page = browser.post(address, ASKED, follow=True)
    assert "Rep is no longer: Member representative. Access by this role has ended." in page.text
    assert inside.get("/p/southwark/manage/").status_code == 404
    assert (log()[-1].reason, log()[-1].about) == ("Moved away", world.rep)
    again = browser.post(address, ASKED)
    assert again.status_code == 409 and "Officer entered that on" in again.text and "Moved away" in again.text


def test_it_wants_to_be_sure_who_asks(world, sign_in):
    asked = sign_in("officer").get(f"{ENDS}{held(world, 'rep', Role.MEMBER).pk}/end/")
    assert asked.headers["Location"].startswith("/accounts/reauthenticate/")


def test_of_the_last_officer_it_says_so_before_anything_is_typed(alone, sign_in):
    browser = confirm(sign_in("officer"), alone.officer)
    address = f"{ENDS}{held(alone, 'officer').pk}/end/"
    assert "This is the last co-ordinating officer who can sign in." in browser.get(address).text
    refused = browser.post(address, ASKED)
    assert refused.status_code == 409 and "This is the last co-ordinating officer" in refused.text


def test_whoever_puts_themselves_out_lands_outside(world, sign_in):
    browser = confirm(sign_in("officer"), world.officer)
    done = browser.post(f"{ENDS}{held(world, 'officer').pk}/end/", ASKED, follow=True)
    assert done.request["PATH_INFO"] == "/mine/"
    assert "Officer is no longer: Co-ordinating officer." in done.text


@pytest.mark.parametrize(
    ("wrong", "why"),
    [
        ({"on_0": "31", "on_1": "2", "on_2": "2006"}, "31 February 2006 does not exist"),
        ({"on_2": "0206"}, "The year must be between 1990 and 2100"),
        ({"on_0": ""}, "must include a day"),
        ({"reason": "x" * 1001}, "Why it ends must be 1000 characters or fewer"),
    ],
)
def test_what_is_typed_wrongly_ends_nothing(world, sign_in, wrong, why):
    browser = confirm(sign_in("officer"), world.officer)
    page = browser.post(f"{ENDS}{held(world, 'rep', Role.MEMBER).pk}/end/", {**ASKED, **wrong})
    assert page.status_code == 200 and why in page.text
    assert world.access("rep").reaches(world.southwark)


def test_an_appointment_of_another_partnership_does_not_exist_here(world, sign_in):
    with acting(world.hackney.pk):
        theirs = Appointment.objects.get(partnership=world.hackney, person=world.dual)
    assert confirm(sign_in("officer"), world.officer).get(f"{ENDS}{theirs.pk}/end/").status_code == 404


def test_who_ends_their_own_role_is_told_what_they_lose(world, sign_in):
    officer = confirm(sign_in("officer"), world.officer)
    page = officer.get(f"{ENDS}{held(world, 'officer').pk}/end/").text
    assert "This is your own role. You will no longer get into this partnership." in page
    page = officer.get(f"{ENDS}{held(world, 'chair', Role.CHAIR).pk}/end/").text
    assert "This is your own role" not in page
