"""Taking away files that no row knows: their upload was rolled back, or the process died while they were written."""

import logging
import time

from documents import storage
from documents.actions.uploads import FOLDER
from documents.models import Upload
from partnerships.tenancy.context import reading_everywhere

logger = logging.getLogger(__name__)

GRACE = 24 * 60 * 60  # seconds; no transaction that may still enter its file is as old as that
MANY = 20


def sweep() -> int:
    """Remove what was stored more than a day ago and is in no row of any partnership. How many.

    If that is most of what lies there, the rows are missing rather than the files too many (another database, a backup
    half restored): then nothing is removed and an error is logged.
    """
    old = storage.keys_before(FOLDER, time.time() - GRACE)
    with reading_everywhere():
        known = set(Upload.objects.values_list("key", flat=True))
    orphans = [key for key in old if key not in known]
    if len(orphans) > MANY and len(orphans) * 2 > len(old):
        logger.error("%d of %d uploaded files are in no row: none of them is removed", len(orphans), len(old))
        return 0
    for key in orphans:
        storage.remove(key)
        logger.warning("Removed an uploaded file that is in no row: %s", key)
    return len(orphans)
