"""The sweep: rings for whatever waits, puts back what a dead worker left, gives up what kills every worker."""

import datetime

import pytest
from django.utils import timezone

from jobs import actions
from jobs.models import Job
from tests.jobs.conftest import Bell

pytestmark = pytest.mark.django_db


def ago(**span: float) -> datetime.datetime:
    return timezone.now() - datetime.timedelta(**span)


def test_it_rings_for_what_nobody_rang_for_and_not_again_at_once(ask, bell: Bell) -> None:
    job = ask()
    assert actions.sweep() == [job]
    assert actions.sweep() == []
    assert bell.rung == [job.pk]


def test_it_rings_again_after_a_minute(ask, bell: Bell) -> None:
    forgotten, fresh = ask(rung_at=ago(seconds=61)), ask(rung_at=ago(seconds=30))
    assert actions.sweep() == [forgotten]
    assert fresh.pk not in bell.rung


def test_it_leaves_alone_what_is_not_due_and_what_is_over(ask, bell: Bell) -> None:
    ask(not_before=timezone.now() + datetime.timedelta(seconds=30))
    ask(state=Job.State.DONE, finished_at=timezone.now())
    ask(state=Job.State.RUNNING, heartbeat_at=timezone.now())
    assert actions.sweep() == []


def test_it_rings_in_the_order_of_asking(ask) -> None:
    late, early = ask(asked_at=ago(minutes=1)), ask(asked_at=ago(minutes=2))
    assert actions.sweep() == [early, late]


def test_what_a_dead_worker_left_is_put_back_and_rung_for(ask, bell: Bell) -> None:
    lost = ask(state=Job.State.RUNNING, attempts=1, heartbeat_at=ago(minutes=1), rung_at=ago(seconds=20))
    actions.sweep()
    lost.refresh_from_db()
    assert (lost.state, lost.attempts, lost.error) == (Job.State.QUEUED, 1, "worker_lost")
    assert bell.rung == [lost.pk]
    assert actions.claim(lost.pk)


def test_what_has_killed_every_worker_is_given_up(ask, bell: Bell, settings) -> None:
    deadly = ask(state=Job.State.RUNNING, attempts=settings.JOB_ATTEMPTS, heartbeat_at=ago(minutes=1))
    assert actions.sweep() == []
    deadly.refresh_from_db()
    assert (deadly.state, deadly.error) == (Job.State.FAILED, "worker_lost")
    assert deadly.finished_at is not None


def test_a_broker_that_is_away_makes_no_noise(ask, bell: Bell) -> None:
    job = ask()
    bell.away = True
    actions.sweep()
    assert Job.objects.get(pk=job.pk).rung_at is None
    bell.away = False
    assert actions.sweep() == [job]
