"""What has changed between two submissions: words, facts, rows, evidence; and how a page shows it."""

import re
import time

import pytest
from django.template.loader import render_to_string
from django.utils.html import strip_tags
from hypothesis import given
from hypothesis import strategies as st

from reviews.content import Content, Evidence, Fact, Section, Table, Text
from reviews.content.comparison import differences, runs

PLAN = ("Action", "Lead")
BEFORE = Content(
    "Self-assessment",
    (
        Section(
            "inclusive",
            "2. Inclusive",
            facts=(Fact("Rating", "Adequate"), Fact("Scores", "5")),
            texts=(Text("Narrative", "Six of 26 seats are held by residents.\n\nNo seat is held by the young."),),
            tables=(Table("Actions", PLAN, (("Ask the forum", "Council"), ("Write to members", "CVS"))),),
            evidence=(Evidence("Minutes", upload_id=4, file_name="minutes.pdf", sha256="ab" * 32),),
        ),
        Section("efficient", "5. Efficient", texts=(Text("Narrative", "One return."),)),
        Section("old", "Asked no more", texts=(Text("Narrative", "Gone."),)),
    ),
)
AFTER = Content(
    "Self-assessment",
    (
        Section(
            "inclusive",
            "2. Inclusive",
            facts=(Fact("Rating", "Strong"), Fact("Scores", "5")),
            texts=(Text("Narrative", "Seven of 27 seats are held by residents.\n\nNo seat is held by the young."),),
            tables=(Table("Actions", PLAN, (("Ask the forum", "Police"), ("Write to members", "CVS"))),),
            evidence=(Evidence("The forum", url="https://forum.example.org/terms"),),
        ),
        Section("efficient", "5. Efficient", texts=(Text("Narrative", "One return."),)),
    ),
)


def test_it_names_what_changed_and_only_that() -> None:
    inclusive, efficient, old = differences(BEFORE, AFTER)
    assert [each.changed for each in (inclusive, efficient, old)] == [True, False, True]
    assert [(fact.label, fact.before, fact.after) for fact in inclusive.facts if fact.changed] == [
        ("Rating", "Adequate", "Strong")
    ]
    (text,) = inclusive.texts
    assert text.runs == (
        ("removed", "Six "),
        ("added", "Seven "),
        ("same", "of "),
        ("removed", "26 "),
        ("added", "27 "),
        ("same", "seats are held by residents.\n"),
        ("same", "\nNo seat is held by the young."),
    )
    (table,) = inclusive.tables
    assert [op for op, _row in table.rows] == ["removed", "added", "same"]
    assert [(op, each.title) for op, each in inclusive.evidence] == [("added", "The forum"), ("removed", "Minutes")]
    assert old.texts[0].runs == (("removed", "Gone."),)


def test_a_row_that_was_rewritten_stands_beside_what_it_was() -> None:
    columns = ("Partner", "Rating", "Why")
    before = (("Health", "Strong", ""), ("Police", "Strong", "Quicker"), ("CVS", "Weak", "Papers come late"))
    after = (("Council", "Good", "New"), ("CVS", "Good", "They come in time"), ("Health", "Weak", "Slow"))
    old, new = (Content("x", (Section("a", "A", tables=(Table("T", columns, rows),)),)) for rows in (before, after))
    (difference,) = differences(old, new)
    assert [(op, row[0]) for op, row in difference.tables[0].rows] == [
        ("removed", "Health"),
        ("added", "Health"),
        ("removed", "Police"),
        ("removed", "CVS"),
        ("added", "CVS"),
        ("added", "Council"),
    ]


def test_without_a_submission_before_everything_is_new() -> None:
    inclusive, _efficient = differences(None, AFTER)
    assert {op for op, _run in inclusive.texts[0].runs} == {"added"}


@given(st.text("ab \n", max_size=60), st.text("ab \n", max_size=60))
def test_joined_the_runs_are_both_texts(before: str, after: str) -> None:
    made = list(runs(before, after))
    assert "".join(words for op, words in made if op != "added") == before
    assert "".join(words for op, words in made if op != "removed") == after


def test_two_long_texts_without_a_word_in_common_are_compared_at_once() -> None:
    began = time.perf_counter()
    made = list(runs("the old " * 7_500, "a new " * 10_000))
    assert [op for op, _words in made] == ["removed", "added"]
    assert time.perf_counter() - began < 1


def test_of_a_long_text_the_page_shows_what_is_near_a_change() -> None:
    words = [f"word{number}" for number in range(2_000)]
    after = [*words[:1_000], "inserted", *words[1_000:]]
    old = Content("x", (Section("a", "A", texts=(Text("Narrative", " ".join(words)),)),))
    new = Content("x", (Section("a", "A", texts=(Text("Narrative", " ".join(after)),)),))
    (difference,) = differences(old, new)
    html = render_to_string("reviews/differences.html", {"difference": difference})
    assert "word999 " in html and "word1000 " in html
    assert "word500 " not in html
    assert "975 words as before" in html


@pytest.mark.parametrize("level", [2, 3, 4])
def test_a_page_says_what_was_added_and_removed(level: int) -> None:
    inclusive, efficient, _old = differences(BEFORE, AFTER)
    html = render_to_string("reviews/differences.html", {"difference": inclusive, "heading": level})
    assert f"<h{level} " in html
    assert re.search(r"<del><span class=\"govuk-visually-hidden\">\[removed\] </span>Six ", html)
    assert re.search(r"<ins><span class=\"govuk-visually-hidden\">\[added\] </span>Seven ", html)
    assert "Scores" not in html, "what stayed is not shown again"
    assert "Nothing has changed." in render_to_string("reviews/differences.html", {"difference": efficient})


def test_what_was_typed_is_no_markup() -> None:
    old = Content("x", (Section("a", "<b>A</b>", texts=(Text("N", "<script>alert(1)</script>"),)),))
    new = Content("x", (Section("a", "<b>A</b>", texts=(Text("N", "<img src=x onerror=alert(1)>"),)),))
    (difference,) = differences(old, new)
    html = render_to_string("reviews/differences.html", {"difference": difference})
    assert "<script" not in html and "<img" not in html and "<b>" not in html
    assert "&lt;img" in html and strip_tags(html)


def test_words_that_come_again_and_again_are_compared_in_time():
    """The worst that anybody could write: as many repetitions as are still looked at, in another order."""
    before = "x " + " ".join(f"w{number % 101}" for number in range(4000))
    after = "y " + " ".join(f"w{number * 7 % 101}" for number in range(4000))
    for length in (900, 1000, 4000):
        words = [" ".join(text.split()[:length]) for text in (before, after)]
        began = time.process_time()
        assert "".join(run for op, run in runs(*words) if op != "removed") == words[1]
        assert time.process_time() - began < 1


def test_the_last_word_stays_when_a_paragraph_is_added():
    assert list(runs("Made elsewhere.", "Made elsewhere.\n\nNow here.")) == [
        ("same", "Made elsewhere."),
        ("added", "\n\nNow here."),
    ]
