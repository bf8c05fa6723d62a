"""Claiming: whoever comes first has the job, and nobody else."""

import datetime
import threading
from concurrent.futures import ThreadPoolExecutor

import pytest
from django.db import connection, transaction
from django.utils import timezone

from jobs import actions
from jobs.models import Job

AN_HOUR = datetime.timedelta(hours=1)


@pytest.mark.django_db
def test_a_waiting_job_is_taken_once(ask) -> None:
    job = ask()
    claimed = actions.claim(job.pk)
    assert claimed and (claimed.state, claimed.attempts) == (Job.State.RUNNING, 1)
    assert claimed.started_at == claimed.heartbeat_at
    assert actions.claim(job.pk) is None


@pytest.mark.django_db(transaction=True)
def test_of_many_at_once_one_wins(ask) -> None:
    workers, jobs = 6, [ask().pk for _ in range(15)]
    together = threading.Barrier(workers)

    def claim_all(_worker: int) -> list[int]:
        try:
            won = []
            for job_id in jobs:
                together.wait(timeout=10)
                if actions.claim(job_id):
                    won.append(job_id)
            return won
        finally:
            connection.close()

    with ThreadPoolExecutor(workers) as pool:
        won = [job_id for wins in pool.map(claim_all, range(workers)) for job_id in wins]
    assert sorted(won) == sorted(jobs)
    assert set(Job.objects.values_list("attempts", flat=True)) == {1}


@pytest.mark.django_db
def test_a_job_that_is_not_due_waits(ask) -> None:
    job = ask(not_before=timezone.now() + AN_HOUR)
    assert actions.claim(job.pk) is None


@pytest.mark.django_db
@pytest.mark.parametrize("state", [Job.State.DONE, Job.State.FAILED])
def test_a_job_that_is_over_stays_over(ask, state: str) -> None:
    job = ask(state=state, finished_at=timezone.now(), heartbeat_at=timezone.now() - AN_HOUR)
    assert actions.claim(job.pk) is None


@pytest.mark.django_db
def test_a_job_whose_worker_went_silent_is_taken_over(ask) -> None:
    job = ask(state=Job.State.RUNNING, attempts=1, heartbeat_at=timezone.now() - AN_HOUR, done_steps=3, error="x")
    taken = actions.claim(job.pk)
    assert taken and (taken.attempts, taken.done_steps, taken.error) == (2, 0, "")


@pytest.mark.django_db
def test_who_was_overtaken_can_change_nothing_any_more(ask) -> None:
    job = ask()
    slow = actions.claim(job.pk)
    Job.objects.filter(pk=job.pk).update(heartbeat_at=timezone.now() - AN_HOUR)
    quick = actions.claim(job.pk)
    assert slow and quick
    actions.progress(slow, 5, 7)
    actions.fail(slow, "TooLate")
    assert actions.beat(slow) is False
    assert actions.finish(slow, 99) is False
    with pytest.raises(actions.Superseded):
        actions.hold(slow)
    job.refresh_from_db()
    assert (job.state, job.attempts, job.done_steps, job.result_id, job.error) == (Job.State.RUNNING, 2, 0, None, "")
    actions.hold(quick)
    assert actions.finish(quick, 1) is True


@pytest.mark.django_db(transaction=True)
def test_a_held_job_is_not_taken_over_until_the_result_is_stored(ask) -> None:
    job = ask()
    mine = actions.claim(job.pk)
    assert mine
    Job.objects.filter(pk=job.pk).update(heartbeat_at=timezone.now() - AN_HOUR)
    outcome: list[object] = []

    def take_over() -> None:
        outcome.append(actions.claim(job.pk))
        connection.close()

    with transaction.atomic():
        actions.hold(mine)
        other = threading.Thread(target=take_over)
        other.start()
        other.join(0.5)
        assert other.is_alive() and outcome == []
        assert actions.finish(mine, 1)
    other.join(10)
    assert outcome == [None]
