"""A self-assessment is started once for a round, with an empty answer to every criterion."""

import pytest
from django.db import IntegrityError, transaction

from accreditation import actions, queries
from accreditation.models import SelfAssessment
from core.refusals import NotPermitted
from tests import assessing


def test_the_officer_starts_it(world, as_, log):
    assessment = assessing.started(world)
    with as_("officer"):
        assert [answer.criterion.code for answer in queries.answers_of(assessment)] == [
            "strategic",
            "inclusive",
            "action-focused",
            "performance-managed",
            "efficient",
            "learning-and-development",
        ]
        assert all(answer.rating is None for answer in queries.answers_of(assessment))
    assert assessment.state == "draft"
    assert log() == ["accreditation.started"]


def test_twice_is_once(world, as_, log):
    first = assessing.started(world)
    second = assessing.started(world)
    assert first.pk == second.pk
    assert log() == ["accreditation.started"]
    with as_("officer"):
        assert queries.answers_of(first).count() == 6


@pytest.mark.parametrize("name", ["chair", "rep", "finance", "reviewer", "manager", "stranger", "hackney_officer"])
def test_nobody_else_starts_it(world, as_, name):
    round = assessing.a_round()
    with as_(name) as by, pytest.raises(NotPermitted, match="The co-ordinating officer can"):
        actions.start(partnership=world.southwark, round=round, by=by)


def test_the_latest_round_comes_first_and_the_decided_one_is_the_previous(world, as_):
    decided = assessing.decided(world, "accredited", assessing.a_round("2002", scheme="2002", closes_in=30))
    later = assessing.started(world, assessing.a_round("2005–06", closes_in=90))
    with as_("officer"):
        assert list(queries.assessments_of(world.southwark)) == [later, decided]
        assert queries.previous(later) == decided
        assert queries.previous(decided) is None


def test_postgresql_refuses_a_second_of_a_round(world, as_):
    assessment = assessing.started(world)
    with as_("officer"), pytest.raises(IntegrityError, match="one_self_assessment_per_round"), transaction.atomic():
        SelfAssessment.objects.create(partnership=world.southwark, round=assessment.round)


def test_postgresql_refuses_one_that_is_decided_without_an_outcome(world, as_):
    assessment = assessing.started(world)
    with as_("officer"), pytest.raises(IntegrityError, match="assessment_has_an_outcome"), transaction.atomic():
        SelfAssessment.objects.filter(pk=assessment.pk).update(state="decided")


def test_a_manager_lets_it_take_the_streamlined_path(world, as_, log):
    assessment = assessing.started(world)
    for _again in range(2):
        with as_("manager") as by:
            marked = actions.mark_streamlined(
                assessment=assessment, streamlined=True, reason="Its agreement embeds renewal", by=by
            )
            assert marked.streamlined
    assert log() == ["accreditation.started", "accreditation.path_set"]


@pytest.mark.parametrize("name", ["officer", "chair", "reviewer", "national"])
def test_nobody_else_chooses_the_path(world, as_, name):
    assessment = assessing.started(world)
    with as_(name) as by, pytest.raises(NotPermitted, match="A manager of the Government Office can"):
        actions.mark_streamlined(assessment=assessment, streamlined=True, reason="So", by=by)


def test_the_path_is_chosen_before_it_is_submitted(world, as_):
    assessment = assessing.submitted(world)
    with as_("manager") as by, pytest.raises(actions.NotNow, match="With the Government Office"):
        actions.mark_streamlined(assessment=assessment, streamlined=True, reason="So", by=by)
