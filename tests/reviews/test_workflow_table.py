"""Every state × move × person, from the workflow table itself: done or refused as it says.

What is refused changes nothing. See moves.py for who may what. What is done is taken back: one world serves all.
"""

from collections.abc import Callable
from functools import partial
from typing import Any

import pytest
from django.db import connection
from django.db.models import BigIntegerField, Subquery

from accounts.models import Person
from core.refusals import Already, Refusal, WrongState
from jobs.models import Job
from partnerships.actions.offices import appoint_to_office
from partnerships.actions.seats import take_seat
from partnerships.models import Deed, GovernmentOffice, Seat
from partnerships.permissions import OfficeRole
from reviews.models import (
    Appeal,
    Case,
    ChangeRequest,
    Decision,
    DialogueEntry,
    Judgement,
    Recommendation,
    Recusal,
    Submission,
)
from reviews.workflow import CASE
from tests.moves import attempt
from tests.reviews.moves import CAST, HOLDERS, MOVES, expected, leads_to, size
from tests.world import BEGAN_ON, SYSTEM


@pytest.fixture
def cast(office):
    """The people of the queue, and one more: a reviewer of London who sits at Southwark's table."""
    world = office.world
    person = Person.objects.create_user("interested@example.org", "Interested")
    london = GovernmentOffice.objects.get(region__slug="london")
    appoint_to_office(office=london, person=person, role=OfficeRole.REVIEWER, starts_on=BEGAN_ON, by=SYSTEM)
    seat = Seat.objects.get(partnership=world.southwark, position="Resident")
    take_seat(seat=seat, person=person, starts_on=BEGAN_ON, by=SYSTEM)
    world.people["interested"] = person
    return office


@pytest.mark.parametrize("holder", HOLDERS)
@pytest.mark.parametrize("state", Case.State.values)
def test_every_move_by_everybody(cast, state, holder):
    case = cast.made(state, holder=holder)
    everything = all_of(case)
    before, wrong = everything(), []
    for name in MOVES:
        for actor in CAST:
            refusal, after = attempt(
                partial(MOVES[name], case, cast.by(actor), cast.world.colleague),
                Case.objects.filter(pk=case.pk).values_list("state", flat=True).get,
            )
            wanted = expected(state, name, actor, holder)
            if not is_said(wanted, refusal):
                wrong.append((name, actor, wanted, refusal))
            elif refusal is None and after != leads_to(state, name, actor, holder):
                wrong.append((name, actor, after))
            elif refusal is not None and everything() != before:
                wrong.append((name, actor, "left something behind"))
    assert wrong == []


def test_every_move_of_the_table_is_tried():
    assert set(MOVES) == {move.name for move in CASE}
    assert size() > 3000


def all_of(case: Case) -> Callable[[], tuple[Any, ...]]:
    """A look at all that a move could change, in one query: the row, and the newest row of all that is added to."""
    added = (Deed, Job, Recommendation, Judgement, Appeal, Recusal, DialogueEntry, ChangeRequest, Decision, Submission)
    newest = {
        model.__name__: Subquery(model.objects.order_by("-pk").values("pk")[:1], output_field=BigIntegerField())
        for model in added
    }
    sql, values = Case.objects.filter(pk=case.pk).annotate(**newest).query.sql_with_params()

    def look() -> tuple[Any, ...]:
        with connection.cursor() as cursor:
            cursor.execute(sql, values)
            return cursor.fetchone()

    return look


def is_said(wanted: type[Refusal] | None, refusal: Refusal | None) -> bool:
    """Whether it was refused as it should be, by that kind and in a sentence; or done."""
    if wanted is None or refusal is None:
        return wanted is refusal
    kinds = (WrongState, Already) if wanted is WrongState else (wanted,)
    return type(refusal) in kinds and str(refusal).endswith(".")
