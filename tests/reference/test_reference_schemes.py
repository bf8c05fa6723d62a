"""The schemes of accreditation: whole, in order, and honest about what no source gives."""

from collections import Counter

import pytest

OWN = "this service’s own"
SIX = [
    "strategic",
    "inclusive",
    "action-focused",
    "performance-managed",
    "efficient",
    "learning-and-development",
]


@pytest.fixture
def accreditation(table):
    """Read a CSV of accreditation/reference by its name."""
    return lambda name: table(f"accreditation/reference/{name}")


def test_each_scheme_has_the_six_criteria_in_their_order(accreditation):
    for scheme in accreditation("schemes"):
        rows = [row for row in accreditation("criteria") if row["scheme"] == scheme["code"]]
        assert [row["code"] for row in rows] == SIX
        assert [row["order"] for row in rows] == ["1", "2", "3", "4", "5", "6"]


def test_what_is_carried_over_to_2005_is_marked_as_an_assumption(accreditation):
    for row in accreditation("criteria"):
        assert ("assumption" in row["source"]) == (row["scheme"] == "2005-06")


def test_each_criterion_has_three_or_four_prompts_that_are_labelled_as_our_own(accreditation):
    counted = Counter(row["criterion"] for row in accreditation("prompts"))
    assert set(counted) == set(SIX)
    assert set(counted.values()) <= {3, 4}
    assert all(OWN in row["source"].lower() for row in accreditation("prompts"))


def test_every_row_names_schemes_that_there_are(accreditation):
    codes = {row["code"] for row in accreditation("schemes")}
    for name in ("criteria", "prompts", "ratings", "outcomes"):
        for row in accreditation(name):
            assert set((row.get("schemes") or row.get("scheme")).split()) <= codes


def test_the_outcomes_are_those_of_the_sources(accreditation):
    said = {(row["scheme"], row["label"]): (row["certifies"], row["wants_review"]) for row in accreditation("outcomes")}
    assert said == {
        ("2002", "Accredited"): ("yes", "no"),
        ("2002", "Deferred"): ("no", "yes"),
        ("2005-06", "Green"): ("yes", "no"),
        ("2005-06", "Amber/Green"): ("no", "yes"),
        ("2005-06", "Amber/Red"): ("no", "yes"),
        ("2005-06", "Red"): ("no", "yes"),
    }


def test_a_rule_that_no_source_gives_is_said_to_be_our_own(accreditation):
    for row in accreditation("outcomes"):
        sourced = row["scheme"] == "2002" and row["wants_review"] == "yes"
        assert sourced or OWN in row["source"]
    for row in accreditation("schemes"):
        assert OWN in row["basis"]
        assert int(row["streamlined_days"]) < int(row["review_days"])


def test_the_readme_counts_the_rows_of_every_file(accreditation, table):
    from tests.reference.conftest import ROOT

    readme = (ROOT / "accreditation/reference/README.md").read_text(encoding="utf-8")
    for path in (ROOT / "accreditation/reference").glob("*.csv"):
        assert f"| `{path.name}` | {len(accreditation(path.stem))} |" in readme
