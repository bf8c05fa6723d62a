"""Writing the deed log. Called last in every action, inside its transaction."""

from collections.abc import Callable, Iterable
from typing import Any

from django.db import models

from accounts.models import Person
from partnerships.models import Deed, Partnership
from partnerships.tenancy.access import Access
from partnerships.tenancy.context import refuse_if_over


def record(
    verb: str,
    subject: models.Model,
    *,
    by: Access,
    about: Person | None = None,
    reason: str = "",
    changes: dict[str, Any] | None = None,
    partnership: Partnership | None = None,
) -> Deed:
    """Say in the partnership's log that somebody did something to a row of it, perhaps about a person.

    A row that all partnerships share, such as an organisation or a person, does not say whose log it is:
    `partnership` does.

    `verb` is "app.past_tense"; `changes` maps what changed to [from, to], and bears no names of people: whom it is
    about is `about`. The database numbers, dates and seals it.
    """
    deed = _deed(verb, subject, by=by, about=about, reason=reason, changes=changes, partnership=partnership)
    deed.save(force_insert=True)
    refuse_if_over(deed.partnership_id)  # the log admits one writer at a time: who ended it meanwhile is seen now
    return deed


def record_all(
    verb: str,
    subjects: Iterable[tuple[models.Model, Person | None]],
    *,
    by: Access,
    reason: str = "",
    changes: Callable[[Any], dict[str, Any]] = lambda row: {},
) -> None:
    """The same for many rows at once, each with whom it is about: for an import, or when a partnership ends."""
    made = [_deed(verb, row, by=by, about=about, reason=reason, changes=changes(row)) for row, about in subjects]
    Deed.objects.bulk_create(made, batch_size=1000)
    for partnership_id in {deed.partnership_id for deed in made}:
        refuse_if_over(partnership_id)


def _deed(
    verb: str,
    subject: models.Model,
    *,
    by: Access,
    about: Person | None,
    reason: str = "",
    changes: dict[str, Any] | None = None,
    partnership: Partnership | None = None,
) -> Deed:
    of: Any = partnership or subject
    return Deed(
        partnership_id=of.pk if isinstance(of, Partnership) else of.partnership_id,
        verb=verb,
        by_id=by.person_id,
        by_name="" if by.person_id else by.name,
        subject=subject._meta.label_lower,
        subject_id=subject.pk,
        subject_label="" if isinstance(subject, Person) else getattr(subject, "label", str(subject))[:300],
        about=about,
        reason=reason,
        changes=changes or {},
    )
