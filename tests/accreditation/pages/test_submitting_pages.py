"""Checking, signing off and submitting: what was read is what is signed and sent."""

import pytest

from accreditation import actions, queries
from accreditation.models import SelfAssessment, SignOff
from reviews.models import Submission
from tests import assessing
from tests.accreditation.pages.conftest import CODE, page, tenants

S = SelfAssessment.State


def seal_on(client, address):
    return client.get(f"{address}?all=1").context_data["form"]["seal"].value()


def write(world, assessment, words="Something else."):
    with tenants(assessment):
        assessing.write_answers(assessment, world.access("officer"), words=words)


def test_a_member_signs_what_they_have_read(world, sign_in):
    assessment = assessing.written(world)
    rep, here = sign_in("rep"), page(assessment, "sign_off")
    typed = {"seal": seal_on(rep, here), "agree": "on"}
    assert rep.post(here, typed)["Location"] == page(assessment)
    with tenants(assessment):
        assert SignOff.objects.get().seal == queries.seal_of(assessment)
    assert "You signed this text" in rep.get(here).content.decode()


@pytest.mark.parametrize("where", ["check", "sign_off"])
@pytest.mark.parametrize(("name", "sees"), [("rep", False), ("cvs", True)])
def test_what_partners_think_shows_once_one_has_scored(world, sign_in, where, name, sees):
    assessment = assessing.written(world)
    assessing.scored(world, assessment, {"chair": "weak", "cvs": "strong"})
    text = sign_in(name).get(page(assessment, where)).content.decode()
    assert ("As chair sees it" in text) is sees
    assert ("you have not scored" in text.lower()) is not sees


def test_whoever_signs_without_scoring_reads_all_of_it(world, sign_in):
    assessment = assessing.written(world)
    assessing.scored(world, assessment, {"chair": "weak"})
    rep, here = sign_in("rep"), page(assessment, "sign_off")
    assert "Read it all without scoring" in rep.get(here).content.decode()
    assert "As chair sees it" in rep.get(f"{here}?all=1").content.decode()


def test_what_was_written_meanwhile_is_not_signed(world, sign_in):
    assessment = assessing.written(world)
    rep, here = sign_in("rep"), page(assessment, "sign_off")
    seen = seal_on(rep, here)
    write(world, assessment)
    response = rep.post(here, {"seal": seen, "agree": "on"})
    assert response.status_code == 409
    assert "Read it again" in response.content.decode()
    with tenants(assessment):
        assert not SignOff.objects.exists()
    anew = response.context_data["form"]["seal"].value()
    assert rep.post(here, {"seal": anew, "agree": "on"}).status_code == 302


def test_whoever_does_not_agree_signs_nothing(world, sign_in):
    assessment = assessing.written(world)
    rep, here = sign_in("rep"), page(assessment, "sign_off")
    text = rep.post(here, {"seal": seal_on(rep, here)}).content.decode()
    assert "Tick “I have read it" in text


def test_the_check_shows_who_has_signed_and_who_has_not(world, officer):
    assessment = assessing.written(world)
    assessing.signed(world, assessment, ["rep"])
    text = officer.get(page(assessment, "check")).content.decode()
    assert "Member representative" in text
    waiting = text[text.index("Not yet") :]
    assert "Cvs" in waiting
    assert "Rep<" not in waiting
    write(world, assessment)
    assert "so it does not count" in officer.get(page(assessment, "check")).content.decode()


def test_the_chair_submits_and_gets_a_receipt(world, certain):
    assessment = assessing.ready(world)
    chair, here = certain("chair"), page(assessment, "submission")
    typed = {"seal": seal_on(chair, here), "declaration": "We agree."}
    response = chair.post(here, typed, follow=True)
    with tenants(assessment):
        made = Submission.objects.get()
        assert assessing.fresh(assessment).state == S.SUBMITTED
    text = response.content.decode()
    assert f"Reference {made.reference}" in text
    assert made.sha256 in text
    assert f'data-lsp-saved="{world.chair.pk}:{here}"' in text
    assert "Its PDF is being made." in text
    assert chair.post(here, typed).status_code == 409


def test_the_password_is_asked_for_first(world, sign_in):
    assessment = assessing.ready(world)
    response = sign_in("chair").get(page(assessment, "submission"))
    assert response.status_code == 302
    assert "reauthenticate" in response["Location"]


def test_what_is_missing_is_listed_with_its_place(world, certain):
    assessment = assessing.written(world)
    with tenants(assessment):
        answer = queries.answers_of(assessment).get(criterion__code=CODE)
        actions.save_answer(
            answer=answer,
            rating=answer.rating,
            agreed_because="",
            starting_point=answer.starting_point,
            narrative="",
            version=answer.version,
            by=world.access("officer"),
        )
        assessing.plan_action(assessment, world.access("officer"), title="Without a lead", lead=None)
        seal = queries.seal_of(assessment)
    chair = certain("chair")
    response = chair.post(page(assessment, "submission"), {"seal": seal, "declaration": "My own words"})
    text = response.content.decode()
    assert response.status_code == 422
    assert "4. Performance managed has no narrative" in text
    assert "The action “Without a lead” has no lead organisation" in text
    assert "My own words" in text
    with tenants(assessment):
        assert not Submission.objects.exists()


def test_after_the_window_nothing_is_submitted(world, certain):
    assessment = assessing.started(world, assessing.a_round(closes_in=-1))
    chair, here = certain("chair"), page(assessment, "submission")
    assert "The last day to submit was" in chair.get(here).content.decode()
    with tenants(assessment):
        seal = queries.seal_of(assessment)
    response = chair.post(here, {"seal": seal, "declaration": "Late"})
    assert response.status_code == 409
    assert "Late" in response.content.decode()


def test_what_was_written_meanwhile_is_not_submitted(world, certain):
    assessment = assessing.ready(world)
    chair, here = certain("chair"), page(assessment, "submission")
    seen = seal_on(chair, here)
    write(world, assessment)
    response = chair.post(here, {"seal": seen, "declaration": "We agree."})
    assert response.status_code == 409
    with tenants(assessment):
        assert not Submission.objects.exists()


def test_a_resubmission_shows_what_has_changed_by_criterion(world, officer, certain):
    assessment = assessing.sent_back(world)
    with tenants(assessment):
        answer = queries.answers_of(assessment).get(criterion__code=CODE)
        actions.save_answer(
            answer=answer,
            rating=answer.rating,
            agreed_because=answer.agreed_because,
            starting_point=answer.starting_point,
            narrative="Twelve measures now.",
            version=answer.version,
            by=world.access("officer"),
        )
    chair, here = certain("chair"), page(assessment, "submission")
    text = chair.get(here).content.decode()
    assert "4. Performance managed" in text
    assert "1. Strategic" not in text
    response = chair.post(here, {"seal": seal_on(chair, here), "declaration": "Changed."}, follow=True)
    assert "It is submitted again" in response.content.decode()
    frozen = response.request["PATH_INFO"].removesuffix("receipt/")
    text = officer.get(frozen).content.decode()
    assert "What has changed since" in text
    assert "Twelve" in text
    assert officer.get(frozen.replace("/submissions/2/", "/submissions/9/")).status_code == 404


@pytest.mark.parametrize(("name", "status"), [("stranger", 404), ("officer", 403), ("rep", 403), ("manager", 403)])
def test_nobody_else_submits(world, certain, name, status):
    assessment = assessing.ready(world)
    assert certain(name).post(page(assessment, "submission"), {"declaration": "x"}).status_code == status


@pytest.mark.parametrize(("name", "status"), [("stranger", 404), ("officer", 403), ("reviewer", 403)])
def test_nobody_else_signs(world, sign_in, name, status):
    assessment = assessing.ready(world)
    assert sign_in(name).post(page(assessment, "sign_off"), {"agree": "on"}).status_code == status
