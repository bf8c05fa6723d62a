"""Reads of the log of deeds, and the check of its chain."""

from dataclasses import dataclass

from django.db import connection
from django.db.models import QuerySet

from partnerships.models import Deed, Partnership
from partnerships.models.deeds import seal_of


def deeds_of(partnership: Partnership) -> QuerySet[Deed]:
    """What was done in a partnership, the latest first."""
    return Deed.objects.filter(partnership=partnership).select_related("by", "about").order_by("-number")


@dataclass(frozen=True)
class BrokenDeed:
    """A deed that is not what was written: a number is missing before it (it does not follow), or its seal is wrong."""

    slug: str
    number: int
    follows: bool


BROKEN = f"""
SELECT partnership.slug, checked.number, checked.follows
FROM (
    SELECT deed.partnership_id, deed.number, deed.number = lag(deed.number, 1, 0::bigint) OVER chain + 1 AS follows,
           deed.seal = {seal_of("deed", "lag(deed.seal) OVER chain")} AS is_sealed
    FROM partnerships_deed AS deed
    WHERE %(partnership)s::bigint IS NULL OR deed.partnership_id = %(partnership)s
    WINDOW chain AS (PARTITION BY deed.partnership_id ORDER BY deed.number)
) AS checked JOIN partnerships_partnership AS partnership ON partnership.id = checked.partnership_id
WHERE NOT (checked.follows AND checked.is_sealed)
ORDER BY partnership.slug, checked.number
"""  # noqa: S608  (no value of anybody's is in it)


def broken_deeds(partnership: Partnership | None = None) -> list[BrokenDeed]:
    """The deeds, of one partnership or of all that are open, that do not follow from the one before. None is right."""
    with connection.cursor() as cursor:
        cursor.execute(BROKEN, {"partnership": partnership.pk if partnership else None})
        return [BrokenDeed(*row) for row in cursor.fetchall()]
