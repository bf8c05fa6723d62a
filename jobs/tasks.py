"""Celery's entry points. No rules here: a job is claimed, done and finished by `actions`."""

import logging
import threading
from contextlib import suppress

from celery import shared_task
from django.conf import settings
from django.db import OperationalError, connection
from django.utils.translation import gettext_lazy as _

from jobs import actions, queries
from jobs.letters import job_is_over
from jobs.models import Job
from jobs.registry import handles, kind
from partnerships.tenancy.access import Access

logger = logging.getLogger(__name__)


@shared_task(name="jobs.run")
def run(job_id: int) -> None:
    """Do one job, if nobody else has it. Safe to be called any number of times."""
    job = actions.claim(job_id)
    if job is None:
        return
    try:
        if queries.access_has_ended(job):
            actions.give_up(job, Job.ACCESS_ENDED)
            return
        with Heartbeat(job):
            result = kind(job.kind).handler(job, lambda done, total: actions.progress(job, done, total))
    except actions.Superseded:
        logger.warning("Job %s: attempt %s was overtaken", job.pk, job.attempts)
    except Exception as error:
        logger.exception("Job %s (%s) failed at attempt %s", job.pk, job.kind, job.attempts)
        actions.fail(job, type(error).__name__)
    else:
        actions.finish(job, result)


@handles(
    actions.LETTER,
    queue=Job.Queue.MAIL,
    title=_("Letter"),
    result_url=lambda job: "",
    permission=None,
    for_asker=False,  # it looks itself whether there is somebody to write to
)
def write_letter(job: Job, progress: actions.Progress) -> None:
    """Tell whoever asked for a job that it is over, if they still reach the partnership."""
    over = Job.objects.select_related("asked_by", "partnership").get(pk=job.subject_id)
    if over.asked_by is not None and Access.of(over.asked_by).reaches(over.partnership):
        job_is_over(over).send()


@shared_task(name="jobs.sweep")
def sweep() -> None:
    """Ring again for what waits too long or whose worker died."""
    actions.sweep()


class Heartbeat:
    """Shows that the worker lives, from a thread with a database connection of its own, while the work goes on."""

    def __init__(self, job: Job) -> None:
        self._job = job
        self._over = threading.Event()
        self._thread = threading.Thread(target=self._beat, daemon=True)

    def __enter__(self) -> None:
        self._thread.start()

    def __exit__(self, *exc_info: object) -> None:
        self._over.set()
        self._thread.join()

    def _beat(self) -> None:
        try:
            while not self._over.wait(settings.JOB_HEARTBEAT):
                with suppress(OperationalError):  # while the database is away the work goes on
                    if not actions.beat(self._job):
                        return
        finally:
            connection.close()
