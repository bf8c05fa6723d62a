"""Several people, or clocks, at the same case in the same moment, each with a connection of their own."""

import datetime
from collections.abc import Callable
from typing import Any

import pytest

from core.dates import today
from core.refusals import Already, WrongState
from partnerships.actions.offices import end_office_appointment
from partnerships.models import Deed, OfficeAppointment
from partnerships.tenancy.context import acting
from reviews import actions
from reviews.actions import clock
from reviews.models import Case, Decision, Letter, Notice
from tests.at_once import Deeds, at_once
from tests.reviewing import Office
from tests.world import BEGAN_ON, SYSTEM, World

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def made(world: World) -> Callable[[str], tuple[Office, Case]]:
    """A case in a state, committed."""

    def make(state: str) -> tuple[Office, Case]:
        office = Office(world)
        with office.acting():
            case = office.made(state)
        for name in ("colleague", "manager", "deputy", "chair"):
            office.by(name)
        return office, case

    return make


def inside(office: Office, name: str, deed: Callable[[], Any]) -> Deeds:
    """A deed of somebody, with Southwark open for them."""

    def do() -> object:
        with office.acting(name):
            return deed()

    return do


def count(office: Office, verb: str) -> int:
    with office.acting():
        return Deed.objects.filter(verb=f"reviews.{verb}").count()


def test_of_four_who_take_a_case_one_has_it_and_the_others_are_told(made):
    office, case = made("queued")
    names = ("reviewer", "colleague", "manager", "deputy")
    said = at_once(*(inside(office, name, lambda name=name: office.claim(case, name)) for name in names))
    (winner,) = (each for each in said if isinstance(each, Case))
    refusals = [each for each in said if isinstance(each, Already)]
    assert len(refusals) == 3
    assert all(f"{winner.reviewer.name} took this case on" in str(each) for each in refusals)
    assert count(office, "claimed") == 1


def test_of_two_who_decide_one_does_and_the_other_is_told(made):
    office, case = made("recommended")
    said = at_once(
        *(inside(office, name, lambda name=name: office.decide(case, name)) for name in ("manager", "deputy"))
    )
    (decision,) = (each for each in said if isinstance(each, Decision))
    (refusal,) = (each for each in said if isinstance(each, Already))
    assert str(refusal).startswith(f"{decision.decided_by.name} decided this on ")
    with office.acting():
        assert Decision.objects.count() == 1


def test_withdrawn_or_recommended_but_not_both(made):
    office, case = made("claimed")
    said = at_once(
        inside(office, "chair", lambda: actions.withdraw(case=case, reason="Too early.", by=office.by("chair"))),
        inside(office, "reviewer", lambda: office.recommend(case)),
    )
    assert sum(isinstance(each, WrongState) for each in said) == 1
    assert count(office, "withdrawn") + count(office, "recommended") == 1


def test_of_two_of_one_thing_one_is_submitted(world):
    office = Office(world)
    office.by("chair")
    said = at_once(*(inside(office, "chair", lambda: office.submit(1)) for _each in range(3)))
    assert sorted(type(each).__name__ for each in said) == ["Already", "Already", "Case"]


def test_two_clocks_tell_once(made):
    office, case = made("claimed")
    with office.acting():
        Case.objects.filter(pk=case.pk).update(due_on=case.due_on - datetime.timedelta(days=60))
    said = at_once(*[clock.remind] * 3)
    assert sum(said) == 2
    with office.acting():
        assert sorted(Notice.objects.values_list("kind", flat=True)) == ["escalated", "late"]
        assert Letter.objects.filter(kind="late").count() == 3


def test_two_clocks_take_a_claim_back_once(made):
    office, _case = made("claimed")
    appointment = OfficeAppointment.objects.get(person=office.world.reviewer, starts_on=BEGAN_ON)
    end_office_appointment(appointment=appointment, on=today(), by=SYSTEM)
    assert sum(at_once(*[clock.return_claims] * 3)) == 1
    assert count(office, "returned_to_queue") == 1


def test_a_letter_that_is_written_twice_at_once_is_one(made):
    office, case = made("claimed")

    def write() -> object:
        with acting(case.partnership_id):
            return len(actions.letters.write(case, "receipt", 1, [office.world.chair, office.world.officer]))

    assert sorted(at_once(*[write] * 3)) == [0, 0, 2]
