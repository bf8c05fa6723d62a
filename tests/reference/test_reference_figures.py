"""Figures of authorities, regions and England."""

from collections import defaultdict
from decimal import Decimal

import pytest

ROWS_PER_MEASURE = {"sscf": 33}  # everything else covers all 354 authorities


@pytest.fixture(scope="module")
def figures(places):
    """{(measure, period): {authority: value}}"""
    found = defaultdict(dict)
    for row in places("figures"):
        key = (row["measure_code"], row["period"])
        assert row["authority_code"] not in found[key]
        found[key][row["authority_code"]] = Decimal(row["value"])
    return found


@pytest.fixture(scope="module")
def totals(places):
    return {
        (row["measure_code"], row["area_code"], row["period"]): Decimal(row["value"]) for row in places("area_totals")
    }


def test_every_measure_covers_its_authorities(figures, places):
    codes = {row["code"] for row in places("authorities")}
    for (measure, _), values in figures.items():
        assert len(values) == ROWS_PER_MEASURE.get(measure, 354)
        assert values.keys() <= codes


def test_every_figure_has_a_measure_and_every_measure_a_figure(figures, totals, places):
    measures = {row["code"] for row in places("measures")}
    assert {measure for measure, _ in figures} | {measure for measure, *_ in totals} == measures


def test_measures_say_what_is_better_and_what_is_derived(places):
    for row in places("measures"):
        assert row["polarity"] in {"", "lower_is_better", "higher_is_better"}
        assert row["derived"] in {"yes", "no"}


def test_a_tenth_and_a_fifth_of_england_are_a_tenth_and_a_fifth(figures):
    for year in ("2004", "2007"):
        small_areas = sum(figures["small_areas", year].values())
        assert small_areas == 32_482
        assert sum(figures["small_areas_worst_tenth", year].values()) == small_areas // 10
        assert sum(figures["small_areas_worst_fifth", year].values()) == small_areas // 5


@pytest.mark.parametrize("measure", ["mean_score", "rank_of_mean_score"])
@pytest.mark.parametrize("year", ["2004", "2007"])
def test_ranks_follow_the_mean_scores(figures, measure, year):
    by_score = sorted(figures["mean_score", year].values(), reverse=True)
    for authority, rank in figures["rank_of_mean_score", year].items():
        assert figures["mean_score", year][authority] == by_score[int(rank) - 1]


def test_manchester_is_second_in_2004_as_officially(figures):
    assert figures["rank_of_mean_score", "2004"]["snac:00BN"] == 2


def test_totals_are_the_sums_of_their_authorities(figures, totals, places):
    region = {row["code"]: f"gss:{row['region_gss']}" for row in places("authorities")}
    counts = {"wards", "wards_worst_tenth", "small_areas", "small_areas_worst_tenth", "small_areas_worst_fifth"}
    for (measure, area, period), value in totals.items():
        if measure in counts:
            assert value == sum(
                figure for code, figure in figures[measure, period].items() if area in ("england", region[code])
            )


def test_the_mean_of_an_area_is_that_of_all_its_small_areas(figures, totals, places):
    london = [row["code"] for row in places("authorities") if row["region_gss"] == "E12000007"]
    number, score = figures["small_areas", "2007"], figures["mean_score", "2007"]
    mean = sum(number[code] * score[code] for code in london) / sum(number[code] for code in london)
    assert totals["mean_score", "gss:E12000007", "2007"] == round(mean, 3)


def test_the_safer_communities_fund_adds_up_as_printed(figures):
    assert sum(figures["sscf", "2005-06"].values()) == Decimal("33835712.52")
