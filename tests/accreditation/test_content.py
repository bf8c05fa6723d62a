"""A self-assessment as the queue sees it: a section per criterion and one for the plan, without names of people."""

import json

from accreditation import actions, queries
from reviews.content import Content, Evidence, Fact, Text
from tests import assessing


def test_a_section_per_criterion_and_one_for_the_plan(ready, as_):
    with as_("officer"):
        content = queries.content_of(ready)
    assert content.title == "Self-assessment, 2005–06"
    assert [(section.key, section.title) for section in content.sections] == [
        ("strategic", "1. Strategic"),
        ("inclusive", "2. Inclusive"),
        ("action-focused", "3. Action-focused"),
        ("performance-managed", "4. Performance managed"),
        ("efficient", "5. Efficient"),
        ("learning-and-development", "6. Learning and development"),
        ("plan", "Action plan"),
    ]


def test_a_criterion_says_rating_reason_texts_scores_and_evidence(ready, as_):
    with as_("officer"):
        section = queries.content_of(ready).section("strategic")
    assert section.facts == (
        Fact("Agreed rating", "Adequate"),
        Fact("Why this rating", "What partners agreed on about “Strategic”."),
    )
    assert section.texts == (
        Text("Local conditions and starting point", "Half of the area is among the poorest tenth of the country."),
        Text("How the partnership meets it", "How the partnership is strategic."),
    )
    (scores,) = section.tables
    assert scores.columns == ("Partner", "Rating", "Why")
    assert scores.rows == (
        ("Chair", "Strong", "As chair sees it"),
        ("Member representative", "Adequate", "As rep sees it"),
        ("Voluntary sector officer", "Adequate", "As cvs sees it"),
    )
    assert section.evidence == (
        Evidence("Community Strategy 2006 to 2016", url="https://southwark.example.org/strategy"),
    )


def test_the_plan_is_a_table(ready, as_):
    with as_("officer"):
        (table,) = queries.content_of(ready).section("plan").tables
    assert table.columns == ("Criterion", "Action", "Lead", "When", "How it is measured", "Progress")
    assert table.rows == (
        (
            "Performance managed",
            "One set of measures for all partners",
            "Southwark Council",
            "1 April 2006 to 31 March 2007",
            "Partners that report on the same measures",
            "Not begun",
        ),
    )


def test_the_plan_of_a_review_says_how_far_it_is(world, as_):
    assessment = assessing.deferred(world)
    with as_("officer") as by:
        action = queries.actions_of(assessment).get()
        actions.note_progress(action=action, state="under_way", words="Two partners agreed", by=by)
        (table,) = queries.content_of(assessment).section("plan").tables
    assert table.rows[0][-1] == "Under way: Two partners agreed"


def test_an_empty_draft_has_content_too(world, as_):
    draft = assessing.started(world)
    with as_("officer"):
        content = queries.content_of(draft)
    assert [section.facts for section in content.sections[:6]] == [(Fact("Agreed rating", "Not rated"),)] * 6
    assert all(not section.texts and not section.tables and not section.evidence for section in content.sections)


def test_nobody_stands_in_it_by_name(world, ready, as_):
    with as_("officer"):
        frozen = json.dumps(queries.content_of(ready).as_json())
    for person in world.people.values():
        assert person.email not in frozen
        assert f'"{person.name}"' not in frozen or person.name == "Chair"


def test_it_comes_back_from_json_as_it_was(ready, as_):
    with as_("officer"):
        content = queries.content_of(ready)
    assert Content.from_json(json.loads(json.dumps(content.as_json()))) == content


def test_its_seal_changes_with_every_word_and_with_nothing_else(ready, as_):
    with as_("officer") as by:
        before = queries.seal_of(ready)
        assert queries.seal_of(assessing.fresh(ready)) == before
        assessing.plan_action(ready, by, title="One more")
        assert queries.seal_of(ready) != before
