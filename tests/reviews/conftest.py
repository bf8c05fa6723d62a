"""The people of the queue and their deeds, Southwark being open, and what its log says."""

import datetime
import sys
from collections.abc import Callable, Iterator
from typing import Any

import pytest

from jobs import tasks
from jobs.models import Job
from partnerships.models import Deed
from reviews.models import Letter
from tests.documents.conftest import private, quick_engine  # noqa: F401
from tests.reviewing import TOLD, Office
from tests.world import World


@pytest.fixture
def office(world: World) -> Iterator[Office]:
    """Whoever submits and reviews, with Southwark open for all of the test."""
    TOLD.clear()
    office = Office(world)
    with office.acting():
        yield office


@pytest.fixture
def deeds() -> Callable[[], list[str]]:
    """What the log of Southwark says about cases, in its order."""

    def verbs() -> list[str]:
        found = Deed.objects.filter(verb__startswith="reviews.").order_by("number").values_list("verb", flat=True)
        return [verb.removeprefix("reviews.") for verb in found]

    return verbs


@pytest.fixture
def letters() -> Callable[..., list[str]]:
    """To whom of the cast letters of a kind are written, by name; each has its job."""

    def names(kind: str, **about: Any) -> list[str]:
        rows = Letter.objects.filter(kind=kind, **about)
        jobs = Job.objects.filter(kind="reviews.letter", queue="mail", subject_id__in=rows.values("pk"))
        assert jobs.count() == len(rows)
        return sorted(rows.values_list("to__name", flat=True))

    return names


@pytest.fixture
def on(monkeypatch: pytest.MonkeyPatch) -> Callable[[datetime.date], None]:
    """Let it be another day in London, for all that asks which day it is."""

    def be(day: datetime.date) -> None:
        for name, module in list(sys.modules.items()):
            if name.startswith("reviews.") and hasattr(module, "today"):
                monkeypatch.setattr(module, "today", lambda: day)

    return be


@pytest.fixture
def run() -> Callable[[str], list[Job]]:
    """Do the jobs of a kind that wait, as a worker does; gives them as they are afterwards."""

    def work(kind: str) -> list[Job]:
        waiting = list(Job.objects.filter(kind=kind, state="queued").order_by("pk"))
        for job in waiting:
            tasks.run(job.pk)
        return [Job.objects.get(pk=job.pk) for job in waiting]

    return work
