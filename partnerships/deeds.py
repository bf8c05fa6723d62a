"""Writing the deed log. Called last in every action, inside its transaction."""

from typing import Any

from django.db import models

from partnerships.models import Deed
from partnerships.tenancy.access import Access


def record(
    verb: str, subject: models.Model, *, by: Access, reason: str = "", changes: dict[str, Any] | None = None
) -> Deed:
    """Say in the partnership's log that somebody did something to a row of it.

    `verb` is "app.past_tense"; `changes` maps what changed to [from, to]. The database numbers, dates and seals it.
    """
    return Deed.objects.create(
        partnership_id=subject.partnership_id if hasattr(subject, "partnership_id") else subject.pk,
        verb=verb,
        by_id=by.person_id,
        by_name=by.name,
        subject=subject._meta.label_lower,
        subject_id=subject.pk,
        subject_label=str(subject)[:300],
        reason=reason,
        changes=changes or {},
    )
