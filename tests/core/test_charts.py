"""Drawings say what they show, repeat no id, and keep their letters apart and on the paper."""

import itertools
import re
from decimal import Decimal
from xml.etree import ElementTree

import pytest
from hypothesis import given
from hypothesis import strategies as st

from core.charts import bars, dots, ring_cover, seat_ring

AREAS = [("Most deprived tenth", 24), ("Next tenth", 81), ("Elsewhere", None)]
SOUTHWARK = [
    ("residents", "residents", 6, 0),
    ("voluntary groups", "voluntary", 5, 1),
    ("faith", "faith", 2, 0),
    ("business", "business", 2, 0),
    ("public agencies", "agencies", 11, 0),
]
NAMES = st.text(st.characters(codec="ascii", categories=["L", "Zs"]), max_size=40)


def tables(most):
    """Tables of up to `most` sectors with all sorts of names."""
    return st.lists(st.tuples(NAMES, NAMES, st.integers(0, 30), st.integers(0, 5)), max_size=most)


def parsed(html):
    return ElementTree.fromstring(html)


def drawings(html):
    return parsed(html).findall("svg")


def test_a_figure_says_what_it_says_and_of_what():
    figure = parsed(bars("imd", "Two in three <areas>", "Areas, 2004", AREAS, source="The Index"))
    assert figure.findtext("figcaption") == "Two in three <areas>"
    assert [p.text for p in figure.findall("p")] == ["Areas, 2004", "Source: The Index"]


@pytest.mark.parametrize("html", [bars("k", "t", "u", AREAS), seat_ring("k", SOUTHWARK)])
def test_a_figure_is_drawn_wide_and_narrow_with_ids_of_its_own(html):
    wide, narrow = drawings(html)
    assert (wide.get("class"), narrow.get("class")) == ("lsp-figure__wide", "lsp-figure__narrow")
    assert wide.get("aria-labelledby") == wide.find("title").get("id") == "k-wide"
    assert narrow.get("aria-labelledby") == narrow.find("title").get("id") == "k-narrow"
    assert "style=" not in html


def test_bars_are_as_long_as_their_values():
    for drawing in drawings(bars("k", "t", "u", [("a", Decimal(10)), ("b", 20), ("c", 0)])):
        one, two, none = (float(rect.get("width")) for rect in drawing.findall("rect"))
        assert two == pytest.approx(2 * one, abs=0.2)
        assert none == 0


def test_one_bar_is_highlighted():
    fills = {rect.get("fill") for rect in drawings(bars("k", "t", "u", AREAS))[0].findall("rect")}
    assert len(fills) == 1
    first, *others = drawings(bars("k", "t", "u", AREAS, highlight=["Most deprived tenth"]))[0].findall("rect")
    assert first.get("fill") != others[0].get("fill")


def test_missing_figures_are_named():
    assert "Elsewhere: No data" in drawings(bars("k", "t", "u", AREAS))[0].findtext("title")


def test_a_bar_cannot_be_negative():
    with pytest.raises(ValueError, match="zero"):
        bars("k", "t", "u", [("a", -1)])


def test_a_long_label_is_wrapped_and_shortened_and_spoken_whole():
    label = "Small areas among the most deprived tenth of all areas in England at the time of the index " * 2
    for drawing in drawings(bars("k", "t", "u", [(label.strip(), 1)])):
        lines = [text.text for text in drawing.findall("text")]
        assert len(lines) == 3
        assert lines[1].endswith("…")
        assert label.strip() in drawing.findtext("title")


def circles(drawing):
    held = [c for c in drawing.iter("circle") if c.get("fill") == "#0b4f5c"]
    return len(held), len([c for c in drawing.iter("circle") if c.get("stroke-dasharray")])


def test_the_ring_has_a_dot_for_every_seat():
    for drawing in drawings(seat_ring("k", SOUTHWARK)):
        assert circles(drawing) == (26, 1)
        assert "voluntary groups: 5 seats filled, 1 open" in drawing.findtext("title")


@given(tables(9))
def test_seats_and_labels_of_any_table_keep_apart(table):
    for drawing in drawings(seat_ring("k", table)):
        assert circles(drawing) == (sum(row[2] for row in table), sum(row[3] for row in table))
        for one, other in itertools.pairwise(drawing.findall("circle")[1:]):
            apart = abs(complex(*(float(one.get(k)) - float(other.get(k)) for k in ("cx", "cy"))))
            assert apart >= float(one.get("r")) + float(other.get("r")) - 0.3
        counts = [text for text in drawing.findall("text") if text.get("font-weight") == "600"]
        for side in ("start", "end"):
            tops = sorted(float(text.get("y")) for text in counts if text.get("text-anchor") == side)
            assert all(below - above > 14 for above, below in itertools.pairwise(tops))


@given(tables(5))
def test_all_letters_of_a_common_table_are_on_the_paper(table):
    for drawing in drawings(seat_ring("k", table)):
        width, height = map(float, drawing.get("viewBox").split()[2:])
        for text in drawing.findall("text"):
            assert 10 < float(text.get("y")) < height
            assert 0 < float(text.get("x")) < width


@pytest.mark.parametrize(("held", "open_"), [(0, 0), (1, 0), (11, 0), (5, 1), (45, 3)])
def test_dots(held, open_):
    drawing = parsed(dots(held, open_))
    assert circles(drawing) == (held, open_)
    assert all(float(c.get("cx")) < float(drawing.get("width")) for c in drawing.findall("circle"))
    assert all(float(c.get("cy")) < float(drawing.get("height")) for c in drawing.findall("circle"))
    assert re.match(rf"{held} seats? filled", drawing.findtext("title"))


@pytest.mark.parametrize(("held", "open_"), [(0, 0), (26, 0), (26, 1), (60, 3)])
def test_a_cover_always_has_one_marigold_seat(held, open_):
    drawing = parsed(ring_cover(held, open_))
    assert sum(c.get("stroke") == "#f0a92b" for c in drawing.findall("circle")) == 1
    assert sum(c.get("fill") == "#ffffff" for c in drawing.findall("circle")) == held
    assert drawing.find("title") is not None
