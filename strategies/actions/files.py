"""Attaching the PDF to its edition."""

from django.db import transaction

from documents import storage
from documents.engine import Pdf
from jobs import actions as jobs
from jobs.models import Job
from strategies.models import Edition, EditionFile


@transaction.atomic
def attach_file(*, edition: Edition, pdf: Pdf, job: Job) -> EditionFile:
    """Store the PDF of an edition and enter it; an edition that has a file keeps it. Raises Superseded.

    The job is held while the file is written, so there is one file and the row tells its hash, whatever dies when.
    """
    jobs.hold(job)
    present = EditionFile.objects.filter(edition=edition).first()
    if present is not None:
        return present
    stored = storage.keep(f"editions/{edition.pk}.pdf", pdf.content)
    return EditionFile.objects.create(
        partnership_id=edition.partnership_id,
        edition=edition,
        name=f"strategy-edition-{edition.number}.pdf",
        key=stored.key,
        size=stored.size,
        sha256=stored.sha256,
        pages=pdf.pages,
    )
