"""Celery's entry points of this app. No rule lives here; nothing is open while a file is scanned."""

import hashlib

from celery import shared_task
from django.utils.translation import gettext_lazy as _

from documents import actions, queries, scanner, storage
from documents.actions.uploads import SCAN
from documents.models import Upload
from jobs.actions import Progress
from jobs.models import Job
from jobs.registry import handles
from partnerships.tenancy.access import Access
from partnerships.tenancy.context import acting, reading_everywhere

SCANNER = Access.of_system("Scanner")


@handles(
    SCAN,
    queue=Job.Queue.REPORTS,
    title=_("Check of an uploaded file"),
    result_url=lambda job: "",
    permission=None,
    for_asker=False,  # what came in is checked, whoever has left since
)
def scan(job: Job, progress: Progress) -> int:
    """Scan a file and say what was found. Raises ScannerAway, which has the job tried again."""
    with acting(job.partnership_id, even_if_over=True):
        upload = Upload.objects.get(pk=job.subject_id)
    if upload.state == Upload.State.CHECKING:
        content = storage.read(upload.key)
        finding = scanner.scan(content)
        sha256 = hashlib.sha256(content).hexdigest()
        with acting(job.partnership_id, even_if_over=True):
            actions.decide(upload_id=upload.pk, sha256=sha256, finding=finding, by=SCANNER)
    return upload.pk


@shared_task(name="documents.scan_waiting")
def scan_waiting() -> None:
    """Ask for what still waits after its job was given up, because the scanner was away for too long."""
    with reading_everywhere():
        waiting = list(queries.waiting_long())
    for upload in waiting:
        with acting(upload.partnership_id, even_if_over=True):
            actions.scan_again(upload=upload, by=SCANNER)


@shared_task(name="documents.sweep")
def sweep() -> None:
    """Remove files that no row knows."""
    actions.sweep()
