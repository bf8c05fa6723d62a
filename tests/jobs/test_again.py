"""A job that was given up is tried again by whoever may write; nothing else happens to any other job."""

import pytest
from django.urls import reverse

from jobs import actions
from jobs.models import Job


@pytest.fixture
def given_up(world, settings):
    """A job that failed for the last time."""
    settings.JOB_ATTEMPTS = 1
    row = Job.objects.create(
        kind="strategies.draft_pdf", queue="reports", partnership=world.southwark, subject_id=1, asked_by=world.officer
    )
    actions.fail(actions.claim(row.pk), "ValueError")
    row.refresh_from_db()
    assert row.state == Job.State.FAILED
    return row


def address(job: Job) -> str:
    return reverse("jobs:attempt", args=["southwark", job.pk])


def test_the_officer_tries_again(given_up, sign_in):
    officer = sign_in("officer")
    page = reverse("jobs:job", args=["southwark", given_up.pk])
    assert f'action="{address(given_up)}"' in officer.get(page).content.decode()
    assert officer.post(address(given_up))["Location"] == page
    given_up.refresh_from_db()
    assert (given_up.state, given_up.attempts, given_up.error) == (Job.State.QUEUED, 0, "")
    assert actions.claim(given_up.pk) is not None


def test_a_second_press_changes_nothing(given_up, sign_in):
    sign_in("officer").post(address(given_up))
    claimed = actions.claim(given_up.pk)
    sign_in("officer").post(address(given_up))
    given_up.refresh_from_db()
    assert (given_up.state, given_up.attempts) == (Job.State.RUNNING, claimed.attempts)


@pytest.mark.parametrize(
    ("who", "status"), [("stranger", 404), ("hackney_officer", 404), ("rep", 403), ("reviewer", 403)]
)
def test_nobody_else_does(given_up, sign_in, who, status):
    assert sign_in(who).post(address(given_up)).status_code == status
    given_up.refresh_from_db()
    assert given_up.state == Job.State.FAILED


def test_a_reader_sees_no_button(given_up, sign_in):
    page = sign_in("rep").get(reverse("jobs:job", args=["southwark", given_up.pk])).content.decode()
    assert address(given_up) not in page
