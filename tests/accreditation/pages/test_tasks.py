"""The list of tasks of a self-assessment: how far each is, what comes next, and for whom."""

import pytest

from accreditation import actions, queries
from accreditation.models import Rating
from tests import assessing
from tests.accreditation.pages.conftest import CODE, page, tenants


def text_of(client, address):
    return " ".join(client.get(address).content.decode().split())


def test_scores_that_differ_are_said(world, officer, sign_in):
    assessment = assessing.written(world)
    assessing.scored(world, assessment)
    said = "Scores differ: two say adequate, one says strong"
    assert said in text_of(officer, page(assessment))
    assert said in text_of(sign_in("rep"), page(assessment))


def test_whoever_has_not_scored_learns_nothing_of_others(world, sign_in):
    assessment = assessing.written(world)
    assessing.scored(world, assessment, {"chair": "strong", "cvs": "weak"})
    text = text_of(sign_in("rep"), page(assessment))
    assert "Scores differ" not in text
    assert "Score 1. Strategic" in text
    assert "Not scored by you" in text


def test_what_is_missing_is_counted(world, officer):
    assessment = assessing.started(world)
    with tenants(assessment):
        answer = queries.answers_of(assessment)[0]
        actions.save_answer(
            answer=answer,
            rating=Rating.objects.filter(scheme=assessment.round.scheme_id).first(),
            agreed_because="",
            starting_point="",
            narrative="",
            version=answer.version,
            by=world.access("officer"),
        )
    text = text_of(officer, page(assessment))
    assert "2 to put right" in text
    assert "Narrative is missing" in text
    assert "Carry on with 1. Strategic" in text


@pytest.mark.parametrize(("name", "button"), [("rep", "Read it and sign it off"), ("officer", "See who has signed")])
def test_what_is_written_waits_for_members(world, sign_in, name, button):
    assessment = assessing.written(world)
    assessing.scored(world, assessment)
    assert button in text_of(sign_in(name), page(assessment))


def test_only_the_chair_is_offered_to_submit(world, sign_in):
    assessment = assessing.ready(world)
    assert page(assessment, "submission") in text_of(sign_in("chair"), page(assessment))
    text = text_of(sign_in("officer"), page(assessment))
    assert page(assessment, "submission") not in text
    assert "Next: the chair submits it" in text


def test_changes_that_are_asked_for_stand_on_top(world, officer):
    assessment = assessing.sent_back(world, [CODE, "plan"])
    text = text_of(officer, page(assessment))
    assert "asks for changes" in text
    assert "Say which measures the board looks at." in text
    assert "in 14 days" in text
    assert text.count("As submitted") == 5
    assert text.count("Changes asked for") == 3  # the state, and two parts
    assert "Changes that were asked for go with the declaration of the chair" in text
    assert "Not asked for again" in text
    assert "Carry on with 4. Performance managed" in text


def test_what_was_asked_for_and_changed_waits_for_the_rest(world, officer, sign_in):
    assessment = assessing.sent_back(world, [CODE, "plan"])
    with tenants(assessment):
        assessing.plan_action(assessment, world.access("officer"), title="Share figures")
    text = text_of(officer, page(assessment))
    assert "Next: 4. Performance managed as asked" in text
    assert text.count("Changes asked for") == 2  # the state, and the part that is left
    here = page(assessment, "criterion", CODE)
    assert "Say which measures the board looks at." in text_of(officer, here)
    assert "though not all that was asked for has changed" in text_of(sign_in("chair"), page(assessment))


def test_a_round_that_is_over_says_so(world, officer):
    assessment = assessing.started(world, assessing.a_round(closes_in=-3))
    text = text_of(officer, page(assessment))
    assert "3 days ago" in text
    assert "lsp-moves--late" in text


def test_both_decisions_and_the_appeal_are_on_the_page(world, sign_in):
    assessment = assessing.deferred(world)
    text = text_of(sign_in("chair"), page(assessment))
    assert "Amber/Red" in text
    assert "Appeal against this decision" in text
    assert "Appeal against this decision" not in text_of(sign_in("rep"), page(assessment))


def test_questions_to_the_database_do_not_grow_with_what_is_written(world, officer, django_assert_max_num_queries):
    assessment = assessing.written(world)

    def questions(name):
        with django_assert_max_num_queries(1000) as asked:
            assert officer.get(page(assessment, name)).status_code == 200
        return len(asked)

    pages = ("assessment", "check", "plan")
    questions("plan")  # what is asked once for a session
    few = {name: questions(name) for name in pages}
    with tenants(assessment):
        criteria = list(queries.criteria_of(assessment))
        for number in range(100):
            assessing.plan_action(assessment, world.access("officer"), title=f"Action {number}")
            actions.add_link(
                assessment=assessment,
                criterion=criteria[number % 6],
                title=f"Paper {number}",
                url=f"https://example.org/{number}",
                by=world.access("officer"),
            )
    assert {name: questions(name) for name in pages} == few


def test_a_stranger_finds_nothing(world, sign_in):
    assessment = assessing.written(world)
    assert sign_in("stranger").get(page(assessment)).status_code == 404
    assert sign_in("reviewer").get(page(assessment)).status_code == 403
    other = page(assessment).replace("/southwark/", "/hackney/")
    assert sign_in("hackney_officer").get(other).status_code == 404
