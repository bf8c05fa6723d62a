"""Routing: everybody whom a submission concerns is written to, once, by a job of the queue `reviews`."""

import pytest

from partnerships.actions.seats import take_seat
from partnerships.models import Seat
from reviews import actions, queries
from reviews.actions import letters as writing
from reviews.models import Letter
from tests.world import BEGAN_ON, SYSTEM

OWN = ["Chair", "Officer", "Unprotected"]  # who chairs and co-ordinates Southwark
OFFICE = ["Colleague", "Deputy", "Manager", "Reviewer"]


def test_the_office_hears_and_the_partnership_has_a_receipt(office, run, letters):
    case = office.submit()
    (job,) = run("reviews.route")
    assert (job.state, job.result_id) == ("done", case.pk)
    assert actions.hold(case).routed_at is not None
    assert letters("submitted", number=1) == OFFICE
    assert letters("receipt", number=1) == OWN


def test_a_second_run_changes_nothing(office, run):
    case = office.submit()
    run("reviews.route")
    first, routed_at = set(Letter.objects.values_list("pk", flat=True)), actions.hold(case).routed_at
    office.claim(case)
    writing.route(queries.last_submission(case))
    assert set(Letter.objects.values_list("pk", flat=True)) == first
    assert actions.hold(case).routed_at == routed_at


def test_whoever_has_an_interest_is_left_out(office, run, letters):
    seat = Seat.objects.get(partnership=office.world.southwark, position="Resident")
    take_seat(seat=seat, person=office.world.colleague, starts_on=BEGAN_ON, by=SYSTEM)
    office.submit()
    run("reviews.route")
    assert letters("submitted") == ["Deputy", "Manager", "Reviewer"]


def test_an_answer_goes_to_the_reviewer_alone(office, run, letters):
    case = office.made("sent_back")
    run("reviews.route")
    office.answer(case)
    run("reviews.route")
    assert letters("answered", number=2) == ["Reviewer"]
    assert letters("receipt", number=2) == OWN


def test_an_answer_that_nobody_waits_for_goes_to_the_office(office, run, letters):
    case = office.made("sent_back")
    actions.recuse(case=case, reason="I know them.", by=office.by("reviewer"))
    office.answer(case)
    run("reviews.route")
    assert letters("answered", number=2) == ["Colleague", "Deputy", "Manager"]


def test_what_was_withdrawn_meanwhile_needs_no_reviewer(office, run, letters):
    office.made("withdrawn")
    run("reviews.route")
    assert letters("submitted") == []
    assert letters("receipt") == OWN


def test_half_of_it_is_nothing(office, run, monkeypatch):
    case = office.submit()

    def die(*args, **kwargs):
        raise OSError

    with monkeypatch.context() as dying:
        dying.setattr(writing, "office_of", die)
        with pytest.raises(OSError):  # noqa: PT011
            writing.route(queries.last_submission(case))
    assert not Letter.objects.exists()
    assert actions.hold(case).routed_at is None
    run("reviews.route")
    assert Letter.objects.count() == len(OWN + OFFICE)
