"""Queueing: the job is part of the deed; the bell is rung when the deed stands."""

import datetime
import threading

import pytest
from django.db import IntegrityError, connection, transaction
from django.utils import timezone

from jobs import actions
from jobs.models import Job
from jobs.queries import place_in_queue
from partnerships.tenancy.access import Access
from partnerships.tenancy.context import acting
from strategies.actions import publish
from strategies.models import Edition
from tests.jobs.conftest import KIND, Bell
from tests.world import World
from tests.writing import write_strategy


def test_the_row_says_what_for_whom_and_by_whom(ask, world: World) -> None:
    job = ask()
    assert (job.kind, job.queue, job.state, job.attempts) == (KIND, "mail", Job.State.QUEUED, 0)
    assert (job.partnership, job.asked_by, job.subject_id) == (world.southwark, world.officer, 7)


def test_an_unknown_kind_is_refused(db, world: World) -> None:
    with pytest.raises(KeyError):
        actions.queue("no.such", partnership=world.southwark, subject_id=1, by=Access.of_system("Test"))
    assert not Job.objects.exists()


@pytest.mark.django_db(transaction=True)
def test_the_bell_is_rung_when_others_can_see_the_job(ask, bell: Bell) -> None:
    seen: list[bool] = []

    def look_from_another_connection(job_id: int) -> None:
        def look() -> None:
            seen.append(Job.objects.filter(pk=job_id).exists())
            connection.close()

        other = threading.Thread(target=look)
        other.start()
        other.join()

    bell.listeners.append(look_from_another_connection)
    with transaction.atomic():
        job = ask()
        assert bell.rung == []
    assert bell.rung == [job.pk]
    assert seen == [True]
    job.refresh_from_db()
    assert job.rung_at is not None


@pytest.mark.django_db(transaction=True)
def test_a_deed_that_is_rolled_back_leaves_no_job_and_rings_for_none(ask, bell: Bell) -> None:
    with transaction.atomic():
        ask()
        transaction.set_rollback(True)
    assert bell.rung == []
    assert not Job.objects.exists()


@pytest.mark.django_db(transaction=True)
def test_publishing_and_its_job_stand_or_fall_together(bell: Bell, world: World) -> None:
    strategy = write_strategy(world.southwark, world.officer)
    with acting(world.southwark.pk, by=world.officer.pk):
        publish(strategy=strategy, by=world.access("officer"))
        transaction.set_rollback(True)
    assert (Edition.objects.count(), Job.objects.count(), bell.rung) == (0, 0, [])
    with acting(world.southwark.pk, by=world.officer.pk):
        edition, job = publish(strategy=strategy, by=world.access("officer"))
        assert bell.rung == []
    assert (job.subject_id, bell.rung) == (edition.pk, [job.pk])


@pytest.mark.django_db(transaction=True)
def test_a_broker_that_is_away_stops_no_deed_and_the_sweep_rings_later(ask, bell: Bell) -> None:
    bell.away = True
    job = ask()
    assert (job.state, job.rung_at) == (Job.State.QUEUED, None)
    bell.away = False
    assert actions.sweep() == [job]
    assert bell.rung == [job.pk]


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("half_written", "rule"),
    [
        ({"state": "done"}, "job_finished_and_when_together"),
        ({"state": "failed"}, "job_finished_and_when_together"),
        ({"finished_at": timezone.now()}, "job_finished_and_when_together"),
        ({"state": "running", "heartbeat_at": None}, "running_job_shows_life"),
    ],
)
def test_postgresql_refuses_a_half_written_row(ask, half_written: dict[str, object], rule: str) -> None:
    with pytest.raises(IntegrityError, match=rule):
        ask(**half_written)


@pytest.mark.django_db
def test_the_place_in_the_queue_counts_those_before_in_the_same_queue(ask) -> None:
    began = timezone.now() - datetime.timedelta(hours=1)
    first, second, third = (ask(asked_at=began + datetime.timedelta(minutes=place)) for place in range(3))
    ask(asked_at=began, queue=Job.Queue.REPORTS)
    assert [place_in_queue(job) for job in (first, second, third)] == [1, 2, 3]
    assert actions.claim(first.pk)
    first.refresh_from_db()
    assert [place_in_queue(job) for job in (first, second, third)] == [0, 1, 2]
