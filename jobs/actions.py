"""Queueing, claiming, finishing and finding lost jobs. Every change is one guarded UPDATE, so nobody works twice."""

import datetime
import logging
from collections.abc import Callable, Iterable
from contextlib import suppress
from functools import partial

from django.conf import settings
from django.db import OperationalError, connection, models, transaction
from django.db.models import F, Q
from django.utils import timezone
from kombu.exceptions import OperationalError as BrokerAway

from core.refusals import NotPermitted
from jobs.models import Job
from jobs.registry import kind
from partnerships.models import Partnership
from partnerships.tenancy.access import Access

logger = logging.getLogger(__name__)

Progress = Callable[[int, int], None]

LETTER = "jobs.letter"
WAITS_AT_THE_PAGE = datetime.timedelta(minutes=2)


def queue(name: str, *, partnership: Partnership | int, subject_id: int, by: Access) -> Job:
    """Write down, in the caller's transaction, that a job has to be done; ring a worker after the commit."""
    job = Job.objects.create(
        kind=name,
        queue=kind(name).queue,
        partnership_id=partnership if isinstance(partnership, int) else partnership.pk,
        subject_id=subject_id,
        asked_by_id=by.person_id,
    )
    transaction.on_commit(partial(ring, job), robust=True)  # what is committed stands, whatever the broker says
    return job


def queue_everywhere(
    name: str,
    *,
    partnerships: Iterable[Partnership],
    subject_id: int,
    not_before: datetime.datetime | None = None,
    by: Access,
) -> list[Job]:
    """The same for many partnerships in one statement. Before its time (now) no worker takes any of them."""
    due = not_before or timezone.now()
    made = Job.objects.bulk_create(
        [
            Job(
                kind=name,
                queue=kind(name).queue,
                partnership=each,
                subject_id=subject_id,
                asked_by_id=by.person_id,
                not_before=due,
            )
            for each in partnerships
        ]
    )
    if due <= timezone.now():
        for job in made:
            transaction.on_commit(partial(ring, job), robust=True)
    return made  # the sweep rings for those that have to wait


def ring(job: Job) -> None:
    """Tell a worker that there is something to do. If the broker is away the sweep will ring again."""
    from jobs.tasks import run  # tasks import this module

    try:
        run.apply_async((job.pk,), queue=job.queue, retry=False)
    except BrokerAway as error:
        logger.warning("Job %s waits: the broker does not answer (%s)", job.pk, error)
    else:
        Job.objects.filter(pk=job.pk).update(rung_at=timezone.now())


def claim(job_id: int) -> Job | None:
    """Take a waiting job, or one whose worker died. None if somebody else has it, or it is over, or not yet due."""
    now = timezone.now()
    silent_since = now - datetime.timedelta(seconds=settings.JOB_LOST_AFTER)
    free = Q(state=Job.State.QUEUED, not_before__lte=now) | Q(state=Job.State.RUNNING, heartbeat_at__lt=silent_since)
    claimed = Job.objects.filter(free, pk=job_id).update(
        state=Job.State.RUNNING, attempts=F("attempts") + 1, started_at=now, heartbeat_at=now, done_steps=0, error=""
    )
    return Job.objects.get(pk=job_id) if claimed else None


def beat(job: Job) -> bool:
    """Show that the worker lives. False when the job is no longer this attempt's."""
    _renew_connection()
    return bool(_mine(job).update(heartbeat_at=timezone.now()))


def progress(job: Job, done: int, total: int) -> None:
    """Show how far it is, in steps. Written at once, outside any transaction of the work itself.

    While the database is away the work goes on unseen.
    """
    _renew_connection()
    with suppress(OperationalError):
        _mine(job).update(done_steps=done, all_steps=total, heartbeat_at=timezone.now())


def _renew_connection() -> None:
    """A database that restarted wants a new connection, and Django looks only between requests."""
    if not connection.in_atomic_block:
        connection.close_if_unusable_or_obsolete()


class Superseded(Exception):
    """Another attempt has taken this job over; what this one made does not count."""


def hold(job: Job) -> None:
    """Keep other attempts out until the caller's transaction ends. Raises Superseded when one has taken over.

    Called before a result is stored, so that a slow attempt never overwrites what a later one has made.
    """
    if _mine(job).select_for_update(of=("self",)).first() is None:
        raise Superseded


@transaction.atomic
def finish(job: Job, result_id: int | None) -> bool:
    """Say that it is done. False when another attempt has taken over: then this one's result does not count."""
    now = timezone.now()
    done = _mine(job).update(
        state=Job.State.DONE, finished_at=now, heartbeat_at=now, result_id=result_id, done_steps=F("all_steps")
    )
    if done:
        _write_if_it_took_long(job)
    return bool(done)


@transaction.atomic
def fail(job: Job, error: str) -> None:
    """Put it back with a growing delay (10, 20, 40 … seconds), or give up after the last attempt."""
    now = timezone.now()
    if job.attempts < settings.JOB_ATTEMPTS:
        delay = datetime.timedelta(seconds=10 * 2 ** (job.attempts - 1))
        _mine(job).update(state=Job.State.QUEUED, not_before=now + delay, rung_at=None, error=error[:60])
    else:
        give_up(job, error)


@transaction.atomic
def give_up(job: Job, error: str) -> None:
    """Say that it will not be made, and why: no attempt follows unless somebody asks for one."""
    if _mine(job).update(state=Job.State.FAILED, finished_at=timezone.now(), error=error[:60]):
        _write_if_it_took_long(job, failed=True)


def _write_if_it_took_long(job: Job, *, failed: bool = False) -> None:
    """Whoever has waited for longer than two minutes has left the page: they get a letter.

    Nobody waits for what opens nothing, such as a letter to others; that it failed is told to whoever asked for it.
    """
    wanted, waited = kind(job.kind), timezone.now() - job.asked_at
    to_tell = wanted.opens or (failed and wanted.permission is not None)
    if to_tell and job.asked_by_id is not None and waited > WAITS_AT_THE_PAGE:
        by = Access(person_id=job.asked_by_id, name="")
        queue(LETTER, partnership=job.partnership_id, subject_id=job.pk, by=by)


@transaction.atomic
def again(job: Job, *, by: Access) -> None:
    """Try a job that was given up once more, from the beginning, for whoever asks now. Any other stays as it is.

    Raises NotPermitted.
    """
    permission = kind(job.kind).permission
    if permission is None:
        raise NotPermitted
    by.require(permission, job.partnership_id)
    now = timezone.now()
    given_up = Job.objects.filter(pk=job.pk, state=Job.State.FAILED)
    if given_up.update(
        state=Job.State.QUEUED,
        asked_by=by.person_id,
        attempts=0,
        finished_at=None,
        rung_at=None,
        not_before=now,
        asked_at=now,
        error="",
    ):
        transaction.on_commit(partial(ring, job), robust=True)


def sweep() -> list[Job]:
    """Ring for whatever waits, and put back what a dead worker left. Returns what it rang for."""
    for job in Job.objects.lost().filter(attempts__gte=settings.JOB_ATTEMPTS):
        fail(job, "worker_lost")
    Job.objects.lost().update(state=Job.State.QUEUED, not_before=timezone.now(), rung_at=None, error="worker_lost")
    waiting = list(Job.objects.unheard().order_by("asked_at")[:500])
    for job in waiting:
        ring(job)
    return waiting


def _mine(job: Job) -> models.QuerySet[Job]:
    """The row, as long as this attempt holds it."""
    return Job.objects.filter(pk=job.pk, state=Job.State.RUNNING, attempts=job.attempts)
