"""Regions, authorities, who followed whom, and who was in the Neighbourhood Renewal Fund."""

from collections import Counter
from datetime import date, timedelta

import pytest

KINDS_2004 = {
    "district": 238,
    "unitary": 46,
    "metropolitan": 36,
    "london_borough": 32,
    "city_of_london": 1,
    "isles_of_scilly": 1,
}
RENEWAL_AREAS_BY_REGION = {
    "North East": 14,
    "North West": 21,
    "Yorkshire and The Humber": 9,
    "East Midlands": 7,
    "West Midlands": 7,
    "East of England": 2,
    "London": 20,
    "South East": 4,
    "South West": 4,
}


@pytest.fixture(scope="module")
def authorities(places):
    return {row["code"]: row for row in places("authorities")}


@pytest.fixture(scope="module")
def regions(places):
    return {row["gss_code"]: row["name"] for row in places("regions")}


def of_2004(authorities):
    return [row for row in authorities.values() if row["snac_code"] and row["kind"] != "county"]


def test_the_structure_of_2004_is_complete(authorities, regions):
    assert len(regions) == 9
    assert Counter(row["kind"] for row in of_2004(authorities)) == KINDS_2004
    assert sum(row["kind"] == "county" for row in authorities.values()) == 34
    assert len(of_2004(authorities)) == 354


def test_the_structure_of_today_is_complete(authorities):
    today = Counter(row["kind"] == "county" for row in authorities.values() if not row["valid_until"])
    assert today == {False: 296, True: 21}


def test_codes_are_unique_and_resolve(authorities, places, regions):
    assert len(authorities) == len(places("authorities"))
    for column in ("snac_code", "gss_code"):
        codes = [row[column] for row in authorities.values() if row[column]]
        assert len(codes) == len(set(codes))
    for row in authorities.values():
        assert row["code"] in {f"snac:{row['snac_code']}", f"gss:{row['gss_code']}"}
        assert row["region_gss"] in regions
        if row["county_code"]:
            assert authorities[row["county_code"]]["kind"] == "county"
            assert row["kind"] == "district"


def test_a_district_of_2004_lies_in_the_county_its_code_begins_with(authorities):
    for row in of_2004(authorities):
        in_county = f"snac:{row['snac_code'][:2]}"
        assert row["county_code"] == (in_county if row["kind"] == "district" else "")


def test_an_authority_ends_the_day_before_its_successor_begins(authorities, places):
    followed = set()
    for row in places("successions"):
        old, new = authorities[row["predecessor_code"]], authorities[row["successor_code"]]
        first = date.fromisoformat(row["on"])
        assert new["valid_from"] == row["on"]
        assert date.fromisoformat(old["valid_until"]) == first - timedelta(days=1)
        assert old["region_gss"] == new["region_gss"]
        followed.add(old["code"])
    assert followed == {code for code, row in authorities.items() if row["valid_until"]}


def test_five_renewal_districts_became_part_of_two_counties(places):
    successor = {row["predecessor_code"]: row["successor_code"] for row in places("successions")}
    durham = ["snac:20UD", "snac:20UF", "snac:20UG", "snac:20UJ"]  # Derwentside, Easington, Sedgefield, Wear Valley
    assert {successor[code] for code in durham} == {"gss:E06000047"}
    assert successor["snac:35UG"] == "gss:E06000057"  # Wansbeck, Northumberland


def test_a_place_may_change_twice(places):
    successor = {row["predecessor_code"]: row["successor_code"] for row in places("successions")}
    assert successor[successor["snac:40UE"]] == "gss:E06000066"  # Taunton Deane, by way of 2019, to Somerset


def test_eighty_eight_areas_were_eligible_until_2006(authorities, places, regions):
    eligible = [
        row["authority_code"]
        for row in places("nrf_eligibility")
        if (row["period_from"], row["period_until"], row["status"]) == ("2001-04-01", "2006-03-31", "eligible")
    ]
    assert len(set(eligible)) == len(eligible) == 88
    assert Counter(regions[authorities[code]["region_gss"]] for code in eligible) == RENEWAL_AREAS_BY_REGION


def test_what_is_not_known_after_2006_stays_unknown(authorities, places):
    rows = [row for row in places("nrf_eligibility") if row["period_from"] == "2006-04-01"]
    assert Counter(row["status"] for row in rows) == {"eligible": 28, "likely": 28, "not_eligible": 1, "unknown": 34}
    assert all(row["evidence"] and row["authority_code"] in authorities for row in rows)


def test_totals_of_the_renewal_fund(places):
    pounds = {row["financial_year"]: int(row["amount_pounds"]) for row in places("fund_totals")}
    assert sum(pounds[year] for year in ("2001-02", "2002-03", "2003-04")) == 900_000_000
    assert [row["financial_year"] for row in places("fund_totals") if row["planned"] == "yes"] == ["2006-07", "2007-08"]
