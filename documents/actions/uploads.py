"""A file comes in."""

from uuid import uuid4

from django.core.files.uploadedfile import UploadedFile
from django.db import transaction

from core.refusals import NotPermitted
from documents import storage
from documents.inspection import inspect
from documents.models import Upload
from documents.names import readable
from jobs import actions as jobs
from partnerships.models import Partnership
from partnerships.tenancy.access import Access

SCAN = "documents.scan"
FOLDER = "uploads"


@transaction.atomic
def receive(*, partnership: Partnership, file: UploadedFile, by: Access) -> Upload:
    """Inspect a file, store it privately under a generated name and have it scanned. Raises Unwelcome, NotPermitted.

    What the file is for is the caller's affair, and so is the permission that this wants; here whoever has a role in
    the partnership or its Government Office may hand something in. The deed is the caller's too: that a file lies
    somewhere says nothing by itself.

    The file is on disk before the row is. If the caller's transaction is rolled back, a file is left that nobody knows;
    `sweep` takes it away.
    """
    if not by.belongs_to(partnership):
        raise NotPermitted
    kind = inspect(file)
    file.seek(0)
    stored = storage.keep(f"{FOLDER}/{partnership.pk}/{uuid4().hex}", file.read())
    upload = Upload.objects.create(
        partnership=partnership,
        key=stored.key,
        name=readable(file.name or "", kind.extension),
        content_type=kind.content_type,
        size=stored.size,
        sha256=stored.sha256,
        uploaded_by_id=by.person_id,
    )
    # Nobody waits at a page of this job, so nobody gets a letter when it took long.
    jobs.queue(SCAN, partnership=partnership, subject_id=upload.pk, by=Access.of_system("Scanner"))
    return upload
