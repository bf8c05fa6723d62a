"""A published edition with its waiting job, and a folder of its own for private files."""

import stat
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from django.core.files.storage import storages

from documents import engine
from jobs.models import Job
from partnerships.tenancy.context import acting
from strategies import actions
from strategies.models import Edition, Strategy
from tests.world import World
from tests.writing import write_strategy

Published = tuple[Edition, Job]


@pytest.fixture
def private(tmp_path: Path, settings: Any) -> Path:
    """Where private files lie in this test."""
    root = tmp_path / "private"
    here = {**settings.STORAGES["private"], "OPTIONS": {**settings.STORAGES["private"]["OPTIONS"], "location": root}}
    settings.STORAGES = {**settings.STORAGES, "private": here}
    assert storages["private"].location == str(root)
    return root


def published(strategy: Strategy, world: World, name: str = "officer") -> Published:
    """Publish what is written now."""
    with acting(strategy.partnership_id, by=world.people[name].pk):
        return actions.publish(strategy=strategy, by=world.access(name))


@pytest.fixture
def edition_and_job(world: World, private: Path) -> Published:
    """Southwark's first edition and the job that waits to make its PDF."""
    return published(write_strategy(world.southwark, world.officer), world)


@pytest.fixture
def quick_engine(monkeypatch: pytest.MonkeyPatch) -> Callable[[bytes], None]:
    """`quick_engine(content)`: whatever is rendered now, these bytes come out; for tests of what happens round it."""

    def set_content(content: bytes) -> None:
        monkeypatch.setattr(engine, "render", lambda html, progress=None: engine.Pdf(content=content, pages=1))

    set_content(b"%PDF-1.7 one")
    return set_content


def files_in(folder: Path) -> list[Path]:
    """Every file below a folder, drafts included."""
    return sorted(path for path in folder.rglob("*") if path.is_file())


def mode_of(path: Path) -> int:
    """The permission bits."""
    return stat.S_IMODE(path.stat().st_mode)
