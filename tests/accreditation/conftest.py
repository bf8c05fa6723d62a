"""Self-assessments of Southwark at each stage, and who may do what with them."""

from collections.abc import Callable
from contextlib import AbstractContextManager
from typing import Any

import pytest

from accreditation.models import SelfAssessment
from partnerships.models import Deed
from partnerships.tenancy.access import Access
from partnerships.tenancy.context import acting
from tests import assessing
from tests.world import World


@pytest.fixture
def draft(world: World) -> SelfAssessment:
    """Written, not scored, not signed."""
    return assessing.written(world)


@pytest.fixture
def ready(world: World) -> SelfAssessment:
    """Complete: the chair can submit it."""
    return assessing.ready(world)


@pytest.fixture
def as_(world: World) -> Callable[[str], AbstractContextManager[Access]]:
    """`with as_("officer") as by:` is Southwark open in the name of somebody, with what they may do."""

    class Acting:
        def __init__(self, name: str) -> None:
            self.access = world.access(name)
            self.open = acting(world.southwark.pk, by=self.access.person_id)

        def __enter__(self) -> Access:
            self.open.__enter__()
            return self.access

        def __exit__(self, *exc: Any) -> Any:
            return self.open.__exit__(*exc)

    return Acting


@pytest.fixture
def log(world: World) -> Callable[[], list[str]]:
    """What the log of Southwark says of accreditation and reviews, in its order."""

    def verbs() -> list[str]:
        with acting(world.southwark.pk):
            said = Deed.objects.order_by("number").values_list("verb", flat=True)
            return [verb for verb in said if verb.startswith(("accreditation.", "reviews."))]

    return verbs
