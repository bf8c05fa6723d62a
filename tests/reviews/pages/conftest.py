"""Cases as the people of Southwark and of its Government Office make them, and pages as they open them."""

from collections.abc import Callable
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from reviews.models import Case
from tests.conftest import confirm
from tests.reviewing import Office
from tests.world import World


@pytest.fixture
def office(world: World) -> Office:
    """Whoever submits and reviews. Southwark is open only while a case is made: pages open it themselves."""
    return Office(world)


@pytest.fixture
def made(office: Office) -> Callable[..., Case]:
    """`made("claimed")` is a case in that state."""

    def of_state(state: str, subject_id: int = 1) -> Case:
        with office.acting():
            return office.made(state, subject_id)

    return of_state


@pytest.fixture
def now(office: Office) -> Callable[[Case], Case]:
    """A case as it is in the database, with whoever has taken it."""

    def read(case: Case) -> Case:
        with office.acting():
            return Case.objects.select_related("reviewer").get(pk=case.pk)

    return read


@pytest.fixture
def certain(world: World, sign_in: Any) -> Callable[[str], Client]:
    """A browser in which somebody is signed in and has just given their password."""
    return lambda name: confirm(sign_in(name), world.people[name])


def page(case: Case, name: str = "case", *more: Any) -> str:
    """The address of a page of a case."""
    return reverse(f"reviews:{name}", args=["southwark", case.pk, *more])
