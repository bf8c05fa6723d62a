"""Neighbourhoods are added, changed, ended and taken up again, with their small areas."""

import datetime

import pytest
from django.db import IntegrityError, transaction

from core.refusals import Already, Conflict, NotPermitted
from partnerships.actions.neighbourhoods import (
    AtField,
    add_neighbourhood,
    end_neighbourhood,
    resume_neighbourhood,
    save_neighbourhood,
)
from partnerships.actions.overtaking import seal_of
from partnerships.models import Neighbourhood, NeighbourhoodArea, NeighbourhoodAreaEvent
from partnerships.queries.neighbourhoods import codes_of, present_neighbourhoods, values_of
from partnerships.tenancy.context import acting
from tests.places import CODES, enter_neighbourhood
from tests.world import BEGAN_ON

DAY = datetime.date(2006, 3, 31)
NOBODY_ELSE = ["rep", "chair", "finance", "cvs", "hackney_officer", "dual_officer", "manager", "national", "stranger"]


@pytest.fixture
def peckham(world):
    return enter_neighbourhood(world.southwark, world.officer)


@pytest.fixture
def do(world):
    """Do one of the deeds in Southwark, as the officer unless somebody else is named."""

    def done(action, by="officer", **values):
        with acting(world.southwark.pk, by=world.people[by].pk):
            return action(**values, by=world.access(by))

    return done


def seen(world, row):
    with acting(world.southwark.pk):
        return seal_of(values_of(Neighbourhood.objects.get(pk=row.pk)))


def change(row, **values):
    return {"neighbourhood": row, "name": row.name, "about": row.about, "codes": CODES, **values}


def test_it_is_there_with_its_areas_and_the_log_says_so(world, peckham, log):
    assert [row.name for row in present_neighbourhoods(world.southwark)] == ["Peckham"]
    assert codes_of(peckham) == list(CODES)
    deed = log()[-1]
    assert (deed.verb, deed.subject_label) == ("partnerships.neighbourhood_added", "Peckham")
    assert deed.changes["small_areas"] == [None, list(CODES)]


def test_one_that_begins_tomorrow_is_not_there_today(world):
    enter_neighbourhood(world.southwark, world.officer, starts_on=datetime.date(2100, 1, 1))
    assert not present_neighbourhoods(world.southwark).exists()


def test_the_same_name_twice_is_refused_whatever_its_case(world, peckham, do):
    with pytest.raises(AtField, match="of this name already") as refused:
        enter_neighbourhood(world.southwark, world.officer, name="PECKHAM", codes=[])
    assert refused.value.field == "name"
    do(end_neighbourhood, neighbourhood=peckham, on=DAY, reason="Renewed")
    with pytest.raises(AtField, match="you can take its end back"):
        enter_neighbourhood(world.southwark, world.officer, codes=[])
    assert Neighbourhood.objects.count() == 1


def test_an_area_belongs_to_one_neighbourhood_of_a_partnership(world, peckham):
    with pytest.raises(AtField, match="E01000002 to “Peckham”") as refused:
        enter_neighbourhood(world.southwark, world.officer, name="Walworth", codes=["E01000002", "E01000009"])
    assert refused.value.field == "codes"
    enter_neighbourhood(world.hackney, world.hackney_officer, name="Peckham")  # another partnership counts by itself
    assert Neighbourhood.objects.filter(partnership=world.southwark).count() == 1


def test_the_areas_of_one_that_has_ended_are_free(world, peckham, do):
    do(end_neighbourhood, neighbourhood=peckham, on=DAY, reason="Renewed")
    enter_neighbourhood(world.southwark, world.officer, name="Walworth")
    with pytest.raises(AtField, match="belong elsewhere already"):
        do(resume_neighbourhood, neighbourhood=peckham)


def test_a_change_leaves_a_trace_of_what_was(world, peckham, do, log):
    do(
        save_neighbourhood,
        **change(peckham, name="Old Peckham", codes=["E01000003", "E01000004"]),
        seen=seen(world, peckham),
    )
    assert codes_of(peckham) == ["E01000003", "E01000004"]
    deed = log()[-1]
    assert deed.verb == "partnerships.neighbourhood_changed"
    assert deed.changes == {
        "name": ["Peckham", "Old Peckham"],
        "small_areas": [list(CODES), ["E01000003", "E01000004"]],
    }
    with acting(world.southwark.pk):
        gone = NeighbourhoodAreaEvent.objects.filter(pgh_label="delete").values_list("code", flat=True)
        assert sorted(gone) == ["E01000001", "E01000002"]
        kept = NeighbourhoodAreaEvent.objects.filter(code="E01000003")
        assert kept.count() == 1  # what stays is not taken out and put in again


def test_the_same_twice_changes_nothing(world, peckham, do, log):
    first = seen(world, peckham)
    for _time in range(2):
        do(save_neighbourhood, **change(peckham, about="New."), seen=first)
    assert [deed.verb for deed in log()].count("partnerships.neighbourhood_changed") == 1


def test_who_has_not_seen_what_is_stored_gets_both(world, peckham, do):
    first = seen(world, peckham)
    do(save_neighbourhood, **change(peckham, codes=["E01000007"]), seen=first)
    with pytest.raises(Conflict, match="Officer saved this part") as refused:
        do(save_neighbourhood, **change(peckham, codes=["E01000008"]), seen=first)
    assert refused.value.mine["codes"] == ["E01000008"]
    assert refused.value.theirs["codes"] == ["E01000007"]
    assert codes_of(peckham) == ["E01000007"]
    do(save_neighbourhood, **change(peckham, codes=["E01000008"]), seen=seal_of(refused.value.theirs))
    assert codes_of(peckham) == ["E01000008"]


def test_it_ends_on_a_day_and_its_past_stays(world, peckham, do, log):
    do(end_neighbourhood, neighbourhood=peckham, on=DAY, reason="Renewed")
    assert not present_neighbourhoods(world.southwark).exists()
    assert present_neighbourhoods(world.southwark, DAY - datetime.timedelta(days=1)).exists()
    assert codes_of(peckham) == list(CODES)
    deed = log()[-1]
    assert (deed.verb, deed.reason) == ("partnerships.neighbourhood_ended", "Renewed")
    assert deed.changes == {"ends_on": [None, "2006-03-31"]}


def test_the_second_who_ends_it_is_told(peckham, do):
    do(end_neighbourhood, neighbourhood=peckham, on=DAY, reason="Renewed")
    with pytest.raises(Already, match="ends on 31 March 2006 already"):
        do(end_neighbourhood, neighbourhood=peckham, on=DAY, reason="Renewed")


def test_it_cannot_end_before_it_began(peckham, do):
    with pytest.raises(AtField, match="It began on 1 April 2005") as refused:
        do(end_neighbourhood, neighbourhood=peckham, on=BEGAN_ON - datetime.timedelta(days=1), reason="Renewed")
    assert refused.value.field == "on"


def test_one_that_has_ended_is_not_changed(world, peckham, do):
    do(end_neighbourhood, neighbourhood=peckham, on=DAY, reason="Renewed")
    with pytest.raises(Already, match="ended on 31 March 2006"):
        do(save_neighbourhood, **change(peckham, name="Away"), seen=seen(world, peckham))


def test_an_end_is_taken_back_once(world, peckham, do, log):
    do(end_neighbourhood, neighbourhood=peckham, on=DAY, reason="Renewed")
    do(resume_neighbourhood, neighbourhood=peckham)
    assert present_neighbourhoods(world.southwark).exists()
    assert log()[-1].changes == {"ends_on": ["2006-03-31", None]}
    with pytest.raises(Already, match="no end"):
        do(resume_neighbourhood, neighbourhood=peckham)


@pytest.mark.parametrize("name", NOBODY_ELSE)
def test_nobody_else_can_do_any_of_it(world, peckham, do, name):
    deeds = [
        (
            add_neighbourhood,
            {"partnership": world.southwark, "name": "New", "about": "", "starts_on": DAY, "codes": []},
        ),
        (save_neighbourhood, change(peckham, name="Away", seen=seen(world, peckham))),
        (end_neighbourhood, {"neighbourhood": peckham, "on": DAY, "reason": "Because"}),
        (resume_neighbourhood, {"neighbourhood": peckham}),
    ]
    for action, values in deeds:
        with pytest.raises(NotPermitted, match="Co-ordinating officer can"):
            do(action, by=name, **values)
    row = Neighbourhood.objects.get(partnership=world.southwark)
    assert (row.name, row.ends_on) == ("Peckham", None)


@pytest.mark.parametrize("half", [{"name": None}, {"starts_on": None}, {"ends_on": datetime.date(2005, 1, 1)}])
def test_postgresql_refuses_a_half_written_neighbourhood(world, half):
    whole = {"name": "Peckham", "starts_on": BEGAN_ON}
    with acting(world.southwark.pk), pytest.raises(IntegrityError), transaction.atomic():
        Neighbourhood.objects.create(partnership=world.southwark, **{**whole, **half})


@pytest.mark.parametrize("code", ["e01000009", "W01000009", "E0100000", "", CODES[0]])
def test_postgresql_refuses_what_is_no_code_and_a_code_twice(world, peckham, code):
    with acting(world.southwark.pk), pytest.raises(IntegrityError), transaction.atomic():
        NeighbourhoodArea.objects.create(partnership=world.southwark, neighbourhood=peckham, code=code)


def test_postgresql_refuses_an_area_of_anothers_neighbourhood(world, peckham):
    with acting(world.hackney.pk), pytest.raises(IntegrityError), transaction.atomic():
        NeighbourhoodArea.objects.create(partnership=world.hackney, neighbourhood=peckham, code="E01000009")
