"""What the scanner says about a file."""

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from documents.actions.uploads import SCAN
from documents.models import Upload
from jobs import actions as jobs
from jobs import queries
from partnerships import deeds
from partnerships.tenancy.access import Access


@transaction.atomic
def decide(*, upload_id: int, sha256: str, finding: str, by: Access) -> Upload:
    """Let an upload pass, or refuse it: because of what the scanner found, or since it is not what was uploaded.

    `sha256` is that of the bytes that were scanned. What is decided already stays as it is.
    """
    upload = Upload.objects.select_for_update(of=("self",), no_key=True).get(pk=upload_id)
    if upload.state != Upload.State.CHECKING:
        return upload
    if sha256 != upload.sha256:
        finding = _("The file has changed in storage since it was uploaded")
    upload.state = Upload.State.REFUSED if finding else Upload.State.PASSED
    upload.finding = finding
    upload.checked_at = timezone.now()
    upload.save(update_fields=["state", "finding", "checked_at"])
    if finding:
        deeds.record("documents.upload_refused", upload, by=by, about=upload.uploaded_by, reason=finding)
    return upload


@transaction.atomic
def scan_again(*, upload: Upload, by: Access) -> bool:
    """Have an upload scanned for which no job is under way: the scanner was away for longer than jobs try. Whether."""
    locked = Upload.objects.select_for_update(of=("self",), no_key=True).get(pk=upload.pk)
    last = queries.latest(SCAN, locked.partnership_id, locked.pk)
    if locked.state != Upload.State.CHECKING or (last is not None and not last.is_over):
        return False
    jobs.queue(SCAN, partnership=locked.partnership_id, subject_id=locked.pk, by=by)
    return True
