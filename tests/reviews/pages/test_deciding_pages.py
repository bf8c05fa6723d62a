"""Recommending, countersigning, returning and answering an appeal: with reasons, by two people, once."""

import datetime

import pytest
from django.urls import reverse
from django.utils import timezone

from jobs.models import Job
from reviews.models import Decision, Recommendation
from tests.pages.conftest import words
from tests.reviewing import days
from tests.reviews.pages.conftest import page
from tests.reviews.pages.test_reviewing_pages import parts

ROWS = {
    "conditions-TOTAL_FORMS": "2",
    "conditions-INITIAL_FORMS": "0",
    "conditions-0-words": "Meet earlier",
    "conditions-1-words": "",
}
GREEN = {**ROWS, "submission": "1", "outcome": "green", "reasons": "It works.", "concerns": "Few young people."}


def test_what_is_typed_is_read_once_more_then_recommended(made, now, office, sign_in):
    case, browser = made("claimed"), sign_in("reviewer")
    typed = {**GREEN, **parts("conditions-0-due_on", days(90))}
    response = browser.post(page(case, "recommendation"), {**typed, "check": "yes"})
    said = words(response)
    assert "Is this what you recommend?" in said
    assert "Green It is accredited. Reasons It works." in said
    assert "Meet earlier" in said
    assert now(case).state == "claimed"
    sent = dict(response.context_data["verdict"].typed)
    done = browser.post(page(case, "recommendation"), {**sent, "confirmed": "yes"}, follow=True)
    assert "It is recommended." in words(done)
    assert now(case).state == "recommended"
    with office.acting():
        made_of_it = Recommendation.objects.get()
    assert made_of_it.dated_conditions == [("Meet earlier", days(90))]


def test_it_can_be_changed_before_it_is_sent(made, sign_in):
    response = sign_in("reviewer").post(page(made("claimed"), "recommendation"), {**GREEN, "change": "yes"})
    html = response.content.decode()
    assert "Few young people." in html
    assert "What you recommend" in words(response)
    assert "govuk-error-message" not in html


def test_a_condition_more_needs_no_script_and_loses_nothing(made, sign_in):
    typed = {**GREEN, "reasons": "", "add": "condition"}
    response = sign_in("reviewer").post(page(made("claimed"), "recommendation"), typed)
    html = response.content.decode()
    assert 'name="conditions-2-words"' in html
    assert 'value="Meet earlier"' in html
    assert "Few young people." in html
    assert "govuk-error-message" not in html


@pytest.mark.parametrize(
    ("typed", "message"),
    [
        ({"reasons": "  "}, "Give the reasons"),
        ({"outcome": ""}, "Choose an outcome"),
        ({"outcome": "purple"}, "Choose one of the list"),
        ({"outcome": "red"}, "Enter the date of the next review: “Red” wants one"),
        ({"outcome": "red", **parts("next_review_on", days(0))}, "The day must be after today"),
        ({**parts("conditions-1-due_on", days(9))}, "Enter the condition that is due on that day"),
        ({**parts("conditions-0-due_on", datetime.date(2006, 1, 31))}, "The day must be after today"),
        ({"conditions-0-words": "x" * 501}, "Condition must be 500 characters or fewer"),
    ],
)
def test_what_is_wrong_stands_beside_the_field_and_nothing_is_lost(made, now, sign_in, typed, message):
    case = made("claimed")
    response = sign_in("reviewer").post(page(case, "recommendation"), {**GREEN, **typed, "confirmed": "yes"})
    assert message in words(response)
    assert "Few young people." in response.content.decode()
    assert now(case).state == "claimed"


@pytest.mark.parametrize("rows", ["", "x", "9" * 40])
def test_a_form_that_was_tampered_with_does_nothing(made, now, sign_in, rows):
    case = made("claimed")
    for button in ("add", "confirmed"):
        typed = {**GREEN, "conditions-TOTAL_FORMS": rows, button: "yes"}
        assert sign_in("reviewer").post(page(case, "recommendation"), typed).status_code == 200
    assert now(case).state == "claimed"


def test_a_submission_that_came_meanwhile_is_read_first(made, now, office, sign_in):
    case = made("sent_back")
    with office.acting():
        office.answer(case)
    response = sign_in("reviewer").post(page(case, "recommendation"), {**GREEN, "confirmed": "yes"})
    assert response.status_code == 409
    assert "Submission 2 arrived on" in words(response)
    assert "Few young people." in response.content.decode()
    assert now(case).state == "claimed"


# countersigning


def test_a_manager_countersigns(made, now, office, certain):
    case, browser = made("recommended"), certain("manager")
    said = words(browser.get(page(case, "decision")))
    assert "What the letter will say Green It is accredited. Reasons It works." in said
    assert "The partnership is given a certificate." in said
    response = browser.post(page(case, "decision"), {"recommendation": 1, "read": "on"}, follow=True)
    assert "Decided: Green." in words(response)
    assert now(case).state == "decided"
    with office.acting():
        assert Decision.objects.get().decided_by.name == "Manager"


def test_not_without_having_read_it_nor_without_the_password(made, now, sign_in, certain):
    case = made("recommended")
    response = certain("manager").post(page(case, "decision"), {"recommendation": 1})
    assert "Tick “I have read the submission and what the letter will say”" in words(response)
    response = sign_in("manager").post(page(case, "decision"), {"recommendation": 1, "read": "on"})
    assert response.headers["Location"].startswith("/accounts/reauthenticate/")
    assert now(case).state == "recommended"


def test_the_second_manager_is_told_who_decided_when_and_what(made, certain):
    case = made("recommended")
    first, second = certain("manager"), certain("deputy")
    second.get(page(case, "decision"))
    first.post(page(case, "decision"), {"recommendation": 1, "read": "on"})
    for response in (
        second.post(page(case, "decision"), {"recommendation": 1, "read": "on"}),
        second.get(page(case, "decision")),
    ):
        assert response.status_code == 409
        said = words(response)
        assert "Manager decided" in said
        assert "Green" in said
        assert "See the case as it is now" in said


def test_whoever_recommended_does_not_countersign(made, now, office, certain):
    with office.acting():
        case = office.claim(office.submit(), "manager")
        office.recommend(case, by=office.by("manager"))
    response = certain("manager").get(page(case, "decision"))
    assert response.status_code == 403
    assert "You recommended this outcome yourself." in words(response)
    assert certain("manager").post(page(case, "decision"), {"recommendation": 1, "read": "on"}).status_code == 403
    assert now(case).state == "recommended"


def test_a_recommendation_that_changed_meanwhile_is_read_first(made, now, office, certain):
    case, browser = made("recommended"), certain("manager")
    browser.get(page(case, "decision"))
    with office.acting():
        office.recommend(case, reasons="It works well.")
    response = browser.post(page(case, "decision"), {"recommendation": 1, "read": "on"})
    assert response.status_code == 409
    assert "Reviewer changed the recommendation on" in words(response)
    assert now(case).state == "recommended"


@pytest.mark.parametrize("name", ["decision", "return"])
@pytest.mark.parametrize(
    ("who", "status"), [("reviewer", 403), ("chair", 403), ("other_reviewer", 404), ("national", 403)]
)
def test_others_do_not_decide(made, now, certain, name, who, status):
    case = made("recommended")
    typed = {"recommendation": 1, "read": "on", "reason": "So."}
    assert certain(who).post(page(case, name), typed).status_code == status
    assert now(case).state == "recommended"


def test_it_is_returned_with_a_reason_that_the_reviewer_reads(made, now, sign_in):
    case, browser = made("recommended"), sign_in("manager")
    assert "Answer the question: Why?" in words(browser.post(page(case, "return"), {"reason": ""}))
    browser.post(page(case, "return"), {"reason": "Say more about the young."})
    assert now(case).state == "claimed"
    said = words(sign_in("reviewer").get(page(case, "recommendation")))
    assert "Manager returned your recommendation on" in said
    assert "Say more about the young." in said


# appeals

UPHELD = {**GREEN, "reasons": "The plan was overlooked."}


def test_the_national_team_upholds_with_a_verdict_of_its_own(made, now, office, sign_in):
    case, browser = made("appealed"), sign_in("national_team")
    assert "You overlooked the plan." in words(browser.get(page(case, "appeal")))
    address = f"{page(case, 'appeal')}?answer=uphold"
    assert "Is this your decision?" in words(browser.post(address, {**UPHELD, "check": "yes"}))
    assert now(case).state == "appealed"
    browser.post(address, {**UPHELD, "confirmed": "yes"})
    assert now(case).state == "decided"
    with office.acting():
        assert [row.reasons for row in Decision.objects.order_by("number")] == ["It works.", "The plan was overlooked."]


def test_it_dismisses_with_reasons(made, now, sign_in):
    case, browser = made("appealed"), sign_in("national_team")
    address = f"{page(case, 'appeal')}?answer=dismiss"
    assert "Enter your answer" in words(browser.post(address, {"answer": ""}))
    browser.post(address, {"answer": "It was read."})
    assert now(case).state == "decided"
    assert "It was read." in words(sign_in("reviewer").get(page(case)))
    again = browser.post(address, {"answer": "Once more."})
    assert again.status_code == 409
    assert "Once more." in again.content.decode()


@pytest.mark.parametrize(("who", "status"), [("manager", 403), ("national", 403), ("chair", 403), ("stranger", 404)])
def test_others_do_not_answer_an_appeal(made, now, sign_in, who, status):
    case = made("appealed")
    assert sign_in(who).post(f"{page(case, 'appeal')}?answer=dismiss", {"answer": "No."}).status_code == status
    assert now(case).state == "appealed"


def test_where_nobody_appealed_there_is_nothing_to_answer(made, sign_in):
    assert sign_in("national_team").get(page(made("decided"), "appeal")).status_code == 404


def test_a_manager_is_told_that_the_letter_could_not_be_made_and_has_it_tried_again(made, sign_in):
    case, manager = made("decided"), sign_in("manager")
    job = Job.objects.get(kind="reviews.decision_files")
    follow, attempt = (reverse(f"jobs:{name}", args=["southwark", job.pk]) for name in ("job", "attempt"))
    assert "The letter is being made as a PDF; then it is sent. Follow it" in words(manager.get(page(case)))
    Job.objects.filter(pk=job.pk).update(state=Job.State.FAILED, finished_at=timezone.now())
    said = manager.get(page(case))
    assert "The letter could not be made as a PDF, so it has not been sent. See why, and try again" in words(said)
    assert f'href="{follow}"' in said.content.decode()
    assert f'action="{attempt}"' in manager.get(follow).content.decode()
    manager.post(attempt)
    assert Job.objects.get(pk=job.pk).state == Job.State.QUEUED
