"""Sectors, layers, kinds of organisations, themes, and the 26 seats of Southwark."""

from collections import Counter
from datetime import date

SOUTHWARK_SEATS = {"residents": 6, "voluntary": 5, "faith": 2, "business": 2, "public": 11}


def test_kinds_belong_to_a_sector_and_name_their_area(places):
    sectors = {row["code"] for row in places("sectors")}
    kinds = places("organisation_kinds")
    assert len({row["code"] for row in kinds}) == len({row["name_pattern"] for row in kinds}) == len(kinds)
    for kind in kinds:
        assert kind["sector_code"] in sectors
        assert kind["name_pattern"].count("{area}") == 1
        assert kind["named_partner"] in {"yes", "no"}


def test_only_public_agencies_are_named_partners(places):
    assert {row["sector_code"] for row in places("organisation_kinds") if row["named_partner"] == "yes"} == {"public"}


def test_layers_meet_more_often_the_closer_they_are_to_the_work(places):
    layers = places("governance_layers")
    bounds = [(int(row["meetings_a_year_from"]), int(row["meetings_a_year_to"])) for row in layers]
    assert bounds == [(3, 4), (6, 12), (12, 52)]


def test_there_are_eight_typical_themes(table):
    themes = table("themes/reference/themes")
    assert [row["order"] for row in themes] == [str(number) for number in range(1, 9)]
    assert len({row["code"] for row in themes}) == 8


def test_southwark_has_its_26_seats(table):
    seats = table("lsp/demonstration/seats/southwark")
    assert Counter(row["sector_code"] for row in seats) == SOUTHWARK_SEATS
    assert len({row["position"] for row in seats}) == len({row["person_name"] for row in seats}) == 26
    assert all(date.fromisoformat(row["from"]) for row in seats)


def test_seats_are_held_by_residents_or_by_kinds_of_bodies(table, places):
    kinds = {row["code"]: row for row in places("organisation_kinds")}
    layers = {row["code"] for row in places("governance_layers")}
    for seat in table("lsp/demonstration/seats/southwark"):
        assert seat["layer"] in layers
        if seat["sector_code"] == "residents":
            assert not seat["organisation"] and not seat["organisation_kind"]
            assert seat["person_name"].startswith("Resident ")
            continue
        kind = kinds[seat["organisation_kind"]]
        assert kind["sector_code"] == seat["sector_code"]
        assert seat["organisation"] == kind["name_pattern"].format(area="Southwark")
        assert seat["person_name"] == f"Member, {seat['organisation']}"
