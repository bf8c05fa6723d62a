"""A partner scores a criterion alone."""

import pytest

from accreditation import queries
from accreditation.models import Score
from tests import assessing
from tests.accreditation.pages.conftest import CODE, page, tenants


@pytest.fixture
def draft(world):
    return assessing.written(world)


def test_others_are_seen_only_once_one_has_scored(world, draft, sign_in):
    assessing.scored(world, draft, {"chair": "weak"})
    rep, here = sign_in("rep"), page(draft, "score", CODE)
    before = rep.get(here).content.decode()
    assert "As chair sees it" not in before
    assert "You see it once you have scored" in before
    after = rep.post(here, {"rating": "strong", "comment": "It works."}, follow=True).content.decode()
    assert "As chair sees it" in after
    assert "It works." in after
    assert "Score 5. Efficient" in after


def test_a_second_score_takes_the_place_of_the_first(draft, sign_in, world):
    rep, here = sign_in("rep"), page(draft, "score", CODE)
    for rating in ("strong", "weak"):
        rep.post(here, {"rating": rating, "comment": ""})
    with tenants(draft):
        (score,) = Score.objects.filter(person=world.rep)
        assert score.rating.code == "weak"


def test_bad_input_stands_beside_the_field(draft, sign_in):
    response = sign_in("rep").post(page(draft, "score", CODE), {"comment": "Still here"})
    text = response.content.decode()
    assert "There is 1 thing to put right" in text
    assert "Still here" in text


def test_one_speaks_only_for_whom_one_sits_for(draft, sign_in, world):
    with tenants(draft):
        other = world.southwark.accountable_body
        assert other not in queries.speaks_for(world.southwark, world.rep.pk)
    response = sign_in("rep").post(page(draft, "score", CODE), {"rating": "weak", "organisation": other.pk})
    with tenants(draft):
        assert not Score.objects.filter(organisation=other).exists()
    assert response.status_code in {200, 302}


def test_after_submission_scores_stay(world, sign_in):
    assessment = assessing.submitted(world)
    here, rep = page(assessment, "score", CODE), sign_in("rep")
    assert "scores stay as they are" in rep.get(here).content.decode()
    response = rep.post(here, {"rating": "weak", "comment": "Too late"})
    assert response.status_code == 409
    assert "Too late" in response.content.decode()


@pytest.mark.parametrize(("name", "status"), [("stranger", 404), ("officer", 403), ("finance", 403), ("reviewer", 403)])
def test_nobody_else_scores(draft, sign_in, name, status):
    assert sign_in(name).post(page(draft, "score", CODE), {"rating": "weak"}).status_code == status
