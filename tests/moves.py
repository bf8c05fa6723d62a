"""Trying a move of a workflow: each time taken back."""

from collections.abc import Callable

from django.db import transaction

from core.refusals import Refusal


def attempt(deed: Callable[[], object], state_of: Callable[[], str]) -> tuple[Refusal | None, str]:
    """Do something and take it back: how it was refused, if it was, and the state it led to."""
    before = transaction.savepoint()
    try:
        deed()
    except Refusal as refusal:
        return refusal, state_of()
    else:
        return None, state_of()
    finally:
        transaction.savepoint_rollback(before)
