"""Reads of the log of deeds, and the check of its chain."""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from django.db import connection
from django.db.models import Model, OuterRef, QuerySet, Subquery
from django.db.models.functions import Lower
from django.utils.text import capfirst

from accounts.models import Person
from partnerships.models import Deed, Partnership
from partnerships.models.deeds import seal_of
from partnerships.permissions import Perm
from partnerships.tenancy.access import Access
from partnerships.wording import confided, thing_for, words_for

Choices = list[tuple[str, str]]


def deeds_of(partnership: Partnership, by: Access) -> QuerySet[Deed]:
    """What was done in a partnership, the latest first; what is confided only for the Government Office's people.

    Every page and export of the log reads it here.
    """
    deeds = Deed.objects.filter(partnership=partnership)
    if not by.holds(Perm.VIEW_CASES, partnership):
        deeds = deeds.exclude(verb__in=confided())
    return deeds.select_related("by", "about").order_by("-number")


def deed_of(partnership: Partnership, number: int, by: Access) -> Deed | None:
    """The deed of that number, with `seal_before`, the seal of the one before it; None if they can read none."""
    before = Deed.objects.filter(partnership=partnership, number=OuterRef("number") - 1).values("seal")
    return deeds_of(partnership, by).annotate(seal_before=Subquery(before)).filter(number=number).first()


def last_deed_of(row: Model, *verbs: str) -> Deed:
    """What was last done to a row: of these deeds, if any are named. Raises Deed.DoesNotExist."""
    partnership_id = row.pk if isinstance(row, Partnership) else row.partnership_id  # type: ignore[attr-defined]
    deeds = Deed.objects.filter(partnership=partnership_id, subject=row._meta.label_lower, subject_id=row.pk)
    return (deeds.filter(verb__in=verbs) if verbs else deeds).select_related("by").latest("number")


@dataclass(frozen=True)
class LoggedDeeds:
    """What a log can be filtered by: value and words, in the order of the words."""

    doers: Choices
    people: Choices
    kinds: Choices
    verbs: Choices


def logged(partnership: Partnership, by: Access) -> LoggedDeeds:
    """Who did and what was done in a partnership so far, of what they can read: in three queries."""
    deeds = deeds_of(partnership, by).order_by()
    pairs = set(deeds.values_list("subject", "verb").distinct())
    return LoggedDeeds(
        doers=_names(deeds.values("by")),
        people=_names(deeds.filter(about__isnull=False).values("about")),
        kinds=_in_order((subject, thing_for(subject)) for subject in {subject for subject, _verb in pairs}),
        verbs=_in_order((verb, capfirst(str(words_for(verb)))) for verb in {verb for _subject, verb in pairs}),
    )


def _names(people: "QuerySet[Deed, Any]") -> Choices:
    return [
        (str(pk), name)
        for pk, name in Person.objects.filter(pk__in=people).order_by(Lower("name"), "pk").values_list("pk", "name")
    ]


def _in_order(choices: Iterable[tuple[str, str]]) -> Choices:
    return sorted(choices, key=lambda choice: choice[1].casefold())


@dataclass(frozen=True)
class BrokenDeed:
    """A deed that is not what was written: a number is missing before it (it does not follow), or its seal is wrong."""

    slug: str
    number: int
    follows: bool


BROKEN = f"""
SELECT number, follows
FROM (
    SELECT deed.number, deed.number = lag(deed.number, 1, 0::bigint) OVER chain + 1 AS follows,
           deed.seal = {seal_of("deed", "lag(deed.seal) OVER chain")} AS is_sealed
    FROM partnerships_deed AS deed
    WHERE deed.partnership_id = %(partnership)s AND (%(until)s::bigint IS NULL OR deed.number <= %(until)s)
    WINDOW chain AS (ORDER BY deed.number)
) AS checked
WHERE NOT (follows AND is_sealed)
ORDER BY number
"""  # noqa: S608  (no value of anybody's is in it)


def broken_deeds(partnership: Partnership, *, until: int | None = None) -> list[BrokenDeed]:
    """The deeds of a partnership that do not follow from the one before. None is right.

    `until` is the number of the last deed to look at.
    """
    with connection.cursor() as cursor:
        cursor.execute(BROKEN, {"partnership": partnership.pk, "until": until})
        return [BrokenDeed(partnership.slug, *row) for row in cursor.fetchall()]
