"""Saving the agreed answers: each by itself, against the version its writer saw."""

import pytest

from accreditation import actions, queries
from accreditation.models import Rating
from core.refusals import Conflict, NotPermitted
from partnerships.models import Deed
from tests import assessing

WORDS = {
    "agreed_because": "Most partners think so.",
    "starting_point": "Five estates, no shared plan.",
    "narrative": "A plan **for all**.",
}


def save(answer, by, **changes):
    """Send the form of an answer; what is not given is as in WORDS, the rating Weak."""
    rating = Rating.objects.get(scheme=answer.assessment.round.scheme_id, code="weak")
    values = {"rating": rating, **WORDS, "version": answer.version, **changes}
    return actions.save_answer(answer=answer, **values, by=by)


def answer_of(assessment, code="efficient"):
    """The answer to one criterion as it is stored now."""
    return queries.answers_of(assessment).get(criterion__code=code)


def test_the_officer_saves_an_answer(draft, as_):
    with as_("officer") as by:
        before = answer_of(draft)
        save(before, by)
        after = answer_of(draft)
        deed = Deed.objects.latest("number")
    assert {name: getattr(after, name) for name in WORDS} == WORDS
    assert (after.rating.label, after.version) == ("Weak", before.version + 1)
    assert (deed.verb, deed.subject_label) == ("accreditation.answer_saved", "Efficient")
    assert deed.changes["rating"] == ["Adequate", "Weak"]


def test_saving_the_same_twice_changes_nothing(draft, as_, log):
    with as_("officer") as by:
        before = answer_of(draft)
        save(before, by)
        said = log()
        save(before, by)
        assert answer_of(draft).version == before.version + 1
    assert log() == said


def test_whoever_was_overtaken_sees_both_texts_and_nothing_is_lost(draft, as_):
    with as_("officer") as by:
        seen = answer_of(draft)
        save(seen, by, narrative="The first")
        with pytest.raises(Conflict) as refused:
            save(seen, by, narrative="The second")
        assert answer_of(draft).narrative == "The first"
    conflict = refused.value
    assert (conflict.mine["narrative"], conflict.theirs["narrative"]) == ("The second", "The first")
    assert (conflict.by, conflict.version) == ("Officer", seen.version + 1)


@pytest.mark.parametrize("name", ["chair", "rep", "cvs", "finance", "reviewer", "manager", "stranger"])
def test_nobody_else_writes(draft, as_, name, log):
    before = log()
    with as_(name) as by, pytest.raises(NotPermitted, match="The co-ordinating officer can"):
        save(answer_of(draft), by)
    assert log() == before


def test_after_submission_nothing_is_written_and_the_refusal_says_who_can_send_it_back(world, as_):
    assessment = assessing.submitted(world)
    with as_("officer") as by, pytest.raises(actions.NotNow) as refused:
        save(answer_of(assessment), by)
    assert "With the Government Office" in str(refused.value)
    assert "The reviewer can send it back for changes, and the chair can withdraw it." in str(refused.value)


def test_after_the_decision_nothing_is_written(world, as_):
    assessment = assessing.decided(world, "green")
    with as_("officer") as by, pytest.raises(actions.NotNow, match="What was decided stays"):
        save(answer_of(assessment), by)


def test_a_deferred_one_is_written_again(world, as_):
    assessment = assessing.deferred(world)
    with as_("officer") as by:
        save(answer_of(assessment), by)
        assert answer_of(assessment).narrative == WORDS["narrative"]


def test_when_it_is_sent_back_only_what_was_asked_for_is_open(world, as_):
    assessment = assessing.sent_back(world, ["performance-managed"])
    with as_("officer") as by:
        save(answer_of(assessment, "performance-managed"), by)
        with pytest.raises(actions.SectionLocked, match="has not asked for changes of this part"):
            save(answer_of(assessment, "efficient"), by)
        assert queries.may_write(assessment, "performance-managed", by)
        assert not queries.may_write(assessment, "efficient", by)
        assert not queries.may_write(assessment, "plan", by)
    with as_("chair") as by:
        assert not queries.may_write(assessment, "performance-managed", by)


def test_changes_since_the_last_round_are_saved_against_their_version(world, as_):
    draft = assessing.started(world)
    with as_("officer") as by:
        actions.save_changes_since(assessment=draft, words="A new board", version=draft.version, by=by)
        actions.save_changes_since(assessment=draft, words="A new board", version=draft.version, by=by)
        with pytest.raises(Conflict, match="Officer saved this part"):
            actions.save_changes_since(assessment=draft, words="A new chair", version=draft.version, by=by)
        assert assessing.fresh(draft).changes_since == "A new board"
