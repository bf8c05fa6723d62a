"""Documents and addresses that support an answer."""

from typing import Any

from django.db import transaction
from django.utils import timezone

from accreditation.actions import rules
from accreditation.models import Criterion, Evidence, SelfAssessment
from documents.models import Upload
from partnerships import deeds
from partnerships.tenancy.access import Access


@transaction.atomic
def add_link(*, assessment: SelfAssessment, criterion: Criterion, title: str, url: str, by: Access) -> Evidence:
    """An address elsewhere. The same once more adds nothing. Raises NotPermitted, NotNow, SectionLocked."""
    return _add(assessment, criterion, title, {"url": url}, by)


@transaction.atomic
def add_file(*, assessment: SelfAssessment, criterion: Criterion, title: str, upload: Upload, by: Access) -> Evidence:
    """A file of the partnership, be it checked or not yet. The same once more adds nothing.

    Raises NotPermitted, NotNow, SectionLocked.
    """
    return _add(assessment, criterion, title, {"upload": upload}, by)


@transaction.atomic
def remove_evidence(*, evidence: Evidence, by: Access) -> Evidence:
    """Take it out; what was submitted with it keeps it. Raises NotPermitted, NotNow, SectionLocked."""
    rules.writing(evidence.assessment, evidence.criterion.code, by)
    current = Evidence.objects.select_related("criterion").get(pk=evidence.pk)
    if current.removed_at is None:
        current.removed_at = timezone.now()
        current.save(update_fields=["removed_at"])
        deeds.record("accreditation.evidence_removed", current, by=by, changes={"criterion": current.criterion.name})
    return current


def _add(assessment: SelfAssessment, criterion: Criterion, title: str, thing: dict[str, Any], by: Access) -> Evidence:
    current = rules.writing(assessment, criterion.code, by)
    here = {"partnership": current.partnership, "assessment": current, "criterion": criterion}
    present = Evidence.objects.filter(**here, **thing, removed_at=None).first()
    if present is not None:
        return present
    added = Evidence.objects.create(**here, **thing, title=title, added_by_id=by.person_id)
    deeds.record("accreditation.evidence_added", added, by=by, changes={"criterion": criterion.name})
    return added
