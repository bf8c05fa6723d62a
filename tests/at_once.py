"""Deeds of several people in the same moment, each with a connection of their own."""

import threading
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from typing import Any

from django.db import connection

Deeds = Callable[[], object]


def at_once(*deeds: Deeds) -> list[Any]:
    """Do the deeds in threads that start together. Returns what each gave back or raised."""
    start = threading.Barrier(len(deeds))

    def do(deed: Deeds) -> object:
        try:
            start.wait(timeout=10)
            return deed()
        except Exception as error:
            return error
        finally:
            connection.close()

    with ThreadPoolExecutor(len(deeds)) as pool:
        return list(pool.map(do, deeds))
