"""A kind of job for tests, and a doorbell that notes who rang."""

from collections.abc import Callable
from typing import Any

import pytest
from kombu.exceptions import OperationalError

from jobs import actions, registry, tasks
from jobs.models import Job
from partnerships.permissions import Perm
from partnerships.tenancy.access import Access
from tests.world import World

KIND = "tests.work"
Work = Callable[[Job, actions.Progress], int | None]


class Bell:
    """Stands for the broker: `rung` are the jobs it was rung for; `away` makes it answer as a broker that is gone."""

    def __init__(self) -> None:
        self.rung: list[int] = []
        self.away = False
        self.listeners: list[Callable[[int], None]] = []

    def apply_async(self, arguments: tuple[int], **options: Any) -> None:
        """What Celery's own does, as far as jobs know it."""
        if self.away:
            raise OperationalError("connection refused")
        self.rung.append(arguments[0])
        for listener in self.listeners:
            listener(arguments[0])


@pytest.fixture
def bell(monkeypatch: pytest.MonkeyPatch) -> Bell:
    """The doorbell in the broker's place."""
    found = Bell()
    monkeypatch.setattr(tasks.run, "apply_async", found.apply_async)
    return found


@pytest.fixture
def work_by(monkeypatch: pytest.MonkeyPatch) -> Callable[[Work], None]:
    """`work_by(function)`: from now on the function does the jobs of the tests' kind."""

    def register(function: Work) -> None:
        kind = registry.Kind(
            KIND, Job.Queue.MAIL, "Something for a test", lambda job: "/made/", Perm.EDIT_STRATEGY, True, function
        )
        monkeypatch.setitem(registry._kinds, KIND, kind)

    register(lambda job, progress: None)
    return register


@pytest.fixture
def ask(work_by: Callable[[Work], None], bell: Bell, world: World) -> Callable[..., Job]:
    """`ask()` queues a job of the tests' kind for Southwark, as its officer; values given are put into its row."""

    def queued(slug: str = "southwark", **values: Any) -> Job:
        job = actions.queue(KIND, partnership=world.partnerships[slug], subject_id=7, by=Access.of(world.officer))
        Job.objects.filter(pk=job.pk).update(**values)
        return Job.objects.get(pk=job.pk)

    return queued
