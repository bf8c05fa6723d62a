"""A seat gets another name for its position, or speaks for other groups; nothing is lost when two do it at once."""

import pytest

from core.refusals import Conflict, NotPermitted
from partnerships.actions.composition import add_group, end_group
from partnerships.actions.overtaking import seal_of
from partnerships.actions.seats import change_seat, groups_of, values_of
from partnerships.models import Seat
from partnerships.tenancy.context import acting


@pytest.fixture
def groups(world):
    """Two groups that Southwark names."""
    with acting(world.southwark.pk):
        officer = world.access("officer")
        return [add_group(partnership=world.southwark, name=name, by=officer) for name in ("Young people", "Refugees")]


@pytest.fixture
def save(world, open_seat):
    """`save(…)`: the officer changes the resident's seat, having seen how it stands."""

    def saved(by="officer", **values):
        with acting(world.southwark.pk, by=world.people[by].pk):
            open_seat.refresh_from_db()
            seen = seal_of(values_of(open_seat))
            given = {"position": "Resident", "speaks_for": groups_of(open_seat), "seen": seen, **values}
            return change_seat(seat=open_seat, by=world.access(by), **given)

    return saved


def spoken_for(world, seat):
    with acting(world.southwark.pk):
        return groups_of(seat)


def test_the_position_and_the_groups_change(world, save, groups, log):
    seat = save(position="Resident, Peckham", speaks_for=groups)
    assert (seat.position, spoken_for(world, seat)) == ("Resident, Peckham", groups)
    deed = log()[-1]
    assert (deed.verb, deed.what) == ("partnerships.seat_changed", "Resident, Peckham")
    assert deed.changes == {"position": ["Resident", "Resident, Peckham"], "speaks_for": ["", "Refugees, Young people"]}
    save(position="Resident, Peckham", speaks_for=groups[:1])
    assert spoken_for(world, seat) == groups[:1]


def test_the_same_again_changes_nothing(save, groups, log):
    save(position="Resident", speaks_for=groups)
    before = log()
    save(speaks_for=reversed(groups))
    assert log() == before


def test_who_has_not_seen_what_another_saved_is_shown_both(world, open_seat, save, log):
    with acting(world.southwark.pk):
        seen = seal_of(values_of(open_seat))
    save(position="Resident, Walworth")
    before = log()
    with pytest.raises(Conflict, match="Officer saved this part on") as conflict:
        save(by="unprotected", position="Resident, Peckham", seen=seen)
    assert conflict.value.mine["position"] == "Resident, Peckham"
    assert conflict.value.theirs["position"] == "Resident, Walworth"
    assert log() == before


@pytest.mark.parametrize("name", ["rep", "chair", "hackney_officer", "manager", "national", "lapsed", "stranger"])
def test_nobody_else_can(world, save, name):
    with pytest.raises(NotPermitted, match="Co-ordinating officer can"):
        save(by=name, position="Mine")
    assert not Seat.objects.filter(position="Mine").exists()


def address(seat):
    return f"/p/southwark/manage/seats/{seat.pk}/change/"


def test_the_page_saves(open_seat, groups, sign_in):
    officer = sign_in("officer")
    form = officer.get(address(open_seat)).context_data["form"]
    typed = {"position": "مقعد", "speaks_for": [groups[0].pk], "seen": form["seen"].value()}
    answer = officer.post(address(open_seat), typed, follow=True)
    assert "The seat is saved." in answer.text
    assert 'dir="auto">مقعد</h1>' in answer.text
    assert "Young people" in answer.text


def test_the_second_of_two_pages_keeps_what_was_typed_and_shows_theirs(world, open_seat, save, sign_in):
    officer = sign_in("officer")
    seen = officer.get(address(open_seat)).context_data["form"]["seen"].value()
    save(position="Resident, Walworth")
    answer = officer.post(address(open_seat), {"position": "Resident, Peckham", "seen": seen})
    assert answer.status_code == 409
    assert "Resident, Walworth" in answer.text and 'value="Resident, Peckham"' in answer.text
    again = answer.context_data["form"]["seen"].value()
    officer.post(address(open_seat), {"position": "Resident, Peckham", "seen": again})
    assert Seat.objects.get(pk=open_seat.pk).position == "Resident, Peckham"


def test_a_group_that_is_named_no_longer_stays_with_its_seat(world, open_seat, save, groups, sign_in):
    save(speaks_for=groups)
    with acting(world.southwark.pk):
        end_group(group=groups[1], by=world.access("officer"))
    form = sign_in("officer").get(address(open_seat)).context_data["form"]
    assert sorted(form["speaks_for"].value()) == sorted(group.pk for group in groups)
    with acting(world.southwark.pk):
        assert {group.name for group in form.fields["speaks_for"].queryset} == {"Young people", "Refugees"}


def test_groups_of_another_partnership_are_not_offered(world, open_seat, sign_in):
    with acting(world.hackney.pk):
        foreign = add_group(partnership=world.hackney, name="Elsewhere", by=world.access("hackney_officer"))
    answer = sign_in("officer").get("/p/southwark/manage/seats/new/")
    assert "Elsewhere" not in answer.text
    sign_in("officer").post(address(open_seat), {"position": "Resident", "speaks_for": [foreign.pk]})
    assert spoken_for(world, open_seat) == []
