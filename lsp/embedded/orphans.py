"""The embedded worker includes this: when it is killed, the processes of its pool end too, even in the middle of a job.

An idle one notices by itself; a busy one would go on until its job is done, beside the one that takes its place.
"""

import signal
from typing import Any

from celery.signals import worker_process_init

from lsp.embedded.child import die_with_parent

_end_with_the_worker = die_with_parent(signal.SIGKILL)  # made in the worker, before it has a pool


@worker_process_init.connect
def end_with_the_worker(**kwargs: Any) -> None:
    """Called in each process of the pool when it begins."""
    _end_with_the_worker()
