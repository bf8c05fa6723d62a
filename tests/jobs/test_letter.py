"""Whoever waited for longer than two minutes gets a letter when their job is over."""

import datetime

import pytest
from django.core import mail
from django.utils import timezone

from jobs import actions, tasks
from jobs.models import Job


@pytest.fixture
def job(world):
    """A job the officer asked for, in the hands of a worker."""
    row = Job.objects.create(
        kind="strategies.draft_pdf", queue="reports", partnership=world.southwark, subject_id=1, asked_by=world.officer
    )
    return actions.claim(row.pk)


def asked_minutes_ago(job: Job, minutes: int) -> None:
    job.asked_at = timezone.now() - datetime.timedelta(minutes=minutes)
    job.save(update_fields=["asked_at"])


def write_letters() -> None:
    for letter in Job.objects.filter(kind=actions.LETTER, state=Job.State.QUEUED):
        tasks.run(letter.pk)


def test_a_long_job_ends_with_a_letter(world, job):
    asked_minutes_ago(job, 3)
    actions.finish(job, 1)
    write_letters()
    (letter,) = mail.outbox
    assert letter.to == [world.officer.email]
    assert letter.subject == "Southwark: PDF of the draft is ready"
    assert f"/p/southwark/manage/jobs/{job.pk}/" in letter.body


def test_a_quick_job_ends_without_one(job):
    actions.finish(job, 1)
    assert not Job.objects.filter(kind=actions.LETTER).exists()


def test_a_job_that_failed_for_good_says_so(job, settings):
    settings.JOB_ATTEMPTS = 1
    asked_minutes_ago(job, 3)
    actions.fail(job, "ValueError")
    write_letters()
    assert "could not be made" in mail.outbox[0].subject


def test_a_job_that_is_tried_again_ends_without_one(job):
    asked_minutes_ago(job, 3)
    actions.fail(job, "ValueError")
    assert not Job.objects.filter(kind=actions.LETTER).exists()


def test_a_letter_is_asked_for_once(job):
    asked_minutes_ago(job, 3)
    actions.finish(job, 1)
    actions.finish(job, 1)
    assert Job.objects.filter(kind=actions.LETTER).count() == 1


def test_whoever_has_left_gets_none(world, job):
    Job.objects.filter(pk=job.pk).update(asked_by=world.lapsed)
    job.refresh_from_db()
    asked_minutes_ago(job, 3)
    actions.finish(job, 1)
    write_letters()
    assert mail.outbox == []


def test_nobody_waits_for_a_letter_to_others(world, job):
    Job.objects.filter(pk=job.pk).update(kind="invitations.letter")
    job.refresh_from_db()
    asked_minutes_ago(job, 3)
    actions.finish(job, 1)
    assert not Job.objects.filter(kind=actions.LETTER).exists()


def test_that_a_letter_to_others_failed_is_told_to_whoever_asked_for_it(world, job, settings):
    settings.JOB_ATTEMPTS = 1
    Job.objects.filter(pk=job.pk).update(kind="invitations.letter")
    job.refresh_from_db()
    asked_minutes_ago(job, 3)
    actions.fail(job, "SMTPException")
    write_letters()
    assert mail.outbox[0].to == [world.officer.email]
