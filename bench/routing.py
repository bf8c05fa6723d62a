"""Jobs that route a submission, a second, against Celery tasks that do nothing, by one worker with one process.

Blocks of both lie in one queue by turns before the worker starts, so that it alone is measured, and whatever else the
machine does meanwhile falls on both.

`python -m lsp.embedded run -- python -m bench.routing`
"""

import os
import statistics
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager

from bench.cases import enter_cases
from bench.ground import PROJECT, prepare

BLOCKS = 7
ROUTED, NOTHINGS = 60, 400  # in each block
PATIENCE = 1_200  # seconds


def main() -> None:
    """Three lines: tasks a second, jobs a second, ratio. Medians of the blocks."""
    from django.core.cache import cache

    from bench.nothing import mark, nothing
    from jobs.models import Job

    queue = {"queue": Job.Queue.REVIEWS.value}
    Job.objects.exclude(state=Job.State.DONE).delete()  # what the demonstration has asked for
    submissions = enter_cases(BLOCKS * ROUTED, every=1, slugs=["southwark"])
    for block in range(BLOCKS):
        mark.apply_async((f"{block}.begins",), **queue)
        for number in range(NOTHINGS):
            nothing.apply_async((number,), **queue)
        mark.apply_async((f"{block}.turns",), **queue)
        queue_routing(submissions[block * ROUTED : (block + 1) * ROUTED])
        mark.apply_async((f"{block}.ends",), **queue)
    with worker():
        wait_for(f"{BLOCKS - 1}.ends")
    moments = [[cache.get(f"bench.{block}.{name}") for name in ("begins", "turns", "ends")] for block in range(BLOCKS)]
    nothings = statistics.median(NOTHINGS / (turns - begins) for begins, turns, _ends in moments)
    routed = statistics.median(ROUTED / (ends - turns) for _begins, turns, ends in moments)
    done = Job.objects.filter(kind="reviews.route", state=Job.State.DONE, subject_id__in=submissions).count()
    print(f"tasks that do nothing: {nothings:.0f} a second", flush=True)
    print(f"jobs that route a submission: {routed:.1f} a second, {done} of {len(submissions)} done", flush=True)
    print(f"ratio: {nothings / routed:.1f}", flush=True)


def queue_routing(submissions: list[int]) -> None:
    """A job for each of the submissions, rung for in their order."""
    from django.db import transaction

    from jobs.actions import queue
    from partnerships.models import Partnership
    from partnerships.tenancy.access import Access

    partnership = Partnership.objects.get(slug="southwark")
    by = Access.of_system("Bench")
    with transaction.atomic():
        for pk in submissions:
            queue("reviews.route", partnership=partnership, subject_id=pk, by=by)


@contextmanager
def worker() -> Iterator[None]:
    """One process that takes from the queue of reviews."""
    command = [sys.executable, "-m", "celery", "-A", "lsp", "worker", "-Q", "reviews", "-P", "prefork", "-c", "1"]
    options = ["--without-gossip", "--without-mingle", "--include", "bench.nothing", "--loglevel", "ERROR"]
    running = subprocess.Popen(
        [*command, *options], cwd=PROJECT, env=os.environ, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL
    )
    try:
        yield
    finally:
        running.terminate()
        running.wait()


def wait_for(name: str) -> None:
    """Until the worker has come to this mark."""
    from django.core.cache import cache

    until = time.monotonic() + PATIENCE
    while cache.get(f"bench.{name}") is None:
        if time.monotonic() > until:
            sys.exit("The worker did not finish.")
        time.sleep(0.2)


if __name__ == "__main__":
    prepare()
    main()
