"""Celery's entry points of accounts."""

from datetime import timedelta

from allauth.usersessions.models import UserSession
from celery import shared_task
from django.core.management import call_command
from django.utils import timezone

SESSIONS_KNOWN_FOR = timedelta(days=7)


@shared_task(name="accounts.clear_sessions")
def clear_sessions() -> None:
    """Remove the sessions that are over: whoever closes the browser instead of signing out leaves one behind.

    From where and with which browser they were used is forgotten after a week.
    """
    call_command("clearsessions")
    UserSession.objects.filter(last_seen_at__lt=timezone.now() - SESSIONS_KNOWN_FOR).delete()
