"""Who stands where in a round: the rows of the regional and the national table."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from accreditation import queries
from accreditation.models import SelfAssessment
from core.dates import today
from partnerships.models import Partnership, Region
from partnerships.tenancy.context import acting, reading, reading_everywhere
from tests import assessing


@pytest.fixture
def london(world):
    """The region of Southwark and Hackney."""
    return Region.objects.get(slug="london")


def test_the_national_table_has_every_partnership_of_the_round(world):
    assessment = assessing.submitted(world)
    with reading_everywhere():
        rows = queries.standing(None, assessment.round)
    assert [(row.partnership.short_name, row.assessment, row.case and row.case.state) for row in rows] == [
        ("Hackney", None, None),
        ("Leeds", None, None),
        ("Southwark", assessment, "queued"),
    ]
    assert [str(row.state) for row in rows] == ["", "", "With the Government Office"]


def test_the_regional_table_has_those_of_the_region(world, london):
    assessment = assessing.deferred(world)
    with reading([world.southwark.pk, world.hackney.pk]):
        hackney, southwark = queries.standing(london, assessment.round)
    assert hackney.assessment is None
    assert (southwark.assessment.outcome.label, southwark.case.state) == ("Amber/Red", "decided")
    assert southwark.assessment.next_review_on > today()


def test_the_last_case_stands_there_and_the_others_do_not(world):
    assessment = assessing.deferred(world)
    assessing.signed(world, assessment)
    again = assessing.submit(world, assessment)
    with reading_everywhere():
        rows = {row.partnership.slug: row for row in queries.standing(None, assessment.round)}
    assert rows["southwark"].case == again.case


def test_one_that_has_ended_or_lost_the_fund_stays_if_it_took_part(world):
    assessment = assessing.started(world)
    Partnership.objects.filter(slug__in=["southwark", "hackney"]).update(receives_nrf=False)
    with reading_everywhere():
        slugs = [row.partnership.slug for row in queries.standing(None, assessment.round)]
    assert slugs == ["leeds", "southwark"]


def test_three_queries_however_many(world, london):
    round = assessing.a_round()
    extra = Partnership.objects.bulk_create(
        Partnership(
            slug=f"area-{n}", name=f"Area {n} Partnership", short_name=f"Area {n}", region=london, receives_nrf=True
        )
        for n in range(100)
    )
    counts = []
    for partnerships in ([world.southwark], extra):
        for each in partnerships:
            with acting(each.pk):
                SelfAssessment.objects.create(partnership=each, round=round)
        with reading_everywhere(), CaptureQueriesContext(connection) as queried:
            rows = queries.standing(london, round)
            assert [str(row.state) for row in rows if row.assessment]
        counts.append(len(queried))
    assert counts == [3, 3]
