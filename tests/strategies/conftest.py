"""A complete strategy of Southwark, its addresses, and everybody who may not write it."""

import datetime
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

import pytest
from django.urls import reverse

from partnerships.models import Deed
from partnerships.tenancy.context import acting
from strategies.models import Action, Issue, Objective, Priority, Strategy, Text
from tests.world import World
from tests.writing import write_strategy

# Who knocks at a page that only officer and chair may use, and what they hear.
REFUSED = {
    "stranger": 404,
    "hackney_officer": 404,
    "other_reviewer": 404,
    "lapsed": 404,
    "future": 404,
    "rep": 403,
    "dual": 403,
    "finance": 403,
    "cvs": 403,
    "reviewer": 403,
    "national": 403,
}


@dataclass(frozen=True)
class Written:
    """The rows of a strategy, one of each kind."""

    strategy: Strategy
    vision: Text
    issue: Issue
    priority: Priority
    objective: Objective
    action: Action

    def page(self, name: str, **where: object) -> str:
        """The address of a page of this strategy; a part's own page needs no `pk`."""
        parts = ("issue", "priority", "objective", "action")
        if name in parts:
            where.setdefault("pk", getattr(self, name).pk)
        return reverse(f"strategies:{name}", kwargs={"slug": "southwark", "strategy": self.strategy.pk, **where})


@pytest.fixture
def written(world: World) -> Written:
    """Southwark's strategy, complete, not yet published."""
    strategy = write_strategy(world.southwark, world.officer)
    with acting(world.southwark.pk):
        return Written(
            Strategy.objects.select_related("partnership").get(pk=strategy.pk),
            Text.objects.select_related("partnership", "strategy").get(kind="vision"),
            Issue.objects.select_related("partnership").get(),
            Priority.objects.select_related("partnership").get(),
            Objective.objects.select_related("partnership", "priority").get(),
            Action.objects.select_related("partnership", "objective__priority", "lead").get(),
        )


@pytest.fixture
def deeds(world: World) -> Callable[[], list[str]]:
    """What the log of Southwark says, in its order."""

    def verbs() -> list[str]:
        with acting(world.southwark.pk):
            return list(Deed.objects.order_by("number").values_list("verb", flat=True))

    return verbs


@pytest.fixture
def closed_to_others(sign_in: Any, deeds: Any) -> Callable[..., None]:
    """Posts as all who may not: 404 to outsiders, 403 to members, 401 to nobody in particular; nothing happens."""

    def check(url: str, data: Mapping[str, Any]) -> None:
        before = deeds()
        for name, status in REFUSED.items():
            assert sign_in(name).post(url, data).status_code == status, name
        nobody = sign_in(None).post(url, data)
        assert nobody.status_code == 401
        assert reverse("account_login") in nobody.content.decode()
        assert deeds() == before

    return check


def boxes(name: str, day: datetime.date) -> dict[str, str]:
    """A date as the three boxes of a form send it."""
    return {f"{name}_0": str(day.day), f"{name}_1": str(day.month), f"{name}_2": str(day.year)}
