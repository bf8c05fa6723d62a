"""What every save of a part has in common: the right to write, the version seen, the strategy's state."""

from collections.abc import Mapping
from typing import Any, TypeVar

from django.db.models import Max

from core.refusals import Conflict, NotPermitted
from partnerships import deeds
from partnerships.models import Partnership
from partnerships.tenancy.access import Access
from strategies.models import Action, Issue, Objective, Priority, Strategy, Text
from strategies.models.strategies import Versioned
from strategies.workflow import STRATEGY

S = Strategy.State
Row = TypeVar("Row", bound=Versioned)


def check_may_edit(partnership: Partnership, by: Access) -> None:
    """Raises NotPermitted, saying who may."""
    move = STRATEGY["edit"]
    if not by.can(move.permission, partnership):  # type: ignore[arg-type]
        raise NotPermitted(move.label, move.who)


def locked(row: Row) -> Row:
    """The row as it is now, kept still until the transaction ends."""
    found: Row = type(row)._default_manager.select_for_update(of=("self",)).get(pk=row.pk)
    return found


def save(row: Row, values: Mapping[str, Any], *, version: int, by: Access) -> Row:
    """Store new values in a part, if `version` is the one that is stored: what the writer saw.

    Raises NotPermitted, and Conflict with both texts when somebody saved the part in between.
    """
    check_may_edit(row.partnership, by)  # type: ignore[attr-defined]
    current = locked(row)
    theirs = {name: getattr(current, name) for name in values}
    if current.version != version:
        raise Conflict(mine=dict(values), theirs=theirs, by=current.saved_by_name, at=current.saved_at)
    changed = {name: value for name, value in values.items() if theirs[name] != value}
    if not changed:
        return current
    for name, value in changed.items():
        setattr(current, name, value)
    current.version += 1
    current.saved_by_name = by.name
    current.save()
    touch(current, by)
    changes = {name: [_words(theirs[name]), _words(value)] for name, value in changed.items()}
    deeds.record(f"strategies.{_verb(current)}_saved", current, by=by, changes=changes)
    return current


def add(row: Row, siblings: Any, *, by: Access) -> Row:
    """Put a new part behind its like. Raises NotPermitted."""
    check_may_edit(row.partnership, by)  # type: ignore[attr-defined]
    strategy = _locked_strategy(row)
    row.order = (siblings.aggregate(last=Max("order"))["last"] or 0) + 1  # type: ignore[attr-defined]
    row.saved_by_name = by.name
    row.save()
    _mark_changed(strategy, by)
    deeds.record(f"strategies.{_verb(row)}_added", row, by=by)
    return row


def touch(row: Versioned, by: Access) -> None:
    """A strategy that was published has changed now."""
    _mark_changed(row if isinstance(row, Strategy) else _locked_strategy(row), by)


def _locked_strategy(row: Any) -> Strategy:
    if isinstance(row, Strategy):
        return locked(row)
    strategy_id = row.strategy_id
    return Strategy.objects.select_for_update(of=("self",)).get(pk=strategy_id)


def _mark_changed(strategy: Strategy, by: Access) -> None:
    if strategy.state == S.PUBLISHED:
        strategy.state = S.CHANGED
        strategy.save(update_fields=["state"])


def _verb(row: Versioned) -> str:
    names: dict[type, str] = {
        Strategy: "details",
        Text: "text",
        Issue: "issue",
        Priority: "priority",
        Objective: "objective",
        Action: "action",
    }
    return names[type(row)]


def _words(value: Any) -> str:
    """A value in a deed; long texts are kept whole by history, here their beginning is enough."""
    text = str(value)
    return text if len(text) <= 200 else f"{text[:199]}…"
