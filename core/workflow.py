"""A workflow is a table of moves that pages, actions and tests all read.

    STRATEGY = Workflow(
        Move("publish", {S.DRAFT}, S.PUBLISHED, Perm.PUBLISH_STRATEGY, _("Publish the strategy"), who=_("The chair")),
    )

An action asks `STRATEGY.check("publish", row, by)` before it changes anything; a page draws
`STRATEGY.available(row, by)`.
"""

from __future__ import annotations

from collections.abc import Iterator
from collections.abc import Set as AbstractSet
from dataclasses import dataclass
from enum import Enum
from typing import Any, Protocol

from core.refusals import NotPermitted, Text, WrongState


class Access(Protocol):
    """What a person may do; loaded once for a request."""

    def can(self, permission: Any, partnership: Any) -> bool:
        """Whether the person holds `permission` in `partnership`."""


class Row(Protocol):
    """Anything with a state that belongs to a partnership."""

    @property
    def state(self) -> str: ...

    @property
    def partnership(self) -> Any: ...


STAYS = ""


@dataclass(frozen=True)
class Move:
    """One way from a state to the next; with `to_state` STAYS, something that is done while the state stays.

    `label` names the deed as a button does. `who` says in words who holds the permission (“The chair”), `follows` what
    the move leads to; both are for the reader who decides whether to press the button.
    """

    name: str
    from_states: AbstractSet[str]
    to_state: str
    permission: Enum
    label: Text
    who: Text = ""
    follows: Text = ""


@dataclass(frozen=True)
class Offer:
    """A move that starts from the state of a row now, and whether this person may make it."""

    move: Move
    allowed: bool


class Workflow:
    """The moves of one kind of row. Raises ValueError when two moves have one name."""

    def __init__(self, *moves: Move) -> None:
        self._moves = {move.name: move for move in moves}
        if len(self._moves) != len(moves):
            raise ValueError("two moves of a workflow have the same name")

    def __iter__(self) -> Iterator[Move]:
        return iter(self._moves.values())

    def __getitem__(self, name: str) -> Move:
        return self._moves[name]

    def check(self, name: str, row: Row, access: Access) -> Move:
        """The move `name`, if this person may make it with this row now.

        Call it on a locked row. Raises NotPermitted before WrongState, so that a stranger learns nothing about the
        state; KeyError when there is no such move.
        """
        move = self._moves[name]
        if not access.can(move.permission, row.partnership):
            raise NotPermitted(move.label, move.who)
        if row.state not in move.from_states:
            raise WrongState(move.label, self.state_label(row.state))
        return move

    def moves_from(self, state: str) -> list[Move]:
        """The moves that start from `state`, in the order of the table."""
        return [move for move in self if state in move.from_states]

    def available(self, row: Row, access: Access) -> list[Offer]:
        """What can happen with this row now, whoever may do it, in the order of the table."""
        return [Offer(move, access.can(move.permission, row.partnership)) for move in self.moves_from(row.state)]

    def state_label(self, state: str) -> Text:
        """The words for a state: the label of its TextChoices member where the table holds one, else the value."""
        for move in self:
            for known in (*move.from_states, move.to_state):
                if known == state and known != STAYS:
                    return getattr(known, "label", known)
        return state
