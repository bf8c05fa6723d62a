"""The demonstration strategies: their form, their words, and who is named in them."""

import re
from datetime import date

import pytest

AREAS = ["southwark", "islington", "hackney"]
TEXTS = ["foreword", "vision", "area", "progress"]
TOP = {"title", "subtitle", "period_from", "period_until", *TEXTS, "issues", "priorities"}
ACTION = {"title", "lead", "partners", "starts", "ends", "measure"}


def objectives(strategy):
    return [objective for priority in strategy["priorities"] for objective in priority.get("objectives", [])]


def actions(strategy):
    return [action for objective in objectives(strategy) for action in objective.get("actions", [])]


def strings(part):
    """Every text in a strategy, however deep."""
    if isinstance(part, str):
        return [part]
    children = part.values() if isinstance(part, dict) else part if isinstance(part, list) else []
    return [text for child in children for text in strings(child)]


@pytest.mark.parametrize("area", AREAS)
def test_form(strategy, table, area):
    whole = strategy(area)
    themes = {row["code"] for row in table("themes/reference/themes")}
    assert whole.keys() <= TOP
    assert all(issue.keys() == {"title", "text"} for issue in whole["issues"])
    for priority in whole["priorities"]:
        assert priority.keys() - {"objectives"} == {"theme", "title", "text"}
        assert priority["theme"] in themes
    for objective in objectives(whole):
        assert objective.keys() - {"actions"} == {"title", "text"}
    for action in actions(whole):
        assert action.keys() == ACTION
        assert isinstance(action["starts"], date) and isinstance(action["ends"], date)
        assert whole["period_from"] <= action["starts"] < action["ends"] <= whole["period_until"]
        assert action["lead"] not in action["partners"]


@pytest.mark.parametrize("area", AREAS)
def test_it_says_first_of_all_that_it_is_a_demonstration(strategy, area):
    assert strategy(area)["foreword"].startswith("> **This is a demonstration.**")
    assert f"**Chair, {area.title()}**" in strategy(area)["foreword"]


@pytest.mark.parametrize("area", AREAS)
def test_words_are_plain_and_markup_is_safe(strategy, area):
    for text in strings(strategy(area)):
        assert not re.search(
            r"please|successfully|[!'\"<\\]|^#|\]\(| $", text.rstrip("\n"), re.IGNORECASE | re.MULTILINE
        )


@pytest.mark.parametrize("area", ["southwark", "islington"])
def test_what_can_be_published_has_no_gap(strategy, area):
    whole = strategy(area)
    assert whole.keys() == TOP
    assert all(priority.get("objectives") for priority in whole["priorities"])
    assert all(2 <= len(objective["actions"]) <= 4 for objective in objectives(whole))
    assert all(text.strip() for text in strings(whole))


def test_the_draft_of_hackney_has_exactly_the_gaps_its_readme_names(strategy):
    whole = strategy("hackney")
    assert TOP - whole.keys() == {"progress"}
    assert [part["theme"] for part in whole["priorities"] if not part.get("objectives")] == ["transport"]
    without_actions = [part["title"] for part in objectives(whole) if not part.get("actions")]
    assert without_actions == ["Public contracts create work on the doorstep"]
    assert [action["lead"] for action in actions(whole) if not action["measure"]] == ["Jobcentre Plus, Hackney"]


def test_southwark_is_as_long_as_a_real_one(strategy):
    whole = strategy("southwark")
    assert 6_500 <= sum(len(text.split()) for text in strings(whole)) <= 8_000
    assert (len(whole["priorities"]), len(objectives(whole)), len(actions(whole))) == (8, 21, 44)


def test_every_lead_and_partner_of_southwark_holds_a_seat_and_every_member_has_work(strategy, table):
    members = {row["organisation"] for row in table("lsp/demonstration/seats/southwark")} - {""}
    named = {name for action in actions(strategy("southwark")) for name in [action["lead"], *action["partners"]]}
    assert named == members


@pytest.mark.parametrize("area", ["islington", "hackney"])
def test_leads_and_partners_elsewhere_are_kinds_of_bodies(strategy, places, area):
    known = {row["name_pattern"].format(area=area.title()) for row in places("organisation_kinds")}
    assert {name for action in actions(strategy(area)) for name in [action["lead"], *action["partners"]]} <= known
