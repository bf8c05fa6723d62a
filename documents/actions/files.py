"""Keeping what a worker made."""

from django.db import transaction

from documents import storage
from documents.engine import Pdf
from documents.models import Document
from jobs import actions as jobs
from jobs.models import Job


@transaction.atomic
def keep(*, job: Job, pdf: Pdf, title: str, name: str) -> Document:
    """Store and enter what a job made; a job that runs twice has one document. Raises Superseded."""
    jobs.hold(job)
    present = Document.objects.filter(partnership_id=job.partnership_id, job_id=job.pk).first()
    if present is not None:
        return present
    stored = storage.keep(f"jobs/{job.pk}.pdf", pdf.content)
    return Document.objects.create(
        partnership_id=job.partnership_id,
        job_id=job.pk,
        title=title,
        name=name,
        key=stored.key,
        size=stored.size,
        sha256=stored.sha256,
        pages=pdf.pages,
        asked_by_id=job.asked_by_id,
    )
