"""Celery's entry points of this app: checking and entering the rows of a large file. No rule lives here."""

from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager

from celery import shared_task
from django.db import connections
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from imports import actions, queries
from imports.models import MemberImport
from jobs.actions import Progress
from jobs.models import Job
from jobs.registry import handles
from partnerships.models import Partnership
from partnerships.permissions import Perm
from partnerships.tenancy.access import Access
from partnerships.tenancy.context import acting, reading_everywhere


def _url(job: Job) -> str:
    return reverse("imports:one", args=[Partnership.objects.get(pk=job.partnership_id).slug, job.subject_id])


@handles(
    actions.CHECK,
    queue=Job.Queue.REPORTS,
    title=_("Check of the rows"),
    result_url=_url,
    permission=Perm.MANAGE_MEMBERS,
    for_asker=True,
    opens=_("See what was found"),
    about=_("Each row is set against the members and seats that stand. Nothing is entered before you have looked."),
)
def check_rows(job: Job, progress: Progress) -> int:
    """Check the rows of a large file."""
    with acting(job.partnership_id, by=job.asked_by_id), _aside(progress) as shown:
        found = MemberImport.objects.get(pk=job.subject_id)
        return actions.check_rows(member_import=found, by=_asked_by(job), progress=shown).pk


@handles(
    actions.ENTER,
    queue=Job.Queue.REPORTS,
    title=_("Import of the rows"),
    result_url=_url,
    permission=Perm.MANAGE_MEMBERS,
    for_asker=True,
    opens=_("See what was imported"),
    about=_("All rows are entered, or none. Nobody gets access by an import: invitations do that."),
)
def enter_rows(job: Job, progress: Progress) -> int:
    """Enter the rows of a large file, in one transaction."""
    with acting(job.partnership_id, by=job.asked_by_id), _aside(progress) as shown:
        found = MemberImport.objects.get(pk=job.subject_id)
        return actions.enter_rows(member_import=found, by=_asked_by(job), progress=shown).pk


@shared_task(name="imports.forget")
def forget_everywhere() -> None:
    """Discard what nobody has confirmed for a month: it holds names and addresses."""
    with reading_everywhere():
        left = list(queries.left_lying())
    for member_import in left:
        with acting(member_import.partnership_id, even_if_over=True):
            actions.discard(member_import=member_import, by=Access.of_system("Imports"))


def _asked_by(job: Job) -> Access:
    """What whoever asked may do now: if their role has ended since, the job is refused."""
    return Access.of(job.asked_by) if job.asked_by else Access.of_system("LSP")


@contextmanager
def _aside(progress: Progress) -> Iterator[Progress]:
    """Show progress over a connection of its own: what the transaction of the work writes is seen only at its end."""
    with ThreadPoolExecutor(max_workers=1) as thread:

        def shown(done: int, total: int) -> None:
            thread.submit(progress, done, total)

        try:
            yield shown
        finally:
            thread.submit(connections.close_all).result()
