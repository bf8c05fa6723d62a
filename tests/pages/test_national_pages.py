"""The national picture: who stands where in a round, counted by region; schemes, and appeals that wait."""

import csv
import io

import pytest

from partnerships.models import Partnership
from partnerships.tenancy.context import acting
from reviews import actions as reviews
from tests.assessing import a_round, decided, deferred, started, submitted
from tests.conftest import as_owner
from tests.pages.conftest import queries_of, words


def cells(page):
    """What a CSV says: rows by their first cell, without the head."""
    rows = list(csv.reader(io.StringIO(page.content.decode("utf-8-sig"))))
    return {row[0]: row[1:] for row in rows}


def test_before_the_first_round_it_says_who_opens_one(world, sign_in):
    assert "The national team opens rounds" in words(sign_in("national").get("/national/"))
    page = sign_in("national_team").get("/national/")
    assert '<a class="govuk-link" href="/national/rounds/new/">Open a round</a>' in page.content.decode()


def test_each_partnership_counts_once_where_it_stands(world, sign_in):
    a_round()
    submitted(world)
    started(world, partnership=world.hackney, officer="hackney_officer")
    page = cells(sign_in("national").get("/national/?format=csv"))
    heads = page["Region"]
    assert heads[:5] == ["Asked", "Not begun", "Writing", "With the office", "Sent back"]
    assert heads[5:9] == ["Green", "Amber/Green", "Amber/Red", "Red"]
    assert page["London"] == ["2", "1", "0", "1", "0", "0", "0", "0", "0", "0"]
    assert page["Yorkshire and The Humber"] == ["1", "1", "0", "0", "0", "0", "0", "0", "0", "0"]
    assert page["England"] == ["3", "2", "0", "1", "0", "0", "0", "0", "0", "0"]


def test_who_is_reviewed_again_stands_with_the_day_and_under_its_outcome(world, sign_in):
    assessment = deferred(world)
    page = sign_in("national").get("/national/")
    assert [row.partnership.slug for row in page.context_data["again"]] == ["southwark"]
    assert page.context_data["again"][0].next_review_on == assessment.next_review_on
    assert page.context_data["total"].count("amber-red") == 1
    assert "1 of 2" in words(page)  # the tile of London


def test_an_older_round_can_be_chosen_and_nonsense_gets_the_last(world, sign_in):
    old, new = a_round("2002", scheme="2002", closes_in=30), a_round()
    browser = sign_in("national")
    assert browser.get(f"/national/?round={old.pk}").context_data["round"] == old
    assert "Deferred" in words(browser.get(f"/national/?round={old.pk}"))
    assert browser.get("/national/?round=x").context_data["round"] == new
    assert browser.get("/national/").context_data["round"] == new


def test_every_number_leads_to_as_many_partnerships(world, sign_in):
    decided(world)
    browser = sign_in("national")
    page = browser.get("/national/").context_data
    found = 0
    for line in [*page["lines"], page["total"]]:
        region = line.region.slug if line.region else ""
        for key, _label, count in line.cells:
            listed = browser.get(f"/national/partnerships/?region={region}&stands={key}").context_data["listing"]
            assert listed.count == count
            found += count
    assert found == 2 * page["total"].asked


PAGES = ["/national/", "/national/?format=xlsx", "/national/partnerships/", "/national/rounds/", "/national/schemes/"]


@pytest.mark.parametrize("address", PAGES)
def test_it_is_for_those_who_look_after_the_whole_country(world, sign_in, address):
    a_round()
    for name in ("national", "national_team"):
        assert sign_in(name).get(address).status_code == 200
    for name in ("officer", "manager", "stranger"):
        assert sign_in(name).get(address).status_code == 403
    assert sign_in(None).get(address).status_code == 302


@pytest.mark.parametrize("address", [*PAGES, "/office/london/partnerships/"])
def test_a_hundred_partnerships_cost_as_many_statements_as_three(world, sign_in, address):
    deferred(world)
    browser = sign_in("national")
    few = queries_of(browser, address)
    with as_owner():
        Partnership.objects.bulk_create(
            Partnership(
                slug=f"p{number}",
                name=f"P {number}",
                short_name=f"P {number}",
                region=world.southwark.region,
                receives_nrf=True,
            )
            for number in range(100)
        )
    many = queries_of(browser, address)
    assert len(many) == len(few), "\n".join(many)
    assert len(many) <= 18, "\n".join(many)


def test_schemes_say_what_is_known_what_is_our_own_and_where_it_comes_from(world, sign_in):
    text = words(sign_in("national").get("/national/schemes/"))
    assert "Accreditation 2002" in text and "Performance managed" in text
    assert "The Neighbourhood Renewal Fund is paid at 67 per cent" in text
    assert "The official sub-questions were not found. The questions below are this service’s own." in text
    assert "Commons Hansard, 28 February 2002" in text


def test_an_appeal_waits_for_the_national_team_alone(world, sign_in):
    browser = sign_in("national_team")
    assert "No appeal waits for you" in words(browser.get("/national/appeals/"))
    assessment = deferred(world)
    with acting(world.southwark.pk, by=world.chair.pk):
        case = assessment_case(assessment)
        reviews.appeal(case=case, grounds="The figures of health were read wrongly.", by=world.access("chair"))
    page = browser.get("/national/appeals/")
    assert "1 appeal waits for you" in words(page)
    assert f'href="/p/southwark/manage/cases/{case.pk}/appeal/"' in page.content.decode()
    assert sign_in("national").get("/national/appeals/").status_code == 403


def assessment_case(assessment):
    """The case of a self-assessment, which is open."""
    from accreditation.queries import case_of

    return case_of(assessment)
