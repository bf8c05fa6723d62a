"""Sending back: only the sections that are named can be changed, until a day."""

import pytest
from django.db import IntegrityError, transaction

from core.refusals import Incomplete
from reviews import actions, queries
from reviews.actions import NotTheReviewer
from reviews.models import ChangeRequest
from tests.reviewing import TOLD, days


def test_the_case_is_with_the_partnership_and_keeps_its_day(office, deeds, letters):
    case = office.made("claimed")
    due_on = case.due_on
    request = office.ask(case)
    asked = actions.hold(case)
    assert (asked.state, asked.reviewer, asked.due_on) == ("sent_back", office.world.reviewer, due_on)
    assert (request.sections, request.submission.number) == (["performance-managed"], 1)
    assert queries.open_request(case) == request
    assert TOLD == [("changes_asked", 1)]
    assert deeds()[-1] == "changes_asked"
    assert letters("changes_asked", number=request.pk) == sorted(["Chair", "Officer", "Unprotected"])


@pytest.mark.parametrize(
    ("values", "anchor"),
    [
        ({"sections": []}, "id_sections"),
        ({"sections": ["plan", "unknown"]}, "id_sections"),
        ({"words": ""}, "id_words"),
        ({"answer_by": days(0)}, "id_answer_by"),
    ],
)
def test_what_is_missing_is_said_and_nothing_changes(office, values, anchor):
    case = office.made("claimed")
    asked = {"sections": ["plan"], "words": "Add a lead.", "answer_by": days(14)}
    with pytest.raises(Incomplete) as refused:
        actions.ask_changes(case=case, by=office.by("reviewer"), **{**asked, **values})
    assert [gap.anchor for gap in refused.value.gaps] == [anchor]
    assert not ChangeRequest.objects.exists()


def test_a_manager_does_not_ask_in_the_reviewers_place(office):
    case = office.made("claimed")
    with pytest.raises(NotTheReviewer):
        actions.ask_changes(
            case=case, sections=["plan"], words="Add a lead.", answer_by=days(14), by=office.by("manager")
        )


def test_postgresql_refuses_a_second_open_request(office):
    request = queries.open_request(office.made("sent_back"))
    request.pk = None
    with pytest.raises(IntegrityError, match="one_open_request_per_case"), transaction.atomic():
        request.save(force_insert=True)
