"""How a section is shown: facts, texts, tables, evidence; and that nothing typed becomes markup."""

import re
from itertools import pairwise

import pytest
from django.template.loader import render_to_string

from reviews.content import Evidence, Fact, Section, Table, Text

SHA = "0123456789abcdef" * 4
SECTION = Section(
    "strategic",
    "1. Strategic",
    facts=(Fact("Rating", "Strong"), Fact("Scores", "Strong 4, adequate 1")),
    texts=(Text("Narrative", "# One plan\n\nIt **replaces** five."), Text("Starting point", "")),
    tables=(
        Table("What partners think", ("Partner", "Rating"), (("Police", "Strong"), ("Health", ""))),
        Table("Actions", ("Action", "Lead"), ()),
    ),
    evidence=(
        Evidence("The plan", url="https://plan.example.org/long/way"),
        Evidence("Minutes", upload_id=7, file_name="minutes.pdf", sha256=SHA),
        Evidence("Accounts", upload_id=8, file_name="accounts.xlsx", sha256=SHA),
        Evidence("No address", url="javascript:alert(1)"),
    ),
)


def shown(section: Section = SECTION, **context: object) -> str:
    return render_to_string("reviews/section.html", {"section": section, **context})


def test_it_shows_everything_that_was_submitted() -> None:
    html = shown()
    assert '<h3 class="govuk-heading-s" dir="auto">1. Strategic</h3>' in html
    assert 'Rating: <strong dir="auto">Strong</strong>' in html
    assert "<strong>replaces</strong>" in html
    assert "Nothing was written." in html and "Nothing was entered." in html
    assert '<td class="govuk-table__cell" data-label="Rating"><span dir="auto">Not given</span></td>' in html
    assert html.count('scope="row"') == 2 and html.count('scope="col"') == 2 and html.count("<caption") == 1


@pytest.mark.parametrize("level", [2, 3, 4])
def test_its_headings_follow_the_level_of_its_title(level: int) -> None:
    found = [int(each) for each in re.findall(r"<h(\d)", shown(heading=level))]
    assert found[:3] == [level, level + 1, level + 2], "title, label, heading of the text"
    assert all(deeper - higher <= 1 for higher, deeper in pairwise(found))


def test_a_file_is_a_link_only_where_the_page_gives_its_address() -> None:
    html = shown(evidence_urls={7: "/files/7/"})
    assert '<a class="govuk-link" href="/files/7/">Minutes</a>' in html
    assert "Accounts <span" in html and "accounts.xlsx, SHA-256 0123456789ab…" in html
    assert shown().count("<a ") == 1, "on paper a file is named"


def test_an_address_is_a_link_only_if_it_is_one_of_the_web() -> None:
    html = shown()
    assert 'href="https://plan.example.org/long/way"' in html and "plan.example.org</span>" in html
    assert "javascript:" not in html


def test_a_page_may_say_a_word_about_it() -> None:
    assert '<span class="lsp-flag">Changed</span>' in shown(flag="Changed")
    assert "lsp-flag" not in shown()


def test_what_was_typed_is_no_markup() -> None:
    bad = "<script>alert(1)</script>"
    html = shown(
        Section(
            "a",
            bad,
            (Fact(bad, bad),),
            (Text(bad, bad),),
            (Table(bad, (bad, bad), ((bad, bad),)),),
            (Evidence(bad, file_name=bad),),
        )
    )
    assert "<script" not in html


def test_a_row_of_another_width_is_not_shown_askew() -> None:
    with pytest.raises(ValueError, match="argument"):
        shown(Section("a", "A", tables=(Table("T", ("One", "Two"), (("a",),)),)))
