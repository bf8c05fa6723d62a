"""The chair submits what is written: complete, signed off, read, and within the round."""

import pytest

from accreditation import actions, queries
from accreditation.models import SelfAssessment
from core.dates import long_date, today
from core.refusals import Already, Incomplete, NotPermitted
from core.working_days import working_days_after
from reviews import queries as reviews
from tests import assessing


def send(assessment, by, seal=None):
    """Press the button below what is written now."""
    return actions.submit(
        assessment=assessment,
        declaration=assessing.DECLARATION,
        seal=queries.seal_of(assessment) if seal is None else seal,
        by=by,
    )


def gaps_of(refused):
    """What an Incomplete asks for."""
    return [str(gap.message) for gap in refused.value.gaps]


def test_what_is_written_is_frozen_and_goes_into_the_queue(world, ready, as_, log):
    with as_("chair") as by:
        written = queries.content_of(ready)
        submission = send(ready, by)
        case = queries.case_of(ready)
        assert reviews.content_of(submission) == written
    assert (submission.number, submission.declaration) == (1, assessing.DECLARATION)
    assert (case.kind, case.subject_id, case.state) == ("self_assessment", ready.pk, "queued")
    assert case.title == "Self-assessment, 2005–06"
    assert case.due_on == working_days_after(today(), ready.round.scheme.review_days)
    with as_("chair"):
        assert assessing.fresh(ready).state == "submitted"
    assert log()[-1] == "reviews.submitted"


def test_twice_is_refused_and_opens_no_second_case(world, ready, as_):
    assessing.submit(world, ready)
    with as_("chair") as by:
        with pytest.raises(actions.NotNow, match="With the Government Office"):
            send(ready, by)
        assert reviews.cases_of(queries.KIND, ready.pk, ready.partnership).count() == 1


@pytest.mark.parametrize("name", ["officer", "rep", "cvs", "finance", "reviewer", "manager", "stranger"])
def test_nobody_but_the_chair_submits(ready, as_, name, log):
    before = log()
    with as_(name) as by, pytest.raises(NotPermitted, match="The chair can"):
        send(ready, by)
    assert log() == before


def test_what_was_saved_while_the_chair_read_is_read_first(world, ready, as_):
    with as_("chair"):
        read = queries.seal_of(ready)
    with as_("officer") as by:
        assessing.plan_action(ready, by, title="One more")
    assessing.signed(world, ready)
    with as_("chair") as by, pytest.raises(Already, match="Read it again"):
        send(ready, by, seal=read)


def test_criterion_4_empty(world, as_):
    draft = assessing.started(world)
    with as_("officer") as by:
        for answer in queries.answers_of(draft):
            if answer.criterion.order != 4:
                actions.save_answer(
                    answer=answer,
                    rating=draft.round.scheme.ratings.first(),
                    agreed_because="",
                    starting_point="Where we began",
                    narrative="How we meet it",
                    version=answer.version,
                    by=by,
                )
        assessing.plan_action(draft, by)
    assessing.signed(world, draft)
    with as_("chair") as by, pytest.raises(Incomplete) as refused:
        send(draft, by)
    assert gaps_of(refused) == [
        "4. Performance managed has no agreed rating",
        "4. Performance managed does not say what the local conditions and the starting point are",
        "4. Performance managed has no narrative",
    ]
    with as_("chair"):
        assert assessing.fresh(draft).state == "draft"
        assert queries.case_of(draft) is None


def test_an_action_without_a_lead(world, draft, as_):
    with as_("officer") as by:
        assessing.plan_action(draft, by, title="Ask the residents", lead=None)
    assessing.signed(world, draft)
    with as_("chair") as by, pytest.raises(Incomplete) as refused:
        send(draft, by)
    assert gaps_of(refused) == ["The action “Ask the residents” has no lead organisation"]


def test_too_few_sign_offs(world, draft, as_):
    assessing.signed(world, draft, ["rep"])
    with as_("chair") as by, pytest.raises(Incomplete) as refused:
        send(draft, by)
    assert gaps_of(refused) == ["2 members sign off what is written now before it is submitted; 1 have"]


def test_after_the_last_day_it_is_refused_with_the_date(world, as_):
    over = assessing.ready(world, assessing.a_round("2004–05", closes_in=-1))
    with as_("chair") as by, pytest.raises(actions.WindowClosed) as refused:
        send(over, by)
    assert f"The last day to submit was {long_date(over.round.closes_on)}." in str(refused.value)
    with as_("chair"):
        assert assessing.fresh(over).state == "draft"


def test_on_the_last_day_it_is_in_time(world):
    last = assessing.ready(world, assessing.a_round("2004–05", closes_in=0))
    assert assessing.submit(world, last).number == 1


def test_the_streamlined_path_says_what_has_changed_and_is_decided_sooner(world, as_):
    draft = assessing.started(world)
    with as_("manager") as by:
        actions.mark_streamlined(assessment=draft, streamlined=True, reason="Its agreement embeds renewal", by=by)
    with as_("officer") as by:
        for answer in queries.answers_of(draft):
            actions.save_answer(
                answer=answer,
                rating=draft.round.scheme.ratings.first(),
                agreed_because="",
                starting_point="As before",
                narrative="",
                version=answer.version,
                by=by,
            )
    with as_("chair") as by, pytest.raises(Incomplete) as refused:
        send(assessing.fresh(draft), by)
    assert gaps_of(refused)[0] == "What has changed since the last round is empty"
    assert len(gaps_of(refused)) == 2  # and nobody has signed
    with as_("officer") as by:
        actions.save_changes_since(assessment=draft, words="A new board", version=draft.version, by=by)
    assessing.signed(world, draft)
    submission = assessing.submit(world, draft)
    content = reviews.content_of(submission)
    assert [section.key for section in content.sections][:2] == ["changes", "strategic"]
    assert content.section("changes").texts[0].words == "A new board"
    assert submission.case.streamlined
    assert submission.case.due_on == working_days_after(today(), draft.round.scheme.streamlined_days)


def test_a_partnership_that_has_ended_submits_nothing(world, ready):
    from partnerships.models import Partnership
    from partnerships.tenancy.context import PartnershipIsOver

    Partnership.objects.filter(pk=world.southwark.pk).update(ended_on=today())
    with pytest.raises(PartnershipIsOver):
        assessing.submit(world, ready)
    assert SelfAssessment.objects.count() == 0  # nothing is open
