"""Every state × move × role, from the table itself: done or refused as it says, and what is refused changes nothing."""

from typing import Any

import pytest

from accreditation import queries
from accreditation.models import ActionProgress, Score, SelfAssessment, SignOff
from accreditation.workflow import SELF_ASSESSMENT
from core.refusals import Refusal
from jobs.models import Job
from partnerships.models import Deed
from partnerships.tenancy.context import acting
from reviews.models import Case, Submission
from tests import assessing
from tests.accreditation.moves import CAST, MADE, MOVES, S, expected, size
from tests.moves import attempt


def rows(assessment: SelfAssessment) -> tuple[Any, ...]:
    """Everything that a move could have changed."""
    return (
        SelfAssessment.objects.filter(pk=assessment.pk).values_list().get(),
        list(queries.answers_of(assessment).values_list("pk", "version", "narrative")),
        *(model.objects.count() for model in (Score, SignOff, ActionProgress, Submission, Case, Deed, Job)),
    )


def is_as_it_should_be(wanted: type[Refusal] | None, refusal: Refusal | None) -> bool:
    """Whether it was done, or refused by that kind in a whole sentence."""
    if wanted is None or refusal is None:
        return wanted is refusal
    return isinstance(refusal, wanted) and str(refusal).endswith(".")


def test_the_table_of_deeds_is_whole():
    assert set(MOVES) == {move.name for move in SELF_ASSESSMENT}
    assert set(MADE) == set(S.values)
    assert size() >= 400


@pytest.mark.parametrize("state", S.values)
def test_every_move_by_everybody(world, state):
    assessment = MADE[state](world)
    cast, wrong = {actor: world.access(actor) for actor in CAST}, []
    with acting(world.southwark.pk):
        row = assessing.fresh(assessment)
        assert row.state == state
        before = rows(row)
        for move in SELF_ASSESSMENT:
            for actor, access in cast.items():
                refusal, after = attempt(
                    lambda move=move, access=access: MOVES[move.name](assessing.fresh(row), access),
                    lambda: assessing.fresh(row).state,
                )
                wanted = expected(state, move.name, actor)
                leads_to = (move.to_state or state) if wanted is None else state
                if not is_as_it_should_be(wanted, refusal) or after != leads_to or rows(row) != before:
                    wrong.append((move.name, actor, wanted, refusal, after))
    assert wrong == []
