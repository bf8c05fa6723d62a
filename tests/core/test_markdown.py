"""What people type becomes HTML in which nothing can be hidden and nothing is skipped."""

import itertools
import re
import time
from html.parser import HTMLParser

import pytest
from hypothesis import given
from hypothesis import strategies as st

from core.markdown import to_html, to_text

ALLOWED = {
    "p", "strong", "em", "ul", "ol", "li", "blockquote", "h3", "h4", "h5", "a", "code", "hr", "br",
    "table", "thead", "tbody", "tr", "th", "td",
}  # fmt: skip
ATTRIBUTES = {"class", "dir", "href", "rel", "scope", "start"}


class Reader(HTMLParser):
    """The elements of a piece of HTML, as a browser finds them."""

    def __init__(self, html):
        super().__init__()
        self.elements, self.words = [], []
        self.feed(html)
        self.close()

    def handle_starttag(self, tag, attrs):
        self.elements.append((tag, dict(attrs)))

    def handle_data(self, data):
        self.words.append(data)


def read(text, **kwargs):
    return Reader(to_html(text, **kwargs))


HOSTILE = [
    "<script>alert(1)</script>",
    "<img src=x onerror=alert(1)>",
    "[x](javascript:alert(1))",
    "[x](JaVaScRiPt:alert(1))",
    "[x](java\tscript:alert(1))",
    "[x](data:text/html;base64,PHNjcmlwdD4=)",
    "[x](vbscript:msgbox(1))",
    "[x](/relative)",
    "[x](//other.example)",
    "[x](#anchor)",
    "<javascript:alert(1)>",
    "![x](http://example.org/pixel.png)",
    "[x][1]\n\n[1]: javascript:alert(1)",
    '[x](http://example.org "onmouseover=alert(1)")',
    '[x](http://example.org/"onmouseover="alert(1))',
    "<p style='position:fixed'>x</p>",
    "<a href='http://example.org'>x</a>",
    "<!-- --><svg><style>*{}</style></svg>",
    "|<b onclick=x>|\n|-|\n|<iframe>|",
    "&lt;script&gt;",
    "```html\n<script>\n```",
    "x\x00<script>\ud800",
]


@pytest.mark.parametrize("text", HOSTILE)
def test_hostile_text_stays_text(text):
    assert_harmless(read(text))


@given(
    st.lists(
        st.one_of(st.sampled_from(HOSTILE), st.text(max_size=30), st.sampled_from(list("\n#>-*_`[]()|!<&:\\ \t1."))),
        max_size=12,
    ).map("".join)
)
def test_no_text_at_all_gets_through_as_anything_else(text):
    assert_harmless(read(text))


def assert_harmless(page):
    for tag, attributes in page.elements:
        assert tag in ALLOWED
        assert attributes.keys() <= ATTRIBUTES
        if tag == "a" and "href" in attributes:
            assert re.match(r"(https?|mailto):", attributes["href"], re.IGNORECASE)
            assert attributes["rel"] == "noopener noreferrer"


@given(st.lists(st.integers(1, 6), min_size=1, max_size=12), st.integers(2, 4))
def test_headings_start_at_the_base_and_skip_no_level(levels, base):
    page = read("\n\n".join(f"{'#' * level} Heading" for level in levels), heading_base=base)
    found = [int(tag[1]) for tag, _attributes in page.elements]
    assert len(found) == len(levels)
    assert found[0] == base
    assert max(found) <= base + 2
    assert all(after <= before + 1 for before, after in itertools.pairwise(found))


def test_every_block_finds_its_own_direction():
    page = read("# שלום\n\nمرحبا\n\n- a\n\n1. b\n\n> c\n\n|a|b|\n|-|-|\n|1|2|")
    blocks = [attributes for tag, attributes in page.elements if tag not in {"thead", "tbody", "tr"}]
    assert len(blocks) == 13
    assert all(attributes["dir"] == "auto" for attributes in blocks)


def test_a_table_names_its_columns_and_aligns_figures():
    page = read("|Measure|Now|\n|-|-:|\n|Work|62.6|")
    heads = [attributes for tag, attributes in page.elements if tag == "th"]
    assert [head["scope"] for head in heads] == ["col", "col"]
    assert "numeric" in heads[1]["class"]
    assert "style" not in str(page.elements)


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("<b>bold</b>", "<b>bold</b>"),
        ("    indented", "indented"),
        ("~~struck~~", "~~struck~~"),
        ("![a picture](http://example.org/a.png)", "a picture"),
        ("[x](javascript:alert(1))", "[x](javascript:alert(1))"),
        ("[the plan](/plan/)", "[the plan](/plan/)"),
    ],
)
def test_what_is_not_understood_is_kept_as_text(text, words):
    page = read(text)
    assert [tag for tag, _attributes in page.elements] == ["p"]
    assert "".join(page.words).strip() == words


@pytest.mark.parametrize(
    "text",
    [
        "Some *words* and [a link](http://example.org).\n\n" * 20_000,  # 1 MB of what people write
        "> " * 100_000,
        "- " * 100_000,
        "[" * 100_000,
        "![" * 50_000,
        "*a_ " * 25_000,
        "[a](<" * 20_000,
        "`a``" * 25_000,
        "|a" * 300 + "\n" + "|-" * 300 + "\n" + "x\n" * 20_000,
    ],
    ids=lambda text: text[:8].strip(),
)
def test_a_long_or_tangled_text_ends_quickly(text):
    started = time.process_time()
    to_html(text)
    assert time.process_time() - started < 10


def test_plain_text_for_mails():
    text = "# Vision\n\nWork *that* pays, see [the plan](http://example.org).\n\n- one\n- two\n\n|a|b|\n|-|-|\n|1|2|"
    assert to_text(text) == (
        "Vision\n\nWork that pays, see the plan (http://example.org).\n\n- one\n\n- two\n\na | b\n\n1 | 2"
    )


@pytest.mark.parametrize(
    "deep",
    [
        "> " * 60 + "deep",
        "\n".join("  " * depth + f"- {depth} deep" for depth in range(40)),
        "*" * 4000 + "deep" + "*" * 4000,
    ],
    ids=["quotations", "lists", "stars"],
)
def test_what_is_nested_deeper_than_anybody_reads_is_shown_as_it_was_typed(deep):
    text = f"{deep}\n\nThe end."
    read = Reader(to_html(text))
    assert len(read.elements) < 50
    for words in ("".join(read.words), to_text(text)):
        assert "deep" in words and words.strip().endswith("The end.")


def test_a_table_of_short_rows_is_not_filled_up_without_end():
    """By default the parser adds up to 65,536 empty cells a table: 13,000 letters became 24 MB."""
    wide = "|a" * 200 + "\n" + "|-" * 200 + "\n" + "x\n" * 400 + "\n"
    html = to_html(wide * 8)
    assert html.count("<table") == 8
    assert len(html) < 100 * len(wide * 8)


def test_the_cells_that_a_table_lacks_are_there_and_empty():
    html = to_html("|a|b|c|\n|-|-|-|\n" + "|1|\n" * 100)
    assert (html.count("<tr"), html.count("<td")) == (101, 300)
