"""What a worker does at least: tasks that do nothing, and one that notes the time. For `bench.routing`."""

import time

from celery import shared_task
from django.core.cache import cache


@shared_task(name="bench.nothing")
def nothing(number: int) -> None:
    """Nothing; it takes a number, as a job does."""


@shared_task(name="bench.mark")
def mark(name: str) -> None:
    """Note when the worker has come here."""
    cache.set(f"bench.{name}", time.time(), None)
