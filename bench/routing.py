"""Jobs that route a submission, a second, against Celery tasks that do nothing, by one worker with one process.

Both are queued before the worker starts, so that what is measured is the worker alone.

`python -m lsp.embedded run -- python -m bench.routing`
"""

import os
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager

from bench.cases import enter_cases
from bench.ground import PROJECT, prepare

ROUTED = 1_000
NOTHINGS = 5_000
PATIENCE = 600  # seconds


def main() -> None:
    """Three lines: tasks a second, jobs a second, ratio."""
    from django.core.cache import cache

    from bench.nothing import mark, nothing
    from jobs.models import Job

    queue = {"queue": Job.Queue.REVIEWS.value}
    Job.objects.exclude(state=Job.State.DONE).delete()  # what the demonstration has asked for
    mark.apply_async(("began",), **queue)
    for number in range(NOTHINGS):
        nothing.apply_async((number,), **queue)
    mark.apply_async(("ended",), **queue)
    with worker():
        wait(lambda: cache.get("bench.ended") is not None)
    nothings = NOTHINGS / (cache.get("bench.ended") - cache.get("bench.began"))

    jobs = queue_routing()
    with worker():
        wait(lambda: not jobs.exclude(state=Job.State.DONE).exists())
    moments = jobs.order_by("started_at").values_list("started_at", "finished_at")
    seconds = (max(end for _begin, end in moments) - moments[0][0]).total_seconds()
    routed = ROUTED / seconds
    print(f"tasks that do nothing: {nothings:.0f} a second", flush=True)
    print(f"jobs that route a submission: {routed:.0f} a second, {1000 / routed:.1f} ms each", flush=True)
    print(f"ratio: {nothings / routed:.1f}", flush=True)


def queue_routing():  # type: ignore[no-untyped-def]
    """A job for each of so many submissions, queued and rung for in one go. Returns the jobs."""
    from django.db import transaction

    from jobs.actions import queue
    from jobs.models import Job
    from partnerships.models import Partnership
    from partnerships.tenancy.access import Access

    partnership = Partnership.objects.get(slug="southwark")
    submissions = enter_cases(ROUTED, every=1, slugs=["southwark"])
    by = Access.of_system("Bench")
    with transaction.atomic():
        asked = [queue("reviews.route", partnership=partnership, subject_id=pk, by=by).pk for pk in submissions]
    return Job.objects.filter(pk__in=asked)


@contextmanager
def worker() -> Iterator[None]:
    """One process that takes from the queue of reviews."""
    command = [sys.executable, "-m", "celery", "-A", "lsp", "worker", "-Q", "reviews", "-P", "prefork", "-c", "1"]
    options = ["--without-gossip", "--without-mingle", "--include", "bench.nothing", "--loglevel", "ERROR"]
    running = subprocess.Popen([*command, *options], cwd=PROJECT, env=os.environ, stdout=subprocess.DEVNULL)
    try:
        yield
    finally:
        running.terminate()
        running.wait()


def wait(over) -> None:  # type: ignore[no-untyped-def]
    """Until it is over."""
    until = time.monotonic() + PATIENCE
    while not over():
        if time.monotonic() > until:
            sys.exit("The worker did not finish.")
        time.sleep(0.2)


if __name__ == "__main__":
    prepare()
    main()
