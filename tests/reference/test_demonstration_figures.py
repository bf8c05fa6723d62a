"""What the demonstration strategies state about an area is what the reference data says."""

import re

import pytest

AREAS = ["southwark", "islington", "hackney"]
NUMBERS = {16: "sixteen", 24: "twenty-four", 66: "sixty-six", 76: "seventy-six"}
NUMBERS |= {77: "seventy-seven", 79: "seventy-nine", 81: "eighty-one", 94: "ninety-four", 95: "ninety-five"}
NUMBERS |= {31: "thirty-one", 43: "forty-three", 64: "sixty-four", 91: "ninety-one"}
CODES = {"southwark": "00BE", "islington": "00AU", "hackney": "00AM", "lambeth": "00AY", "lewisham": "00AZ"}


@pytest.fixture(scope="module")
def figure(places):
    """Look up a figure of an authority named in a text."""
    values = {
        (row["measure_code"], row["authority_code"], row["period"]): float(row["value"]) for row in places("figures")
    }
    return lambda measure, area, period: values[measure, f"snac:{CODES[area]}", period]


@pytest.mark.parametrize(
    ("area", "measure", "period", "before", "after"),
    [
        ("southwark", "small_areas_worst_fifth", "2007", "", " of ours are among the most deprived fifth"),
        ("southwark", "small_areas_worst_tenth", "2004", "In 2004 ", " small areas were among the most deprived tenth"),
        ("southwark", "small_areas_worst_tenth", "2007", "in 2007 there were ", ". A third fewer"),
        ("islington", "small_areas_worst_fifth", "2004", "", " of Islington’s 118 small areas"),
        ("islington", "small_areas_worst_fifth", "2007", "In 2007 there were ", ": 65 per cent"),
        ("islington", "small_areas_worst_tenth", "2004", "there were ", " and then thirty-one"),
        ("islington", "small_areas_worst_tenth", "2007", "and then ", "."),
        ("hackney", "small_areas_worst_tenth", "2004", "there were ", " small areas in 2004"),
        ("hackney", "small_areas_worst_tenth", "2007", "and ", " in 2007"),
    ],
)
def test_counts_in_words_are_those_of_the_index(strategy, figure, area, measure, period, before, after):
    assert f"{before}{NUMBERS[figure(measure, area, period)]}{after}" in strategy(area)["area"]


@pytest.mark.parametrize(("area", "neighbour"), [("southwark", "lambeth"), ("southwark", "lewisham")])
def test_neighbours_are_told_truly(strategy, figure, area, neighbour):
    worst = NUMBERS[figure("small_areas_worst_fifth", neighbour, "2007")]
    text = strategy(area)["area"]
    assert re.search(
        rf"{neighbour.title()} (had )?{worst}( small areas)? of {figure('small_areas', neighbour, '2007'):.0f}", text
    )
    earlier = figure("small_areas_worst_fifth", neighbour, "2004")
    assert earlier < figure("small_areas_worst_fifth", neighbour, "2007")


def test_the_belt_of_southwark_is_the_second_tenth(strategy, figure, places):
    belt = {
        year: figure("small_areas_worst_fifth", "southwark", year)
        - figure("small_areas_worst_tenth", "southwark", year)
        for year in ("2004", "2007")
    }
    text = strategy("southwark")["area"]
    assert f"{NUMBERS[belt['2004']]} small areas in 2004, {NUMBERS[belt['2007']]} in 2007" in text
    rows = {
        (row["measure_code"], row["authority_code"], row["period"]): float(row["value"]) for row in places("figures")
    }
    share = {
        code: (rows["small_areas_worst_fifth", code, "2007"] - rows["small_areas_worst_tenth", code, "2007"]) / value
        for (measure, code, period), value in rows.items()
        if (measure, period) == ("small_areas", "2007")
    }
    assert sorted(share, key=share.__getitem__)[-2:] == ["snac:00BE", "snac:00BB"]  # Southwark, then Newham above it
    assert f"{share['snac:00BE']:.0%}".replace("%", " per cent") in text


@pytest.mark.parametrize("area", AREAS)
def test_scores_ranks_and_pounds_are_those_of_the_reference_data(strategy, figure, area):
    text = strategy(area)["area"]
    for year in ("2004", "2007"):
        assert f"{figure('mean_score', area, year):.1f}" in text
    assert f"£{figure('sscf', area, '2005-06'):,.0f}" in text
    ordinals = {2: "second", 5: "fifth", 6: "sixth", 9: "ninth", 16: "sixteenth", 26: "twenty-sixth"}
    for year in ("2004", "2007"):
        assert ordinals[int(figure("rank_of_mean_score", area, year))] in text
