"""Taking a case, being given it, handing it back, standing aside: on pages, by people in two tabs."""

import pytest

from core.dates import today
from partnerships.actions.offices import end_office_appointment
from partnerships.actions.roles import appoint
from partnerships.models import Deed, OfficeAppointment
from partnerships.permissions import Role
from reviews.models import Recusal
from tests.pages.conftest import words
from tests.reviews.pages.conftest import page
from tests.world import BEGAN_ON, SYSTEM

OTHERS = ["stranger", "other_reviewer", "hackney_officer"]


def test_a_reviewer_takes_a_case(made, now, sign_in, world):
    case, browser = made("queued"), sign_in("reviewer")
    assert "I have no interest in Southwark Local Strategic Partnership" in words(browser.get(page(case, "claim")))
    response = browser.post(page(case, "claim"), {"no_interest": "on"}, follow=True)
    assert "You have taken the case." in words(response)
    assert now(case).reviewer == world.reviewer


def test_nobody_takes_one_without_the_statement(made, now, sign_in):
    case = made("queued")
    said = words(sign_in("reviewer").post(page(case, "claim"), {"no_interest": ""}))
    assert "Tick “I have no interest in Southwark Local Strategic Partnership”, or stand aside" in said
    assert now(case).reviewer is None


def test_the_second_is_told_who_took_it_and_when(made, now, sign_in):
    case = made("queued")
    first, second = sign_in("reviewer"), sign_in("colleague")
    second.get(page(case, "claim"))
    first.post(page(case, "claim"), {"no_interest": "on"})
    response = second.post(page(case, "claim"), {"no_interest": "on"})
    assert response.status_code == 409
    assert "Reviewer took it on" in words(response)
    assert now(case).reviewer.name == "Reviewer"


@pytest.mark.parametrize("name", ["claim", "recusal", "release", "assignment"])
@pytest.mark.parametrize("who", OTHERS)
def test_it_does_not_exist_for_others(made, now, sign_in, name, who):
    case = made("queued")
    assert sign_in(who).post(page(case, name), {"no_interest": "on", "reason": "I"}).status_code == 404
    assert now(case).reviewer is None


@pytest.mark.parametrize("who", ["officer", "chair", "rep", "national"])
def test_whoever_may_not_review_is_told_who_can(made, now, sign_in, who):
    case = made("queued")
    response = sign_in(who).post(page(case, "claim"), {"no_interest": "on"})
    assert response.status_code == 403
    assert "Reviewer" in words(response)
    assert now(case).reviewer is None


@pytest.fixture
def member_too(world, office):
    """The reviewer has a role at the table that they review."""
    with office.acting():
        appoint(partnership=world.southwark, person=world.reviewer, role=Role.MEMBER, starts_on=BEGAN_ON, by=SYSTEM)


def test_a_reviewer_who_is_a_member_is_told_to_stand_aside(made, now, sign_in, member_too):
    case, browser = made("queued"), sign_in("reviewer")
    said = words(browser.get(page(case)))
    assert "You have an interest in this case (a role in Southwark: Member representative)" in said
    assert "Stand aside" in said
    assert "Take the case" not in said
    response = browser.post(page(case, "claim"), {"no_interest": "on"})
    assert response.status_code == 403
    assert now(case).reviewer is None
    assert now(case).seen_at is None
    browser.post(page(case, "recusal"), {"reason": "I am a member."})
    assert "Stand aside" not in words(browser.get(page(case)))


def test_standing_aside_wants_a_reason_and_holds_for_good(made, now, sign_in, office):
    case, browser = made("claimed"), sign_in("reviewer")
    assert "Answer the question: Why?" in words(browser.post(page(case, "recusal"), {"reason": " "}))
    response = browser.post(page(case, "recusal"), {"reason": "My sister chairs it."}, follow=True)
    assert "You have stood aside from this case." in words(response)
    assert now(case).state == "queued"
    again = browser.post(page(case, "recusal"), {"reason": "Once more."})
    assert again.status_code == 409
    assert "Once more." in again.content.decode()
    with office.acting():
        assert Recusal.objects.count() == 1


def test_a_case_is_handed_back_with_a_reason(made, now, sign_in, office):
    case, browser = made("claimed"), sign_in("reviewer")
    assert browser.post(page(case, "release"), {"reason": ""}).context_data["form"].errors
    response = browser.post(page(case, "release"), {"reason": "I am away in May."}, follow=True)
    assert "The case waits in the queue again." in words(response)
    with office.acting():
        assert Deed.objects.filter(verb="reviews.released").get().reason == "I am away in May."
    assert now(case).state == "queued"


def test_only_whoever_has_taken_it_hands_it_back(made, now, sign_in):
    case = made("claimed")
    response = sign_in("colleague").post(page(case, "release"), {"reason": "It is not mine."})
    assert response.status_code == 403
    assert "Reviewer took this case on" in words(response)
    assert now(case).state == "claimed"


def test_a_manager_gives_it_to_somebody(made, now, sign_in, world):
    case, browser = made("queued"), sign_in("manager")
    said = words(browser.get(page(case, "assignment")))
    assert "Colleague Has no open case" in said
    browser.post(page(case, "assignment"), {"to": world.colleague.pk})
    assert now(case).reviewer == world.colleague


def test_a_manager_takes_it_from_one_and_gives_it_to_another(made, now, sign_in, world):
    case = made("claimed")
    said = words(sign_in("manager").get(page(case, "assignment")))
    assert "Has taken it now. 1 open case." in said
    sign_in("manager").post(page(case, "assignment"), {"to": world.colleague.pk})
    assert now(case).reviewer == world.colleague


def test_nobody_of_another_office_nor_with_an_interest_can_be_chosen(made, now, sign_in, world, office):
    case = made("queued")
    sign_in("colleague").post(page(case, "recusal"), {"reason": "My sister chairs it."})
    for somebody in (world.other_reviewer, world.colleague, world.officer):
        said = words(sign_in("manager").post(page(case, "assignment"), {"to": somebody.pk}))
        assert "Choose one of the list" in said
    assert now(case).reviewer is None


def test_a_reviewer_does_not_assign(made, sign_in, world):
    case = made("queued")
    response = sign_in("reviewer").post(page(case, "assignment"), {"to": world.colleague.pk})
    assert response.status_code == 403
    assert "Manager" in words(response)


def test_what_somebody_has_who_left_can_be_taken(made, now, sign_in, world):
    case = made("claimed")
    appointment = OfficeAppointment.objects.get(person=world.reviewer)
    end_office_appointment(appointment=appointment, on=today(), by=SYSTEM)
    browser = sign_in("colleague")
    assert "Take the case" in words(browser.get(page(case)))
    browser.post(page(case, "claim"), {"no_interest": "on"})
    assert now(case).reviewer == world.colleague
