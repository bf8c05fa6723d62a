"""The table of a region: its partnerships in a round, for its own office and for those who look after the country."""

import csv
import io

from accreditation.models import SelfAssessment
from partnerships.tenancy.context import acting
from tests.assessing import a_round, claimed, deferred, sent_back, started, submitted
from tests.pages.conftest import words
from tests.partnerships.conftest import enter

LONDON = "/office/london/partnerships/"


def rows(page):
    """The rows of the list by slug."""
    return {row.partnership.slug: row for row in page.context_data["listing"].page}


def test_it_lists_the_regions_own_and_says_who_is_not_asked(world, sign_in):
    a_round()
    enter("Barnet")
    found = rows(sign_in("reviewer").get(LONDON))
    assert set(found) == {"southwark", "hackney", "barnet"}
    assert (found["barnet"].step, found["hackney"].step) == ("not_asked", "not_begun")


def test_it_says_who_has_the_case_and_by_when(world, sign_in):
    case = claimed(world, submitted(world))
    page = sign_in("manager").get(LONDON)
    row = rows(page)["southwark"]
    assert (row.step, row.reviewer_name, row.due_on) == ("with_office", "Reviewer", case.due_on)
    assert f'href="/p/southwark/manage/cases/{case.pk}/"' in page.content.decode()


def test_what_is_late_says_by_how_many_days(world, sign_in, monkeypatch):
    case = claimed(world, submitted(world))
    import datetime

    monkeypatch.setattr("reviews.models.cases.today", lambda: case.due_on + datetime.timedelta(days=7))
    page = sign_in("reviewer").get(LONDON)
    assert "7 days late" in words(page)
    assert set(rows(sign_in("reviewer").get(f"{LONDON}?stands=late"))) == {"southwark"}


def test_filters_find_by_name_by_place_and_by_the_further_review(world, sign_in):
    deferred(world)
    browser = sign_in("reviewer")
    assert set(rows(browser.get(f"{LONDON}?stands=again"))) == {"southwark"}
    assert set(rows(browser.get(f"{LONDON}?stands=amber-red"))) == {"southwark"}
    assert set(rows(browser.get(f"{LONDON}?stands=not_begun"))) == {"hackney"}
    assert set(rows(browser.get(f"{LONDON}?q=HACK"))) == {"hackney"}
    assert "No partnership fits the filter" in words(browser.get(f"{LONDON}?q=Atlantis"))
    assert "The filter was not understood" in words(browser.get(f"{LONDON}?stands=nowhere"))


def test_what_is_sent_back_is_with_the_partnership(world, sign_in):
    sent_back(world)
    assert rows(sign_in("reviewer").get(LONDON))["southwark"].step == "sent_back"


def test_only_managers_lead_to_the_streamlined_path_and_only_from_a_draft(world, sign_in):
    assessment = started(world)
    link = f"/p/southwark/manage/accreditation/{assessment.pk}/streamlining/"
    assert link in sign_in("manager").get(LONDON).content.decode()
    assert link not in sign_in("reviewer").get(LONDON).content.decode()
    assert link not in sign_in("national_team").get(LONDON).content.decode()
    with acting(world.southwark.pk):
        SelfAssessment.objects.update(streamlined=True)
    assert set(rows(sign_in("manager").get(f"{LONDON}?path=streamlined"))) == {"southwark"}


def test_it_is_a_file_too(world, sign_in):
    assessment = deferred(world)
    page = sign_in("reviewer").get(f"{LONDON}?format=csv&q=south")
    head, row = csv.reader(io.StringIO(page.content.decode("utf-8-sig")))
    told = dict(zip(head, row, strict=True))
    assert told["Partnership"] == "Southwark Local Strategic Partnership"
    assert (told["Where it stands"], told["Outcome"]) == ("Decided", "Amber/Red")
    assert told["Next review"] == assessment.next_review_on.isoformat()


def test_an_office_sees_its_own_region_and_no_other(world, sign_in):
    a_round()
    assert sign_in("reviewer").get(LONDON).status_code == 200
    assert sign_in("national").get(LONDON).status_code == 200
    for name in ("other_reviewer", "officer", "stranger"):
        assert sign_in(name).get(LONDON).status_code == 404
    assert sign_in("reviewer").get("/office/yorkshire-and-the-humber/partnerships/").status_code == 404


def test_the_way_there_stands_in_the_navigation_of_those_who_may(world, sign_in):
    def labels(name):
        return [entry["label"] for entry in sign_in(name).get("/mine/").context["navigation"]]

    assert "Region" in labels("reviewer") and "National picture" not in labels("reviewer")
    assert "National picture" in labels("national")
    assert not {"Region", "National picture"} & set(labels("officer"))
