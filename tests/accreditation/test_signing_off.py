"""Members sign off what they have read: a sign-off is of that text, and of no later one."""

import pytest
from django.db import IntegrityError, ProgrammingError, transaction

from accreditation import actions, queries
from accreditation.models import SignOff
from core.refusals import Already, NotPermitted
from tests import assessing
from tests.world import SYSTEM


def holding(assessment):
    """Who has signed what is written now."""
    return [each.partner for each in queries.sign_offs_of(assessment) if each.holds]


def test_members_sign_off_what_is_written(world, draft, as_, log):
    assessing.signed(world, draft, ["rep", "cvs", "chair"])
    with as_("officer"):
        assert holding(draft) == ["Member representative", "Voluntary sector officer", "Chair"]
    assert log()[-3:] == ["accreditation.signed_off"] * 3


def test_twice_is_once(world, draft, as_, log):
    assessing.signed(world, draft, ["rep"])
    said = log()
    assessing.signed(world, draft, ["rep"])
    assert log() == said
    with as_("officer"):
        assert len(queries.sign_offs_of(draft)) == 1


def test_what_is_written_afterwards_is_not_theirs(world, draft, as_):
    assessing.signed(world, draft, ["rep", "cvs"])
    with as_("officer") as by:
        assessing.write_answers(draft, by, words="And more.")
        assert holding(draft) == []
        assert [each.partner for each in queries.sign_offs_of(draft)] == [
            "Member representative",
            "Voluntary sector officer",
        ]
    assessing.signed(world, draft, ["rep"])
    with as_("officer"):
        assert holding(draft) == ["Member representative"]


def test_a_text_that_changed_while_somebody_read_is_not_signed(draft, as_, log):
    with as_("rep"):
        read = queries.seal_of(draft)
    with as_("officer") as by:
        assessing.plan_action(draft, by, title="One more")
    before = log()
    with as_("rep") as by, pytest.raises(Already, match="Read it again"):
        actions.sign_off(assessment=draft, seal=read, by=by)
    assert log() == before


@pytest.mark.parametrize("name", ["officer", "finance", "reviewer", "manager", "stranger"])
def test_nobody_else_signs(draft, as_, name):
    with as_(name) as by, pytest.raises(NotPermitted):
        actions.sign_off(assessment=draft, seal=queries.seal_of(draft), by=by)


def test_nobody_signs_what_is_submitted(world, as_):
    assessment = assessing.submitted(world)
    with as_("rep") as by, pytest.raises(actions.NotNow):
        actions.sign_off(assessment=assessment, seal=queries.seal_of(assessment), by=by)


def test_postgresql_refuses_a_second_sign_off_of_the_same_text_and_lets_nobody_change_one(world, draft, as_):
    assessing.signed(world, draft, ["rep"])
    with as_("rep"):
        with pytest.raises(ProgrammingError, match="permission denied"), transaction.atomic():
            SignOff.objects.update(seal="0" * 64)
        signed = SignOff.objects.get()
        signed.pk = None
        with pytest.raises(IntegrityError, match="one_sign_off_of_what_was_read"), transaction.atomic():
            signed.save(force_insert=True)


def test_no_command_signs_for_people(draft, as_):
    with as_("officer"), pytest.raises(NotPermitted, match="each member representative can"):
        actions.sign_off(assessment=draft, seal=queries.seal_of(draft), by=SYSTEM)
