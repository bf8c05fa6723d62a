"""The action plan: added, changed, overtaken, taken out, and how far each action is."""

import pytest

from accreditation import actions, queries
from accreditation.models import ActionProgress, PlannedAction
from tests import assessing
from tests.accreditation.pages.conftest import CODE, page, tenants


@pytest.fixture
def draft(world):
    return assessing.written(world)


def action_of(assessment):
    with tenants(assessment):
        return PlannedAction.objects.filter(assessment=assessment).latest("pk")


def typed(action, **values):
    return {
        "title": action.title,
        "criterion": action.criterion_id,
        "lead": action.lead_id or "",
        "measure": action.measure,
        "version": action.version,
        **values,
    }


def test_an_action_is_added_with_what_is_known(draft, officer):
    with tenants(draft):
        criterion = queries.criteria_of(draft).get(code=CODE)
    response = officer.post(page(draft, "new_action"), {"title": "Share figures", "criterion": criterion.pk})
    added = action_of(draft)
    assert response["Location"] == f"{page(draft, 'plan')}#action-{added.pk}"
    text = officer.get(page(draft, "plan")).content.decode()
    assert "no lead organisation yet" in text
    assert "not yet said how it is measured" in text


@pytest.mark.parametrize(
    ("wrong", "said"),
    [
        ({"title": ""}, "Enter what will be done"),
        ({"criterion": ""}, "Answer the question: Which criterion does it strengthen?"),
        ({"starts_on_0": "31", "starts_on_1": "2", "starts_on_2": "2006"}, "31 February 2006 does not exist"),
        ({"ends_on_0": "1", "ends_on_1": "1", "ends_on_2": "3006"}, "The year must be between 1990 and 2100"),
    ],
)
def test_bad_input_stands_beside_the_field(draft, officer, wrong, said):
    action = action_of(draft)
    text = officer.post(page(draft, "action", action.pk), typed(action, measure="Kept", **wrong)).content.decode()
    assert said in text
    assert "Kept" in text


def test_whoever_saves_second_sees_both(draft, officer):
    action = action_of(draft)
    here = page(draft, "action", action.pk)
    assert officer.post(here, typed(action, title="Theirs")).status_code == 302
    response = officer.post(here, typed(action, title="Mine"))
    text = response.content.decode()
    assert response.status_code == 409
    assert "Theirs" in text
    assert "Mine" in text
    assert action_of(draft).title == "Theirs"


def test_what_was_typed_into_an_action_that_is_taken_out_comes_back(draft, officer):
    action = action_of(draft)
    assert officer.post(page(draft, "action_removal", action.pk), {"version": action.version}).status_code == 302
    response = officer.post(page(draft, "action", action.pk), typed(action, title="Typed in vain"))
    text = response.content.decode()
    assert response.status_code == 409
    assert "Typed in vain" in text
    assert "Officer removed this part" in text
    assert officer.get(page(draft, "action", action.pk)).status_code == 404
    assert officer.get(page(draft, "progress", action.pk)).status_code == 404


def test_an_action_that_was_changed_is_not_taken_out_unseen(draft, officer):
    action = action_of(draft)
    officer.post(page(draft, "action", action.pk), typed(action, title="Changed"))
    response = officer.post(page(draft, "action_removal", action.pk), {"version": action.version})
    assert response.status_code == 409
    assert action_of(draft).removed_at is None


def test_progress_is_noted_after_submission_only(world, officer):
    assessment = assessing.submitted(world)
    here = page(assessment, "progress", action_of(assessment).pk)
    assert officer.post(here, {"state": "done", "words": "Six report on it."}).status_code == 302
    assert officer.post(here, {"state": "done", "words": "Six report on it."}).status_code == 302
    with tenants(assessment):
        assert ActionProgress.objects.count() == 1
    assert "Six report on it." in officer.get(page(assessment, "plan")).content.decode()
    assert "Enter what was done" in officer.post(here, {"state": "done"}).content.decode()


def test_progress_of_a_draft_is_refused_and_kept(draft, officer):
    response = officer.post(page(draft, "progress", action_of(draft).pk), {"state": "done", "words": "Too early"})
    assert response.status_code == 409
    assert "Too early" in response.content.decode()


def test_the_plan_stays_while_it_is_not_asked_for(world, officer):
    assessment = assessing.sent_back(world)
    action = action_of(assessment)
    response = officer.post(page(assessment, "action", action.pk), typed(action, title="Mine"))
    assert response.status_code == 409
    assert "Mine" in response.content.decode()
    assert officer.post(page(assessment, "action_removal", action.pk), {"version": 1}).status_code == 409
    assert "so it stays as it was submitted" in officer.get(page(assessment, "plan")).content.decode()


@pytest.mark.parametrize(("name", "status"), [("stranger", 404), ("rep", 403), ("chair", 403)])
@pytest.mark.parametrize("where", ["action", "action_removal", "progress"])
def test_nobody_else_plans(draft, sign_in, name, status, where):
    assert sign_in(name).post(page(draft, where, action_of(draft).pk)).status_code == status


def test_everybody_reads_the_plan(world, draft, sign_in):
    assert "One set of measures" in sign_in("finance").get(page(draft, "plan")).content.decode()
    with tenants(draft):
        action = action_of(draft)
        actions.remove_action(action=action, version=action.version, by=world.access("officer"))
    assert "No action yet" in sign_in("finance").get(page(draft, "plan")).content.decode()
