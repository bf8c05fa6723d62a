"""While somebody types a name, the directory says which organisations it has: what any register prints of them."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from partnerships.models import Organisation, OrganisationIdentifier, Sector
from partnerships.queries.organisations import standing, suggestions
from tests.members import second_entry

ADDRESS = "/p/southwark/manage/organisations/suggestions/"


@pytest.fixture
def directory(world):
    sector = Sector.objects.get(code="faith")
    names = ("St. Helen’s Church", "Saint Helen's Mission", "Friends of St Helens", "The Anchor Trust")
    rows = {name: Organisation.objects.create(name=name, sector=sector) for name in names}
    anchor = rows["The Anchor Trust"]
    OrganisationIdentifier.objects.create(organisation=anchor, scheme="company", value="02714875")
    OrganisationIdentifier.objects.create(organisation=anchor, scheme="charity", value="1052183")
    return rows


def names(text):
    return [row.name for row in suggestions(text)]


@pytest.mark.parametrize("text", ["st helens", "ST. HELEN'S", "St  Hel", "st-helens"])
def test_case_and_points_do_not_matter_and_what_begins_so_comes_first(directory, text):
    assert names(text) == ["St. Helen’s Church", "Friends of St Helens"]


def test_words_are_found_in_any_order(directory):
    assert names("helens friends") == ["Friends of St Helens"]


@pytest.mark.parametrize("text", ["1052183", " 105 2183", "2714875", "02714875"])
def test_a_number_finds_its_organisation_first(directory, world, text):
    second_entry(world, f"Aaa {text}")
    assert names(text)[0] == "The Anchor Trust"


@pytest.mark.parametrize("text", ["", "  ", "st", "s.t", "...", "%%%", "___"])
def test_below_three_letters_there_is_nothing(directory, text):
    assert names(text) == []


def test_there_are_eight_at_most(world):
    sector = Sector.objects.get(code="faith")
    Organisation.objects.bulk_create(Organisation(name=f"Parish {number}", sector=sector) for number in range(20))
    assert len(names("parish")) == 8


def test_what_is_sent_is_name_sector_place_and_numbers_and_nothing_else(directory, world, sign_in):
    council, trust = "Southwark Council", "The Anchor Trust"
    found = sign_in("officer").get(ADDRESS, {"q": trust}).json()
    pk = directory[trust].pk
    facts = "Faith community · Charity number 1052183 · Company number 02714875"
    assert found == {"suggestions": [{"id": pk, "name": trust, "facts": facts}]}
    (first, *_rest) = sign_in("officer").get(ADDRESS, {"q": council}).json()["suggestions"]
    assert first["facts"] == "a member already · Public agency · Southwark"


def test_it_costs_as_much_for_many_as_for_one(directory, world, sign_in):
    browser = sign_in("officer")

    def cost(text):
        browser.get(ADDRESS, {"q": text})
        with CaptureQueriesContext(connection) as queries:
            browser.get(ADDRESS, {"q": text})
        return len(queries)

    sector = Sector.objects.get(code="faith")
    Organisation.objects.bulk_create(Organisation(name=f"Parish {number}", sector=sector) for number in range(20))
    assert cost("The Anchor Trust") == cost("Parish")


def test_what_stands_is_found_by_number_before_name_and_by_name_whatever_its_points(directory):
    trust = directory["The Anchor Trust"]
    assert standing("Something else", {"charity": "1052183"}) == trust
    assert standing("Something else", {"company": "1052183"}) is None
    assert standing("the anchor-trust", {}) == trust
    assert standing("the anchor-trust", {}, but_not=trust.pk) is None
    assert standing("Anchor Trust", {}) is None


def test_a_merged_duplicate_stands_for_the_one_that_was_kept(directory):
    trust, church = directory["The Anchor Trust"], directory["St. Helen’s Church"]
    Organisation.objects.filter(pk=church.pk).update(merged_into=trust)
    assert standing("St Helens Church", {}) == trust
    assert names("st helens") == ["Friends of St Helens"]
