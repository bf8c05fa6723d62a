"""Named reads of uploads."""

import datetime

from django.db.models import QuerySet
from django.utils import timezone

from documents.models import Upload

WAITED_LONG = datetime.timedelta(minutes=10)


def waiting_long() -> QuerySet[Upload]:
    """Those that have been “being checked” for longer than a job tries, in the partnerships that are open."""
    before = timezone.now() - WAITED_LONG
    return Upload.objects.filter(state=Upload.State.CHECKING, uploaded_at__lt=before).order_by("uploaded_at")[:500]
