"""Trying the moves of a workflow, for tables of every state × move × person."""

from collections.abc import Callable

from django.db import transaction

from core.refusals import Refusal


def attempt(deed: Callable[[], object], state_of: Callable[[], str]) -> tuple[Refusal | None, str]:
    """Do something and take it back, but not what a refused one has done: how it was refused, and where it led."""
    before = transaction.savepoint()
    try:
        deed()
    except Refusal as refusal:
        return refusal, state_of()
    state = state_of()
    transaction.savepoint_rollback(before)
    return None, state
