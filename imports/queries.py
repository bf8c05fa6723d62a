"""Named reads of imports."""

import datetime

from django.db.models import QuerySet
from django.utils import timezone

from imports.models import MemberImport
from partnerships.models import Partnership

KEPT_FOR = datetime.timedelta(days=30)  # what a file said of people, while nobody confirms it


def imports_of(partnership: Partnership) -> QuerySet[MemberImport]:
    """The imports of a partnership, the latest first, without their rows."""
    rows = MemberImport.objects.filter(partnership=partnership).defer("rows", "errors", "notes")
    return rows.select_related("uploaded_by").order_by("-uploaded_at", "-pk")


def imported_before(member_import: MemberImport) -> MemberImport | None:
    """An import of the very same file that was carried out, if there is one."""
    rows = imports_of(member_import.partnership).filter(sha256=member_import.sha256, state=MemberImport.State.DONE)
    return rows.exclude(pk=member_import.pk).first()


def left_lying() -> QuerySet[MemberImport]:
    """Imports, of all partnerships that are open, that nobody has confirmed or discarded for a month."""
    over = (MemberImport.State.DONE, MemberImport.State.DISCARDED)
    before = timezone.now() - KEPT_FOR
    return MemberImport.objects.filter(uploaded_at__lt=before).exclude(state__in=over).defer("rows", "errors", "notes")
