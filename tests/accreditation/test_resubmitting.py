"""Answering what the Government Office has asked for: only that changes, and it sees what."""

import pytest

from accreditation import actions, queries
from core.refusals import Already, Incomplete, NotPermitted
from partnerships.models import Organisation
from reviews import queries as reviews
from tests import assessing


def rewrite(assessment, by, code="performance-managed", words="The board looks at four measures."):
    """Write another narrative for one criterion."""
    answer = queries.answers_of(assessment).get(criterion__code=code)
    return actions.save_answer(
        answer=answer,
        rating=answer.rating,
        agreed_because=answer.agreed_because,
        starting_point=answer.starting_point,
        narrative=words,
        version=answer.version,
        by=by,
    )


def test_the_chair_submits_again_what_was_asked_for(world, as_, log):
    assessment = assessing.sent_back(world)
    with as_("officer") as by:
        rewrite(assessment, by)
    submission = assessing.submit(world, assessment)
    with as_("reviewer"):
        before, after = reviews.content_of(reviews.submission_before(submission)), reviews.content_of(submission)
        assert assessing.fresh(assessment).state == "submitted"
        assert queries.case_of(assessment).state == "claimed"
    changed = [section.key for section in after.sections if section != before.section(section.key)]
    assert (submission.number, changed) == (2, ["performance-managed"])
    assert log()[-1] == "reviews.answered"


def test_it_needs_no_new_sign_off(world, as_):
    assessment = assessing.sent_back(world)
    with as_("officer") as by:
        rewrite(assessment, by)
        assert queries.gaps(assessment) == []


def test_what_was_asked_for_has_to_be_complete(world, as_):
    assessment = assessing.sent_back(world)
    with as_("officer") as by:
        rewrite(assessment, by, words="")
    with pytest.raises(Incomplete) as refused:
        assessing.submit(world, assessment)
    assert [str(gap.message) for gap in refused.value.gaps] == ["4. Performance managed has no narrative"]


def test_locked_sections_stay_word_for_word_though_an_organisation_has_another_name(world, as_):
    assessment = assessing.sent_back(world)
    with as_("officer") as by:
        Organisation.objects.filter(name="Southwark Council").update(name="Council of Southwark")
        rewrite(assessment, by)
    content = reviews.content_of(assessing.submit(world, assessment))
    assert content.section("plan").tables[0].rows[0][2] == "Southwark Council"


def test_what_was_saved_while_the_chair_read_is_read_first(world, as_):
    assessment = assessing.sent_back(world)
    with as_("chair"):
        read = queries.seal_of(assessment)
    with as_("officer") as by:
        rewrite(assessment, by)
    with as_("chair") as by, pytest.raises(Already, match="Read it again"):
        actions.resubmit(assessment=assessment, declaration="", seal=read, by=by)


@pytest.mark.parametrize("name", ["officer", "rep", "reviewer", "stranger"])
def test_nobody_but_the_chair_submits_again(world, as_, name):
    assessment = assessing.sent_back(world)
    with as_(name) as by, pytest.raises(NotPermitted):
        actions.resubmit(assessment=assessment, declaration="", seal=queries.seal_of(assessment), by=by)


def test_twice_is_refused(world, as_):
    assessment = assessing.sent_back(world)
    assessing.submit(world, assessment)
    with as_("chair") as by, pytest.raises(actions.NotNow):
        actions.resubmit(assessment=assessment, declaration="", seal=queries.seal_of(assessment), by=by)


def test_it_may_be_late_and_after_the_round(world, as_):
    from accreditation.models import Round
    from tests.conftest import as_owner

    assessment = assessing.sent_back(world)
    with as_owner():
        Round.objects.update(opens_on="2005-01-01", closes_on="2005-02-01")
    assert assessing.submit(world, assessment).number == 2
