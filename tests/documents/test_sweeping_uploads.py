"""A file that no row knows goes after a day; one that a row knows never does."""

import os
import time
from pathlib import Path
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import transaction

from documents import storage
from documents.actions import receive, sweep
from documents.actions.sweeping import GRACE, MANY
from documents.models import Upload
from documents.tasks import sweep as sweep_task
from lsp.celery import app
from partnerships.tenancy.context import acting
from tests.documents.conftest import files_in
from tests.documents.good_files import TEXT
from tests.world import World

pytestmark = pytest.mark.django_db


def received(world: World, slug: str = "southwark", who: str = "officer") -> Upload:
    partnership = world.partnerships[slug]
    with acting(partnership.pk, by=world.people[who].pk):
        file = SimpleUploadedFile("notes.txt", TEXT.encode())
        return receive(partnership=partnership, file=file, by=world.access(who))


def age(*paths: Path, seconds: float = GRACE + 60) -> None:
    """Let it have been written long ago."""
    for path in paths:
        os.utime(path, (time.time() - seconds,) * 2)


def rolled_back(world: World, private: Path) -> Path:
    """The file of an upload whose transaction did not end well."""
    before = set(files_in(private))
    with transaction.atomic():
        received(world)
        transaction.set_rollback(True)
    (left,) = set(files_in(private)) - before
    return left


def test_what_was_rolled_back_goes_and_what_stands_stays(world: World, private: Path, caplog: Any) -> None:
    kept = [received(world), received(world, "hackney", "hackney_officer")]
    left = rolled_back(world, private)
    age(*files_in(private))
    assert sweep() == 1
    assert not left.exists()
    assert files_in(private) == sorted(private / upload.key for upload in kept)
    assert f"uploads/{world.southwark.pk}/{left.name}" in caplog.text
    assert sweep() == 0


def test_what_is_not_a_day_old_may_still_be_entered(world: World, private: Path) -> None:
    left = rolled_back(world, private)
    age(left, seconds=GRACE - 60)
    assert sweep() == 0
    assert left.exists()


def test_a_draft_that_a_killed_process_left_goes_too(world: World, private: Path) -> None:
    upload = received(world)
    draft = private / f"{upload.key}.draft"
    draft.write_bytes(b"half")
    age(draft)
    assert sweep() == 1
    assert files_in(private) == [private / upload.key]


def test_other_files_are_not_looked_at(world: World, private: Path) -> None:
    storage.keep("editions/1.pdf", b"%PDF-")
    age(private / "editions" / "1.pdf")
    assert sweep() == 0


def test_where_most_rows_are_missing_nothing_is_removed(world: World, private: Path, caplog: Any) -> None:
    """Another database, or a backup half restored: the files are all that is left."""
    keys = [storage.keep(f"uploads/{world.southwark.pk}/{number}", b"x").key for number in range(MANY + 1)]
    age(*(private / key for key in keys))
    assert sweep() == 0
    assert len(files_in(private)) == MANY + 1
    assert "none of them is removed" in caplog.text


def test_it_runs_every_night(world: World, private: Path) -> None:
    assert app.conf.beat_schedule["documents.sweep"]["task"] == sweep_task.name
    sweep_task()
