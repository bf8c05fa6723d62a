"""What the queue holds about people, what hinders the end of a partnership, and what stays with it."""

import pytest
from django.apps import apps

from accounts.models import Person
from core.dates import today
from partnerships.actions.closing import Hindered, end
from partnerships.ending import left_behind
from partnerships.forgetting import holdings
from partnerships.wording import words_for
from reviews import actions


def of(person):
    """Which kinds of rows the queue holds about somebody."""
    return {one.key for one in holdings() if one.model._meta.app_label == "reviews" and one.rows(person).exists()}


def test_every_row_that_names_a_person_is_told_to_them():
    naming = {
        model
        for model in apps.get_app_config("reviews").get_models()
        if not model.__name__.endswith("Event") and any(f.related_model is Person for f in model._meta.fields)
    }
    assert naming == {one.model for one in holdings() if one.model._meta.app_label == "reviews"}


def test_each_is_told_what_they_did(office):
    case = office.submit()
    office.claim(case)
    by = office.by("reviewer")
    actions.judge(case=case, section="plan", judgement="weak", comment="", version=0, by=by)
    entry = {"on": today(), "way": "visit", "role": "Member", "words": "Good.", "by": by}
    actions.log_dialogue(case=case, with_whom="Rep", confidential=False, **entry)
    actions.log_dialogue(case=case, with_whom="Finance", confidential=True, **entry)
    actions.share(case=case, shared=True, by=by)
    office.ask(case)
    office.answer(case)
    office.recommend(case, submission=2)
    actions.return_recommendation(case=case, recommendation=1, reason="Why?", by=office.by("manager"))
    office.recommend(case, submission=2)
    actions.recuse(case=case, reason="I know them.", by=office.by("colleague"))
    office.decide(case, recommendation=2)
    office.appeal(case)
    world = office.world
    assert of(world.chair) == {"submissions", "appeals", "letters_about_cases"}
    assert of(world.reviewer) == {
        "cases_reviewed",
        "changes_asked",
        "dialogue_recorded",
        "judgements",
        "recommendations",
        "decisions",
        "letters_about_cases",
    }
    assert of(world.manager) == {"returns", "letters_about_cases"}
    assert of(world.colleague) == {"recusals"}
    assert of(world.rep) == {"dialogue"}
    assert of(world.finance) == set()  # what is confidential is told to nobody


def test_no_words_of_reviewers_are_told():
    told = {name for one in holdings() if one.model._meta.app_label == "reviews" for name in one.told.values()}
    assert not told & {"reason", "reasons", "words", "comment", "concerns", "judgement", "grounds", "answer"}


@pytest.mark.parametrize("state", ["queued", "sent_back", "recommended", "appealed"])
def test_what_is_to_be_decided_hinders_the_end(office, state):
    case = office.made(state)
    with pytest.raises(Hindered, match="Of Southwark Local Strategic Partnership 1 case is still to be decided"):
        end(partnership=case.partnership, on=today(), reason="Merged", by=office.by("manager"))


def test_what_is_decided_stays_to_be_read(office):
    southwark = office.world.southwark
    assert "1 case" not in left_behind(southwark)
    office.made("decided")
    assert "1 case" in left_behind(southwark)


def test_every_deed_is_said_in_words(office, deeds):
    case = office.made("claimed")
    actions.release(case=case, reason="On leave.", by=office.by("reviewer"))
    office.made("appealed", subject_id=2)
    office.made("withdrawn", subject_id=3)
    for verb in set(deeds()):
        assert words_for(f"reviews.{verb}") != f"reviews.{verb}", verb
