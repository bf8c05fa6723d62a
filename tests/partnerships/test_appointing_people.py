"""The page that appoints somebody who is known here to a further role."""

import pytest

from core.dates import long_date, today
from partnerships.models import Appointment
from partnerships.permissions import Perm, Role
from partnerships.tenancy.context import acting
from tests.conftest import confirm

TODAY = {"starts_on_0": str(today().day), "starts_on_1": str(today().month), "starts_on_2": str(today().year)}
APRIL_2106 = {"ends_on_0": "31", "ends_on_1": "March", "ends_on_2": "2099"}


@pytest.fixture
def officer(world, sign_in):
    return confirm(sign_in("officer"), world.officer)


def address(person):
    return f"/p/southwark/manage/people/{person.pk}/appointment/"


def test_an_officer_appoints_from_today_on(world, officer, log):
    page = officer.post(address(world.rep), {"role": "chair", **TODAY}, follow=True)
    assert f"Rep is appointed from {long_date(today())} on: Chair." in page.text
    assert world.access("rep").can(Perm.PUBLISH_STRATEGY, world.southwark)
    assert (log()[-1].verb, log()[-1].about) == ("partnerships.appointed", world.rep)


def test_the_last_day_is_the_last_with_access(world, officer):
    officer.post(address(world.rep), {"role": "chair", **TODAY, **APRIL_2106})
    with acting(world.southwark.pk):
        assert str(Appointment.objects.get(person=world.rep, role=Role.CHAIR).ends_on) == "2099-04-01"


def test_of_an_officer_it_says_that_a_second_factor_is_wanted(world, officer):
    page = officer.post(address(world.rep), {"role": "officer", **TODAY}, follow=True)
    assert "They are asked to set up a second factor." in page.text


def test_who_holds_the_role_already_is_not_appointed_twice(world, officer, log):
    before = log()
    page = officer.post(address(world.rep), {"role": "member", **TODAY})
    assert page.status_code == 409 and "Rep holds this role already: Member representative." in page.text
    assert log() == before


def test_a_closed_account_takes_no_role(world, officer):
    world.rep.is_active = False
    world.rep.save(update_fields=["is_active"])
    page = officer.post(address(world.rep), {"role": "chair", **TODAY})
    assert page.status_code == 409 and "their account is closed" in page.text
    assert "Appoint to a further role" not in officer.get(f"/p/southwark/manage/people/{world.rep.pk}/").text


@pytest.mark.parametrize(
    ("wrong", "why"),
    [
        ({"role": ""}, "Choose role"),
        ({"role": "reviewer"}, "reviewer is not one of the available choices"),
        ({"starts_on_0": "31", "starts_on_1": "2"}, "does not exist"),
        ({"starts_on_2": "1066"}, "The year must be between 1990 and 2100"),
        ({"ends_on_0": "1", "ends_on_1": "1", "ends_on_2": "2001"}, "The last day must not be before the first day"),
    ],
)
def test_what_is_typed_wrongly_appoints_nobody(world, officer, wrong, why):
    page = officer.post(address(world.rep), {"role": "chair", **TODAY, **wrong})
    assert page.status_code == 200 and why in page.text
    assert not world.access("rep").can(Perm.PUBLISH_STRATEGY, world.southwark)


def test_it_wants_to_be_sure_who_asks_and_keeps_what_was_typed(world, sign_in):
    browser = sign_in("officer")
    asked = browser.post(address(world.rep), {"role": "chair", **TODAY})
    assert asked.headers["Location"].startswith("/accounts/reauthenticate/")
    assert not world.access("rep").can(Perm.PUBLISH_STRATEGY, world.southwark)


def test_somebody_who_is_not_known_here_is_invited_not_appointed(world, officer):
    for person in (world.stranger, world.hackney_officer):
        assert officer.post(address(person), {"role": "chair", **TODAY}).status_code == 404
