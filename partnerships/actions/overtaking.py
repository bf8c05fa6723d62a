"""Two people who save the same thing: whoever has not seen what the first stored is shown both, and nothing is lost."""

import hashlib
import json
from collections.abc import Mapping
from typing import Any

from django.db import models

from core.refusals import Conflict
from partnerships.models import Deed

Values = Mapping[str, Any]


def seal_of(values: Values) -> str:
    """What a form shows, as one word: a form carries it, so that a save knows what its writer saw."""
    text = json.dumps(values, sort_keys=True, ensure_ascii=False, default=str)
    return hashlib.sha256(text.encode()).hexdigest()


def refuse_overtaken(row: models.Model, *, mine: Values, theirs: Values, seen: str) -> None:
    """Raises Conflict with both unless `seen` is the seal of what is stored now. The row is locked."""
    if seen == seal_of(theirs):
        return
    deeds = Deed.objects.filter(
        partnership_id=row.partnership_id,  # type: ignore[attr-defined]
        subject=row._meta.label_lower,
        subject_id=row.pk,
    )
    last = deeds.select_related("by").latest("number")
    raise Conflict(mine, theirs, last.who, last.at)
