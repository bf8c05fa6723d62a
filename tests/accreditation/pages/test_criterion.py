"""Writing a criterion: saved, not lost, not overwritten, started from last time, locked."""

import pytest

from accreditation import actions, queries
from tests import assessing
from tests.accreditation.pages.conftest import CODE, page, tenants

TYPED = {
    "rating": "weak",
    "agreed_because": "We argued.",
    "starting_point": "A board of nine.",
    "narrative": "Twelve measures, four times a year.",
    "version": "1",
}


def answer_of(assessment, code=CODE):
    with tenants(assessment):
        return queries.answers_of(assessment).get(criterion__code=code)


@pytest.fixture
def draft(world):
    return assessing.started(world)


def test_it_is_saved_and_one_goes_to_the_next(draft, officer):
    response = officer.post(page(draft, "criterion", CODE), {**TYPED, "then": "next"})
    assert response["Location"] == page(draft, "criterion", "efficient")
    saved = answer_of(draft)
    assert (saved.rating.code, saved.narrative) == ("weak", TYPED["narrative"])


def test_the_last_leads_to_the_plan_and_evidence_to_its_page(draft, officer):
    last = page(draft, "criterion", "learning-and-development")
    assert officer.post(last, {**TYPED, "then": "next"})["Location"] == page(draft, "plan")
    here = page(draft, "criterion", CODE)
    assert officer.post(here, {**TYPED, "then": "evidence"})["Location"] == page(draft, "evidence", CODE)
    assert officer.post(here, TYPED)["Location"] == page(draft)


def test_what_is_not_known_yet_may_stay_empty(draft, officer):
    assert officer.post(page(draft, "criterion", CODE), {"version": "1"}).status_code == 302


def test_bad_input_stands_beside_the_field_and_nothing_is_lost(draft, officer):
    typed = {**TYPED, "rating": "splendid", "narrative": "x" * 20_001}
    response = officer.post(page(draft, "criterion", CODE), typed)
    text = response.content.decode()
    assert response.status_code == 200
    assert "There are 2 things to put right" in text
    assert "must be 20000 characters or fewer" in text
    assert "We argued." in text
    assert "x" * 20_001 in text
    assert answer_of(draft).version == 1


def test_whoever_saves_second_sees_both_texts_and_decides(draft, officer):
    here = page(draft, "criterion", CODE)
    officer.post(here, {**TYPED, "narrative": "Theirs."})
    response = officer.post(here, {**TYPED, "narrative": "Mine."})
    text = response.content.decode()
    assert response.status_code == 409
    assert "Theirs." in text
    assert "Mine." in text
    assert answer_of(draft).narrative == "Theirs."
    again = {**TYPED, "narrative": "Both.", "version": response.context_data["form"]["version"].value()}
    assert officer.post(here, again).status_code == 302
    assert answer_of(draft).narrative == "Both."


def test_one_can_start_from_what_was_written_last_time(world, officer):
    assessing.decided(world, round=assessing.a_round("2004–05", closes_in=10))
    draft = assessing.started(world)
    here = page(draft, "criterion", CODE)
    assert "Start from this text" in officer.get(here).content.decode()
    typed = {**TYPED, "narrative": "Begun anew."}
    response = officer.post(here, {**typed, "start_from": "narrative"})
    form = response.context_data["form"]
    assert form["narrative"].value() == "Begun anew.\n\nHow the partnership is performance managed."
    assert form["agreed_because"].value() == "We argued."
    assert answer_of(draft).version == 1
    empty = officer.post(here, {**typed, "starting_point": "", "start_from": "starting_point"})
    assert empty.context_data["form"]["starting_point"].value().startswith("Half of the area")


def test_prompts_are_labelled_as_the_services_own(draft, officer):
    text = officer.get(page(draft, "criterion", CODE)).content.decode()
    assert "Which measures does the board look at, and how often?" in text
    assert "the official questions were not found" in text


def test_what_was_not_asked_for_is_locked_and_what_was_typed_comes_back(world, officer):
    assessment = assessing.sent_back(world)
    locked = page(assessment, "criterion", "strategic")
    text = officer.get(locked).content.decode()
    assert "has not asked for changes of this part" in text
    assert '<textarea name="narrative"' not in text
    response = officer.post(locked, TYPED)
    assert response.status_code == 409
    assert TYPED["narrative"] in response.content.decode()
    assert officer.post(page(assessment, "criterion", CODE), {**TYPED, "version": "2"}).status_code == 302


def test_after_submission_nothing_is_written_and_nothing_typed_is_lost(world, officer):
    assessment = assessing.submitted(world)
    response = officer.post(page(assessment, "criterion", CODE), TYPED)
    text = response.content.decode()
    assert response.status_code == 409
    assert "the chair can withdraw it" in text
    assert TYPED["narrative"] in text


@pytest.mark.parametrize(("name", "status"), [("stranger", 404), ("rep", 403), ("chair", 403), ("manager", 403)])
def test_nobody_else_writes(draft, sign_in, name, status):
    address = page(draft, "criterion", CODE)
    assert sign_in(name).get(address).status_code == status
    assert sign_in(name).post(address, TYPED).status_code == status


def test_what_has_changed_is_written_on_the_streamlined_path(world, draft, officer):
    address = page(draft, "changes")
    assert "on the full path" in officer.get(address).content.decode()
    with tenants(draft):
        actions.mark_streamlined(assessment=draft, streamlined=True, reason="An agreement", by=world.access("manager"))
    assert "What has changed since the last round" in officer.get(page(draft)).content.decode()
    assert officer.post(address, {"changes_since": "A new forum.", "version": "1"}).status_code == 302
    response = officer.post(address, {"changes_since": "Mine.", "version": "1"})
    assert response.status_code == 409
    assert "A new forum." in response.content.decode()
