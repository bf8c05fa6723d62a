"""Saying what a body shall look like, and which groups the partnership names; nothing is lost when two do it."""

import threading
from concurrent.futures import ThreadPoolExecutor

import pytest
from django.db import IntegrityError, connection, transaction

from core.dates import today
from core.refusals import Already, Conflict, NotPermitted
from partnerships.actions.composition import (
    add_group,
    end_group,
    key_of,
    rename_group,
    set_composition,
    wishes,
)
from partnerships.actions.overtaking import seal_of
from partnerships.models import CompositionTarget, GovernanceLayer, Sector, UnderrepresentedGroup
from partnerships.queries.composition import current_groups
from partnerships.tenancy.context import acting

PAGE, GROUPS = "/p/southwark/manage/balance/composition/", "/p/southwark/manage/balance/groups/"
OTHERS = ["rep", "chair", "hackney_officer", "manager", "national", "lapsed", "stranger"]


@pytest.fixture
def board(db):
    return GovernanceLayer.objects.get(code="strategic")


@pytest.fixture
def want(world, board):
    """`want(3)`: the officer wants three residents on the board, having seen what stands."""

    def wanted(seats, by="officer", seen=None, side=None):
        with acting(world.southwark.pk, by=world.people[by].pk):
            seen = seal_of(wishes(world.southwark, board)) if seen is None else seen
            sides = {side or Sector.objects.get(code="residents"): seats}
            set_composition(partnership=world.southwark, body=board, wanted=sides, seen=seen, by=world.access(by))

    return wanted


def stands(world, board):
    with acting(world.southwark.pk):
        return wishes(world.southwark, board)


def test_it_is_said_changed_and_taken_back(world, board, want, log):
    residents = key_of(Sector.objects.get(code="residents"))
    for seats, standing in ((3, {residents: 3}), (0, {residents: 0}), (None, {})):
        want(seats)
        assert stands(world, board) == standing
    told = [deed.changes for deed in log()[-3:]]
    name = "Strategic board: Resident"
    assert told == [{name: [None, 3]}, {name: [3, 0]}, {name: [0, None]}]
    assert {deed.verb for deed in log()[-3:]} == {"partnerships.composition_set"}


def test_the_same_again_changes_nothing(want, log):
    want(3)
    before = log()
    want(3)
    want(3, seen="what nobody has ever seen")
    assert log() == before


def test_who_has_not_seen_what_another_saved_is_shown_both(world, board, want):
    seen = seal_of(stands(world, board))
    want(3)
    with pytest.raises(Conflict, match="Officer saved this part on") as conflict:
        want(5, by="unprotected", seen=seen)
    assert (list(conflict.value.mine.values()), list(conflict.value.theirs.values())) == ([5], [3])
    assert list(stands(world, board).values()) == [3]


@pytest.mark.parametrize("name", OTHERS)
def test_nobody_else_can(world, board, want, name):
    with pytest.raises(NotPermitted, match="Co-ordinating officer can"):
        want(3, by=name)
    assert stands(world, board) == {}


def test_postgresql_refuses_a_half_written_wish_and_two_of_one_side(world, board):
    residents = Sector.objects.get(code="residents")
    whole = {"partnership": world.southwark, "layer": board, "sector": residents, "seats": 3}
    with acting(world.southwark.pk):
        CompositionTarget.objects.create(**whole)
        for half in ({"sector": None}, {"seats": None}, {"seats": -1}, {"layer": None}, {}):
            with pytest.raises(IntegrityError), transaction.atomic():
                CompositionTarget.objects.create(**{**whole, **half})


@pytest.mark.django_db(transaction=True)
def test_of_two_who_save_at_once_one_is_shown_both(world):
    board, start = GovernanceLayer.objects.get(code="strategic"), threading.Barrier(2)
    residents, seen = Sector.objects.get(code="residents"), seal_of({})

    def save(given):
        name, seats = given
        try:
            with acting(world.southwark.pk, by=world.people[name].pk):
                start.wait(timeout=10)
                set_composition(
                    partnership=world.southwark, body=board, wanted={residents: seats}, seen=seen, by=world.access(name)
                )
        except Exception as error:
            return error
        finally:
            connection.close()

    with ThreadPoolExecutor(2) as pool:
        outcomes = list(pool.map(save, [("officer", 3), ("unprotected", 5)]))
    (conflict,) = (outcome for outcome in outcomes if outcome is not None)
    assert isinstance(conflict, Conflict)
    with acting(world.southwark.pk):
        assert list(wishes(world.southwark, board).values()) == list(conflict.theirs.values())


def test_the_page_saves_what_is_typed(world, board, sign_in):
    officer = sign_in("officer")
    form = officer.get(PAGE).context_data["form"]
    residents, public = (key_of(Sector.objects.get(code=code)) for code in ("residents", "public"))
    answer = officer.post(PAGE, {residents: "6", public: "", "seen": form["seen"].value()}, follow=True)
    assert "The composition that you want is saved." in answer.text
    assert "5 fewer than wanted" in answer.text
    assert stands(world, board) == {residents: 6}
    assert 'value="6"' in officer.get(PAGE).text


@pytest.mark.parametrize("wrong", ["-1", "six", "1.5", "1001", "९९९९"])
def test_the_page_says_what_is_wrong(world, board, sign_in, wrong):
    key = key_of(Sector.objects.get(code="residents"))
    answer = sign_in("officer").post(PAGE, {key: wrong})
    assert "Residents: enter a whole number from 0 to 1000, or nothing" in answer.text
    assert stands(world, board) == {}


def test_the_second_of_two_pages_shows_both_and_keeps_what_was_typed(world, board, want, sign_in):
    key, officer = key_of(Sector.objects.get(code="residents")), sign_in("officer")
    seen = officer.get(PAGE).context_data["form"]["seen"].value()
    want(3)
    answer = officer.post(PAGE, {key: "5", "seen": seen})
    assert answer.status_code == 409
    assert "Where the two differ" in answer.text and 'value="5"' in answer.text
    officer.post(PAGE, {key: "5", "seen": answer.context_data["form"]["seen"].value()})
    assert stands(world, board) == {key: 5}


@pytest.fixture
def group(world):
    """A group that Southwark names."""
    with acting(world.southwark.pk):
        return add_group(partnership=world.southwark, name="Young people", by=world.access("officer"))


def named(world):
    with acting(world.southwark.pk):
        return [row.name for row in current_groups(world.southwark)]


def test_a_group_is_named_once(world, group, log):
    assert (log()[-1].verb, log()[-1].what) == ("partnerships.group_named", "Young people")
    before = log()
    with acting(world.southwark.pk), pytest.raises(Already, match="“Young people” is named already"):
        add_group(partnership=world.southwark, name="YOUNG people", by=world.access("officer"))
    assert log() == before


def test_a_group_ends_once_and_can_be_named_again(world, group, log):
    officer = world.access("officer")
    with acting(world.southwark.pk):
        end_group(group=group, by=officer)
        assert named(world) == []
        before = log()
        with pytest.raises(Already, match="is not named any more"):
            end_group(group=group, by=officer)
        assert log() == before
        again = add_group(partnership=world.southwark, name="Young People", by=officer)
    assert (again.pk, named(world)) == (group.pk, ["Young People"])


def test_a_group_gets_another_name(world, group, log):
    officer = world.access("officer")
    with acting(world.southwark.pk):
        add_group(partnership=world.southwark, name="Refugees", by=officer)
        rename = {"group": group, "by": officer, "seen": seal_of({"name": "Young people"})}
        rename_group(name="People under 25", **rename)
        assert named(world) == ["People under 25", "Refugees"]
        assert log()[-1].changes == {"name": ["Young people", "People under 25"]}
        with pytest.raises(Conflict):
            rename_group(name="Youth", **rename)
        with pytest.raises(Already, match="“refugees” is named already, or was"):
            rename_group(name="refugees", **{**rename, "seen": seal_of({"name": "People under 25"})})
        before = log()
        rename_group(name="People under 25", **rename)
    assert log() == before


@pytest.mark.parametrize("name", OTHERS)
def test_nobody_else_names_renames_or_ends_a_group(world, group, name):
    by = world.access(name)
    with acting(world.southwark.pk):
        for deed, values in (
            (add_group, {"partnership": world.southwark, "name": "Mine"}),
            (rename_group, {"group": group, "name": "Mine", "seen": ""}),
            (end_group, {"group": group}),
        ):
            with pytest.raises(NotPermitted, match="Co-ordinating officer can"):
                deed(by=by, **values)
    assert named(world) == ["Young people"]


def test_postgresql_refuses_two_groups_of_one_name(world, group):
    with acting(world.southwark.pk), pytest.raises(IntegrityError, match="one_group_of_a_name"), transaction.atomic():
        UnderrepresentedGroup.objects.create(partnership=world.southwark, name="young PEOPLE")


def test_the_pages_name_rename_and_end_a_group(world, sign_in):
    officer = sign_in("officer")
    assert "No group is named yet" in officer.get(GROUPS).text
    assert "is named." in officer.post(GROUPS, {"name": "شباب"}, follow=True).text
    answer = officer.post(GROUPS, {"name": "شباب"})
    assert answer.status_code == 409 and "is named already" in answer.text
    group = UnderrepresentedGroup.objects.none()
    with acting(world.southwark.pk):
        group = UnderrepresentedGroup.objects.get()
    page = f"{GROUPS}{group.pk}/"
    seen = officer.get(page).context_data["form"]["seen"].value()
    assert "The name is saved." in officer.post(page, {"name": "Young people", "seen": seen}, follow=True).text
    answer = officer.post(page, {"name": "Youth", "seen": seen})
    assert answer.status_code == 409 and "It is called “Young people” now." in answer.text
    assert "Enter name of the group" in officer.post(page, {"name": ""}).text
    assert "is not named any more. Its seats stay" in officer.post(f"{page}end/", follow=True).text
    assert "is not named any more." in officer.post(f"{page}end/", follow=True).text
    with acting(world.southwark.pk):
        assert UnderrepresentedGroup.objects.get().ends_on == today()
