"""Running: done once, tried again with growing pauses, given up at last; a slow worker shows that it lives."""

import threading
import time
from typing import Any

import pytest
from django.utils import timezone

from jobs import actions
from jobs.models import Job
from jobs.tasks import run, sweep


@pytest.mark.django_db
def test_it_is_done_and_keeps_its_result(ask, work_by) -> None:
    def work(job: Job, progress: actions.Progress) -> int:
        progress(1, 4)
        assert Job.objects.get(pk=job.pk).done_steps == 1
        return 42

    work_by(work)
    job = ask()
    run(job.pk)
    job.refresh_from_db()
    assert (job.state, job.result_id, job.done_steps, job.all_steps) == (Job.State.DONE, 42, 4, 4)
    assert job.finished_at is not None


@pytest.mark.django_db
def test_rung_for_twice_it_is_done_once(ask, work_by) -> None:
    done: list[int] = []
    work_by(lambda job, progress: done.append(job.pk))
    job = ask()
    run(job.pk)
    run(job.pk)
    assert done == [job.pk]


@pytest.mark.django_db
def test_what_fails_is_tried_again_after_growing_pauses_and_given_up_at_last(ask, work_by, settings: Any, bell) -> None:
    def work(job: Job, progress: actions.Progress) -> int:
        raise ValueError("the words of a partnership")

    work_by(work)
    job = ask()
    pauses = []
    for attempt in range(1, settings.JOB_ATTEMPTS):
        run(job.pk)
        job.refresh_from_db()
        assert (job.state, job.attempts, job.rung_at) == (Job.State.QUEUED, attempt, None)
        pauses.append(round((job.not_before - timezone.now()).total_seconds(), -1))
        run(job.pk)  # rung for too early
        sweep()  # so does the sweep not
        assert Job.objects.get(pk=job.pk).attempts == attempt
        Job.objects.filter(pk=job.pk).update(not_before=timezone.now())
    assert pauses == [10, 20, 40, 80]
    assert bell.rung == []
    run(job.pk)
    job.refresh_from_db()
    assert (job.state, job.attempts) == (Job.State.FAILED, settings.JOB_ATTEMPTS)
    assert job.error == "ValueError", "a code, never a partnership's words: the table has no row security"
    assert job.finished_at is not None


@pytest.mark.django_db
def test_an_attempt_that_was_overtaken_changes_nothing(ask, work_by) -> None:
    def work(job: Job, progress: actions.Progress) -> int:
        Job.objects.filter(pk=job.pk).update(attempts=2)  # somebody thought us dead and began anew
        actions.hold(job)
        pytest.fail("an overtaken attempt went on")

    work_by(work)
    job = ask()
    run(job.pk)
    job.refresh_from_db()
    assert (job.state, job.attempts, job.result_id, job.error) == (Job.State.RUNNING, 2, None, "")


@pytest.mark.django_db(transaction=True)
def test_a_long_job_shows_that_its_worker_lives(ask, work_by, settings: Any) -> None:
    settings.JOB_HEARTBEAT, settings.JOB_LOST_AFTER = 0.05, 0.5
    beats = set()

    def work(job: Job, progress: actions.Progress) -> int:
        end = time.monotonic() + 1.5
        while time.monotonic() < end:
            actions.sweep()
            time.sleep(0.05)
            now = Job.objects.get(pk=job.pk)
            assert now.state == Job.State.RUNNING, "the sweep took a living worker for a dead one"
            beats.add(now.heartbeat_at)
        return 1

    work_by(work)
    job = ask()
    run(job.pk)
    job.refresh_from_db()
    assert (job.state, job.attempts) == (Job.State.DONE, 1)
    assert len(beats) > 5


@pytest.mark.django_db(transaction=True)
def test_the_sign_of_life_ends_with_the_work(ask, work_by, settings: Any) -> None:
    settings.JOB_HEARTBEAT = 0.05
    threads: list[threading.Thread] = []

    def work(job: Job, progress: actions.Progress) -> int:
        threads.extend(thread for thread in threading.enumerate() if thread.name.endswith("(_beat)"))
        raise ValueError

    work_by(work)
    run(ask().pk)
    assert [thread.is_alive() for thread in threads] == [False]


@pytest.mark.django_db(transaction=True)
def test_a_worker_that_dies_leaves_the_job_to_another(ask, work_by, settings: Any) -> None:
    settings.JOB_LOST_AFTER = 0.1

    class Killed(BaseException):
        """Nothing that code catches: as close to `kill -9` as one process comes."""

    def work(job: Job, progress: actions.Progress) -> int:
        if job.attempts == 1:
            raise Killed
        return 5

    work_by(work)
    job = ask()
    with pytest.raises(Killed):
        run(job.pk)
    assert Job.objects.get(pk=job.pk).state == Job.State.RUNNING
    time.sleep(0.2)
    sweep()
    run(job.pk)
    job.refresh_from_db()
    assert (job.state, job.attempts, job.result_id, job.error) == (Job.State.DONE, 2, 5, "")
