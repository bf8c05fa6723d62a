"""What somebody looks after for a partnership, and another has to take over when they leave. Apps register theirs."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Protocol

if TYPE_CHECKING:
    from accounts.models import Person
    from partnerships.models import Partnership
    from partnerships.tenancy.access import Access


class HandOver(Protocol):
    """A deed that gives one row to somebody else, and records it."""

    def __call__(self, row: Any, *, to: Person, by: Access) -> None:
        """Raises NotPermitted."""


@dataclass(frozen=True)
class Duty:
    """A kind of thing to look after. `held_by` gives the rows that a person looks after in a partnership; each says by
    its `str` what it is.
    """

    code: str
    held_by: Callable[[Partnership, Person], Iterable[Any]]
    hand_over: HandOver


@dataclass(frozen=True)
class Task:
    """One thing that somebody looks after."""

    duty: Duty
    row: Any

    @property
    def key(self) -> str:
        """A name for it in forms."""
        return f"{self.duty.code}_{self.row.pk}"

    def __str__(self) -> str:
        return str(self.row)


_duties: dict[str, Duty] = {}


def register(duty: Duty) -> None:
    """Add a kind of duty, when its app starts."""
    _duties[duty.code] = duty


def tasks_of(partnership: Partnership, person: Person) -> list[Task]:
    """What a person looks after in a partnership. One query a kind of duty."""
    return [Task(duty, row) for duty in _duties.values() for row in duty.held_by(partnership, person)]
