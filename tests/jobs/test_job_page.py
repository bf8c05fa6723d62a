"""The page of a job: where it stands, without a script."""

import datetime

import pytest
from django.urls import reverse
from django.utils import timezone

from jobs.models import Job
from tests.world import World

pytestmark = pytest.mark.django_db


def page(sign_in, job: Job, who: str | None = "officer", query: str = "", slug: str = "southwark"):
    return sign_in(who).get(reverse("jobs:job", args=[slug, job.pk]) + query)


def test_a_waiting_job_tells_its_place_and_the_page_renews_itself(ask, sign_in) -> None:
    ask(asked_at=timezone.now() - datetime.timedelta(hours=1))
    answer = page(sign_in, ask())
    assert answer.status_code == 200
    assert "Number 2 in the queue" in answer.text
    assert answer["Refresh"] == "3"
    assert 'href="?stay=1"' in answer.text


def test_the_reader_can_stop_the_renewing(ask, sign_in) -> None:
    answer = page(sign_in, ask(), query="?stay=1")
    assert "Refresh" not in answer
    assert "stop renewing" not in answer.text
    assert "Renew this page" in answer.text


def test_a_running_job_tells_how_far_it_is(ask, sign_in) -> None:
    answer = page(sign_in, ask(state=Job.State.RUNNING, heartbeat_at=timezone.now(), done_steps=2, all_steps=7))
    assert "Step 3 of 7" in answer.text
    assert answer["Refresh"] == "3"


def test_a_job_that_is_done_leads_to_what_was_made(ask, sign_in) -> None:
    answer = page(sign_in, ask(state=Job.State.DONE, finished_at=timezone.now()))
    assert 'href="/made/"' in answer.text
    assert "Refresh" not in answer


def test_a_job_that_was_given_up_says_so_with_its_number(ask, sign_in) -> None:
    job = ask(state=Job.State.FAILED, finished_at=timezone.now(), attempts=5, error="ValueError")
    answer = page(sign_in, job)
    assert "It could not be made in 5 attempts" in answer.text
    assert f"job {job.pk}, ValueError" in answer.text
    assert "/made/" not in answer.text
    assert "Refresh" not in answer


@pytest.mark.parametrize("who", ["chair", "finance", "rep", "cvs", "reviewer", "national"])
def test_everybody_inside_may_see_it(ask, sign_in, who: str) -> None:
    assert page(sign_in, ask(), who).status_code == 200


@pytest.mark.parametrize("who", ["stranger", "hackney_officer", "leeds_officer", "other_reviewer", "lapsed", "future"])
def test_for_everybody_else_it_is_not_there(ask, sign_in, who: str) -> None:
    assert page(sign_in, ask(), who).status_code == 404


def test_who_is_not_signed_in_is_asked_to(ask, sign_in) -> None:
    answer = page(sign_in, ask(), None)
    assert answer.status_code == 302 and answer["Location"].startswith(reverse("account_login"))


def test_a_job_of_another_partnership_is_not_there_under_ones_own_address(ask, sign_in, world: World) -> None:
    foreign = ask("hackney")
    assert page(sign_in, foreign, "officer", slug="southwark").status_code == 404
    assert page(sign_in, foreign, "dual", slug="southwark").status_code == 404
    assert page(sign_in, foreign, "dual", slug="hackney").status_code == 200
