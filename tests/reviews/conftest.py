"""The people of the queue and their deeds, Southwark being open, and what its log says."""

from collections.abc import Callable, Iterator

import pytest

from partnerships.models import Deed
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
        return list(Deed.objects.filter(verb__startswith="reviews.").order_by("number").values_list("verb", flat=True))

    return verbs
