"""Standing aside because of an interest: for good, and only the Government Office reads why."""

import pytest
from django.db import IntegrityError, transaction
from django.db.utils import ProgrammingError

from core.refusals import Already, Incomplete, NotPermitted, WrongState
from partnerships.models import Deed
from reviews import actions
from reviews.actions import Interested
from reviews.models import Recusal


def aside(office, case, who="reviewer", reason="My brother chairs it."):
    return actions.recuse(case=case, reason=reason, by=office.by(who))


def test_what_one_has_goes_back_to_the_queue(office, deeds, letters):
    case = aside(office, office.made("claimed"))
    assert (case.state, case.reviewer) == ("queued", None)
    assert Recusal.objects.get().reason == "My brother chairs it."
    assert deeds()[-1] == "recused"
    assert letters("waits_again") == ["Deputy", "Manager"]


def test_the_partnerships_log_does_not_say_why(office):
    aside(office, office.made("claimed"))
    deed = Deed.objects.latest("number")
    assert deed.verb == "reviews.recused"
    assert "brother" not in f"{deed.reason}{deed.changes}{deed.subject_label}"


def test_what_somebody_else_has_stays_with_them(office):
    case = aside(office, office.made("claimed"), "colleague")
    assert (case.state, case.reviewer) == ("claimed", office.world.reviewer)


def test_what_one_has_recommended_does_not_stand(office):
    case = office.made("recommended")
    aside(office, case)
    assert actions.hold(case).state == "queued"
    with pytest.raises(WrongState):
        office.decide(case)


def test_a_manager_who_stands_aside_does_not_countersign_and_another_does(office):
    case = office.made("recommended")
    aside(office, case, "manager")
    assert actions.hold(case).state == "recommended"
    with pytest.raises(Interested, match="stood aside"):
        office.decide(case, "manager")
    assert office.decide(case, "deputy").number == 1


def test_it_is_for_good(office):
    case = office.made("claimed")
    aside(office, case)
    with pytest.raises(Already, match="You stood aside from this case on"):
        aside(office, case)
    with pytest.raises(IntegrityError, match="one_recusal_per_person"), transaction.atomic():
        Recusal.objects.create(
            partnership=office.world.southwark, case=case, person=office.world.reviewer, reason="Again"
        )
    with pytest.raises(ProgrammingError, match="permission denied"), transaction.atomic():
        Recusal.objects.all().delete()


def test_a_reason_is_needed_and_the_partnership_does_not_do_it(office):
    case = office.made("claimed")
    with pytest.raises(Incomplete):
        aside(office, case, reason="")
    with pytest.raises(NotPermitted):
        aside(office, case, "chair")
