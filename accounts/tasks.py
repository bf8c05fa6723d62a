"""Celery's entry points of accounts."""

from celery import shared_task
from django.core.management import call_command


@shared_task(name="accounts.clear_sessions")
def clear_sessions() -> None:
    """Remove the sessions that are over: whoever closes the browser instead of signing out leaves one behind."""
    call_command("clearsessions")
