"""What every save of a part has in common: the right to write, the version seen, the strategy's state."""

from collections.abc import Mapping
from typing import Any, TypeVar

from django.db.models import Max

from core.refusals import NotPermitted, Removed
from partnerships import deeds
from partnerships.actions import versions
from partnerships.actions.versions import save_version
from partnerships.models import Partnership
from partnerships.models.versions import Versioned
from partnerships.tenancy.access import Access
from strategies.models import Action, Issue, Objective, Priority, Strategy, Text
from strategies.queries import removal_of
from strategies.workflow import STRATEGY

Row = TypeVar("Row", bound=Versioned)


def check_may_edit(partnership: Partnership, by: Access) -> None:
    """Raises NotPermitted, saying who may."""
    move = STRATEGY["edit"]
    if not by.can(move.permission, partnership):  # type: ignore[arg-type]
        raise NotPermitted(move.label, move.who)


def held(row: Any) -> Strategy:
    """The strategy of a part (or itself) as it is now, kept still until the transaction ends.

    Every write takes this lock before any other, so that two writers wait for each other and never both. It is no
    lock against foreign keys: writers in other strategies refer to the same partnership meanwhile.
    """
    strategy_id = row.pk if isinstance(row, Strategy) else row.strategy_id
    return Strategy.objects.select_for_update(of=("self",), no_key=True).get(pk=strategy_id)


def locked(row: Row) -> Row:
    """A part of a strategy that is held, as it is now. Raises Removed when somebody has taken it out."""
    found = versions.locked(row)
    if found is None:
        raise Removed(*removal_of(type(row), row.pk))
    return found


def save(
    row: Row,
    values: Mapping[str, Any],
    *,
    version: int,
    by: Access,
    lists: Mapping[str, tuple[str, str]] | None = None,
) -> Row:
    """Store new values in a part, if `version` is the one that is stored: what the writer saw.

    `lists` are what hangs on the part and the caller stores: name → what is stored and what is wanted, in words.
    Raises NotPermitted, Removed, and Conflict with both texts when somebody saved the part in between.
    """
    check_may_edit(row.partnership, by)  # type: ignore[attr-defined]
    strategy = held(row)
    current: Row = strategy if isinstance(row, Strategy) else locked(row)  # type: ignore[assignment]
    changes = save_version(current, values, version=version, by=by, lists=lists)
    if changes:
        mark_changed(strategy)
        deeds.record(f"strategies.{_verb(current)}_saved", current, by=by, changes=changes)
    return current


def add(row: Row, siblings: Any, *, by: Access) -> Row:
    """Put a new part behind its like (`siblings`, a parent's). Raises NotPermitted, Removed if the parent is gone."""
    check_may_edit(row.partnership, by)  # type: ignore[attr-defined]
    strategy = held(row)
    locked(siblings.instance)
    row.order = (siblings.aggregate(last=Max("order"))["last"] or 0) + 1  # type: ignore[attr-defined]
    row.saved_by_id = by.person_id
    row.save()
    mark_changed(strategy)
    deeds.record(f"strategies.{_verb(row)}_added", row, by=by)
    return row


def mark_changed(strategy: Strategy) -> None:
    """A strategy that was published has changed now. It is held."""
    move = STRATEGY["edit"]
    if strategy.state in move.from_states:
        strategy.state = move.to_state
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
