"""A strategy of 300 pages: written by the actions, made in one attempt, with every chapter in the bookmarks."""

import datetime
from collections.abc import Iterator
from typing import Any

import page
import pypdf
import pytest

from jobs.tasks import run
from partnerships.models import Organisation
from partnerships.tenancy.context import acting
from strategies import actions
from strategies.models import Strategy
from tests.documents.conftest import files_in, published
from tests.world import World
from tests.writing import write_strategy
from themes.models import Theme

PRIORITIES, OBJECTIVES, ACTIONS = 8, 13, 4
PARAGRAPH = "Residents told us what they see in their street, and the partnership answers with what it will do. " * 6
TEXT = "\n\n".join([PARAGRAPH] * 11)


def lengthen(strategy: Strategy, world: World) -> None:
    """Eight priorities of thirteen objectives, each with three pages of text and four actions."""
    by, lead = world.access("officer"), Organisation.objects.get(name="Southwark Council")
    themes = list(Theme.objects.all())
    for place in range(PRIORITIES):
        priority = actions.add_priority(
            strategy=strategy, theme=themes[place % len(themes)], title=f"Priority {place}", body=TEXT, by=by
        )
        for number in range(OBJECTIVES):
            objective = actions.add_objective(priority=priority, title=f"Objective {number}", body=TEXT, by=by)
            for step in range(ACTIONS):
                actions.add_action(
                    objective=objective,
                    title=f"Action {step} of objective {number}",
                    lead=lead,
                    partners=[],
                    starts_on=datetime.date(2006, 4, 1),
                    ends_on=datetime.date(2008, 3, 31),
                    measure="Counted once a quarter",
                    by=by,
                )


def titles(marks: list[Any]) -> Iterator[str]:
    """The words of the bookmarks, of whatever depth."""
    for mark in marks:
        if isinstance(mark, list):
            yield from titles(mark)
        else:
            yield str(mark.title)


@pytest.mark.django_db
def test_three_hundred_pages_are_made_in_one_attempt(world: World, private, client) -> None:
    strategy = write_strategy(world.southwark, world.officer)
    with acting(world.southwark.pk, by=world.officer.pk):
        lengthen(strategy, world)
        strategy.refresh_from_db()
    edition, job = published(strategy, world)
    assert client.get(edition.get_absolute_url()).status_code == 200
    run(job.pk)
    job.refresh_from_db()
    assert (job.state, job.attempts) == ("done", 1)
    (file,) = files_in(private)
    read = pypdf.PdfReader(file)
    assert len(read.pages) >= 300
    marks = list(titles(read.outline))
    assert sum("Priority" in mark for mark in marks) == PRIORITIES
    assert sum("Objective" in mark for mark in marks) >= PRIORITIES * OBJECTIVES
    report = page.validate_pdf_bytes(file.read_bytes(), profile="ua1")
    assert report.is_compliant, report.failures
