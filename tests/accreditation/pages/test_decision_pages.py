"""What the Government Office shows, taking a submission back, appealing; and the manager's choice of the path."""

import pytest

from core.dates import today
from partnerships.tenancy.context import acting
from reviews import actions as reviews
from reviews.models import Appeal, Case, DialogueEntry
from tests import assessing
from tests.accreditation.pages.conftest import CODE, case_page, page, tenants


def reviewed(world, shared=True):
    """Judged and talked about; shown to the partnership, or not."""
    assessment = assessing.submitted(world)
    case = assessing.claimed(world, assessment)
    by = world.access("reviewer")
    with acting(assessment.partnership_id, by=by.person_id):
        reviews.judge(case=case, section=CODE, judgement="weak", comment="Too few figures.", version=0, by=by)
        for words, confidential in (("Heard in the open", False), ("Told in confidence", True)):
            reviews.log_dialogue(
                case=case,
                on=today(),
                way=DialogueEntry.Way.MEETING,
                with_whom="A resident",
                role="Forum",
                words=words,
                confidential=confidential,
                by=by,
            )
        if shared:
            reviews.share(case=case, shared=True, by=by)
    return assessment


def test_what_is_shown_is_seen_and_what_is_confidential_is_not(world, officer):
    assessment = reviewed(world)
    text = officer.get(case_page(assessment, "review")).content.decode()
    assert "Too few figures." in text
    assert "Heard in the open" in text
    assert "Told in confidence" not in text
    assert case_page(assessment, "review") in officer.get(page(assessment)).content.decode()


def test_what_is_not_shown_is_not_seen(world, officer):
    text = officer.get(case_page(reviewed(world, shared=False), "review")).content.decode()
    assert "The review is not shown" in text
    assert "Too few figures." not in text
    assert "Heard in the open" not in text


def test_the_chair_withdraws_once(world, sign_in, now):
    assessment = assessing.submitted(world)
    chair, here = sign_in("chair"), case_page(assessment, "withdrawal")
    assert "Answer the question: Why do you withdraw it?" in chair.post(here, {"reason": " "}).content.decode()
    assert chair.post(here, {"reason": "We found an error."}).status_code == 302
    assert now(assessment).state == "draft"
    response = chair.post(here, {"reason": "Again"})
    assert response.status_code == 409
    assert "Again" in response.content.decode()


def test_nothing_is_withdrawn_while_it_is_being_decided(world, sign_in):
    assessment = assessing.submitted(world)
    case = assessing.claimed(world, assessment)
    by = world.access("reviewer")
    with acting(assessment.partnership_id, by=by.person_id):
        reviews.recommend(
            case=case,
            outcome="green",
            reasons="Good.",
            concerns="",
            conditions=[],
            next_review_on=None,
            submission=1,
            by=by,
        )
    chair, here = sign_in("chair"), case_page(assessment, "withdrawal")
    assert "The Government Office is deciding it." in chair.get(here).content.decode()
    response = chair.post(here, {"reason": "Kept reason"})
    assert response.status_code == 409
    assert "Kept reason" in response.content.decode()


def test_the_chair_appeals_once(world, sign_in):
    assessment = assessing.deferred(world)
    chair, here = sign_in("chair"), case_page(assessment, "appeal")
    assert "Last day to appeal" in chair.get(here).content.decode()
    assert "Answer the question: On what grounds?" in chair.post(here, {"grounds": ""}).content.decode()
    assert chair.post(here, {"grounds": "The figures were there."}).status_code == 302
    response = chair.post(here, {"grounds": "Once more"})
    assert response.status_code == 409
    assert "There is one appeal in a case" in response.content.decode()
    assert "Once more" in response.content.decode()
    assert "An appeal was made on" in chair.get(here).content.decode()
    with tenants(assessment):
        assert Appeal.objects.count() == 1
        assert Case.objects.get().state == Case.State.APPEALED


def test_what_is_not_decided_is_not_appealed(world, sign_in):
    assessment = assessing.submitted(world)
    chair, here = sign_in("chair"), case_page(assessment, "appeal")
    assert "Nothing has been decided" in chair.get(here).content.decode()
    assert chair.post(here, {"grounds": "Too early"}).status_code == 409


@pytest.mark.parametrize("where", ["withdrawal", "appeal"])
@pytest.mark.parametrize(("name", "status"), [("stranger", 404), ("officer", 403), ("rep", 403), ("manager", 403)])
def test_nobody_else_does(world, sign_in, where, name, status):
    assert sign_in(name).post(case_page(assessing.submitted(world), where)).status_code == status


def test_a_manager_chooses_the_path_while_it_is_a_draft(world, sign_in, now):
    draft = assessing.started(world)
    manager, here = sign_in("manager"), page(draft, "streamlining")
    assert "Answer the question: Why?" in manager.post(here, {"streamlined": "yes"}).content.decode()
    typed = {"streamlined": "yes", "reason": "An agreement is in place"}
    assert "takes the streamlined path" in manager.post(here, typed, follow=True).content.decode()
    assert now(draft).streamlined
    text = manager.get(here).content.decode()
    assert "lsp-subnav" not in text
    assert "On the streamlined path" in text


def test_after_submission_the_path_stays(world, sign_in):
    assessment = assessing.submitted(world)
    manager, here = sign_in("manager"), page(assessment, "streamlining")
    assert "has been submitted" in manager.get(here).content.decode()
    response = manager.post(here, {"streamlined": "yes", "reason": "Kept reason"})
    assert response.status_code == 409
    assert "Kept reason" in response.content.decode()


@pytest.mark.parametrize(("name", "status"), [("stranger", 404), ("officer", 403), ("reviewer", 403)])
def test_nobody_else_chooses_the_path(world, sign_in, name, status):
    assert sign_in(name).post(page(assessing.started(world), "streamlining")).status_code == status
