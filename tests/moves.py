"""Trying a move of a workflow: each time taken back."""

from collections.abc import Callable

from django.db import transaction

from core.refusals import Refusal


class _TakenBack(Exception):
    """What was done is rolled back; `state` is what it led to."""

    def __init__(self, state: str) -> None:
        super().__init__(state)
        self.state = state


def attempt(deed: Callable[[], object], state_of: Callable[[], str]) -> tuple[Refusal | None, str]:
    """Do something and take it back: how it was refused, if it was, and the state it led to."""
    try:
        with transaction.atomic():
            deed()
            raise _TakenBack(state_of())
    except _TakenBack as done:
        return None, done.state
    except Refusal as refusal:
        return refusal, state_of()
