"""A worker that stops at a chosen step of chosen jobs and waits to be killed: `python -m tests.resilience.worker`.

`LSP_TEST_STEPS` maps the number of a job to the name of a step; when a job has come to its step, a file named like its
number is made in `LSP_TEST_REACHED`. The product's own functions are wrapped here; it has no door of its own for tests.
"""

import json
import os
import sys
import threading
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

import django
from celery.__main__ import main

STEPS: dict[int, str] = {int(job): step for job, step in json.loads(os.environ["LSP_TEST_STEPS"]).items()}
REACHED = Path(os.environ["LSP_TEST_REACHED"])
doing = threading.local()


def stop_if(step: str) -> None:
    """Wait to be killed, if this is where the job that is being done shall stop."""
    if STEPS.get(doing.job_id) == step:
        place().touch()
        time.sleep(3600)


def place() -> Path:
    """The file that says that the job has come to its step."""
    return REACHED / str(doing.job_id)


def stopping(module: Any, name: str, *, before: str = "", after: str = "") -> None:
    """Wrap a function of the product."""
    original: Callable[..., Any] = getattr(module, name)

    def wrapped(*arguments: Any, **options: Any) -> Any:
        stop_if(before)
        result = original(*arguments, **options)
        stop_if(after)
        return result

    setattr(module, name, wrapped)


def wrap_everything() -> None:
    """The steps of a job, from the ring to the end."""
    from django.core.mail import EmailMessage

    from documents import engine, storage
    from jobs import actions
    from reviews import letters
    from reviews.actions import letters as told

    claim, progress, keep = actions.claim, actions.progress, storage.keep

    def claimed(job_id: int) -> Any:
        doing.job_id = job_id
        if place().exists():
            return None  # whoever is rung for once more would stop as well
        stop_if("rung")
        job = claim(job_id)
        stop_if("claimed")
        return job

    def shown(job: Any, done: int, total: int) -> None:
        progress(job, done, total)
        if done == 3:
            stop_if("in mid-render")

    def stored(key: str, content: bytes) -> Any:
        file = keep(key, content)
        stop_if("letter stored, certificate not" if "/letter-" in key else "stored, not committed")
        return file

    actions.claim, actions.progress, storage.keep = claimed, shown, stored
    stopping(engine, "render", after="rendered")
    stopping(told, "write", after="in mid-transaction")
    stopping(letters, "email", after="written, not sent")
    stopping(EmailMessage, "send", after="sent, not noted")
    stopping(actions, "finish", before="committed, not finished")


if __name__ == "__main__":
    import weasyprint  # noqa: F401  (once, and not in each process of the pool)

    django.setup()
    wrap_everything()
    sys.argv[0] = "celery"
    sys.exit(main())
