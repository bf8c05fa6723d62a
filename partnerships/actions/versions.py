"""Saving what several people edit: whoever saves must have seen the version they change."""

from collections.abc import Mapping
from typing import Any, TypeVar

from core.refusals import Conflict
from partnerships.models.versions import Versioned
from partnerships.tenancy.access import Access

Row = TypeVar("Row", bound=Versioned)
Changes = dict[str, list[str]]


def locked(row: Row) -> Row | None:
    """The row as it is now, kept still until the transaction ends; None when somebody has taken it out."""
    rows = type(row)._default_manager.select_for_update(of=("self",), no_key=True)
    return rows.filter(pk=row.pk).first()


def save_version(
    row: Row,
    values: Mapping[str, Any],
    *,
    version: int,
    by: Access,
    lists: Mapping[str, tuple[str, str]] | None = None,
) -> Changes:
    """Store new values in a row that is locked, if `version` is the one that is stored: what the writer saw.

    `lists` are what hangs on the row and the caller stores: name → what is stored and what is wanted, in words. Gives
    what changed, from what to what, for the log: nothing for whoever sends the same a second time. Raises Conflict with
    both texts when somebody saved the row in between.
    """
    lists = lists or {}
    theirs = {name: getattr(row, name) for name in values} | {name: words[0] for name, words in lists.items()}
    mine = {**values, **{name: words[1] for name, words in lists.items()}}
    changed = {name: value for name, value in mine.items() if theirs[name] != value}
    if not changed:
        return {}
    refuse_overtaken_version(row, mine, theirs, version)
    for name in changed.keys() & values.keys():
        setattr(row, name, values[name])
    row.version += 1
    row.saved_by_id = by.person_id
    row.save()
    return {name: [in_words(theirs[name]), in_words(value)] for name, value in changed.items()}


def refuse_overtaken_version(row: Versioned, mine: object, theirs: object, version: int) -> None:
    """Raises Conflict with both unless `version` is the one that is stored."""
    if row.version != version:
        raise Conflict(mine, theirs, row.saved_by_name, row.saved_at, row.version)


def in_words(value: Any) -> str:
    """A value in a deed; long texts are kept whole by history, here their beginning is enough."""
    text = "" if value is None else str(value)
    return text if len(text) <= 200 else f"{text[:199]}…"
