"""An import only adds. What stands already is recognised; what a row says otherwise is refused."""

import datetime

import pytest

from imports.models import MemberImport
from partnerships.models import Membership, Seat, SeatGroup, Sitting, UnderrepresentedGroup
from partnerships.tenancy.context import acting
from tests.imports.conftest import southwark

S = MemberImport.State
RESIDENT, NETWORK = southwark()[0], southwark()[7]
ADDED = ("seats", "sittings", "memberships", "organisations", "people")


def added(found):
    return {name: found.counts[name] for name in ADDED if found.counts[name]}


def test_the_same_file_again_adds_nothing(imported, upload):
    imported(southwark())
    again = upload(southwark())
    assert (again.state, added(again), again.counts["standing"]) == (S.READY, {}, 26)
    assert not any(adds for _number, _cells, adds in again.rows)


def test_only_what_is_new_is_added(empty, imported):
    imported(southwark()[:20])
    found = imported(southwark())
    assert added(found) == {"seats": 6, "sittings": 6, "memberships": 6, "organisations": 6, "people": 6}
    assert Seat.objects.filter(partnership=empty).count() == 26


@pytest.mark.parametrize(
    ("cells", "column", "words"),
    [
        ({"Sector": "Business"}, "Sector", "under “Voluntary or community organisation”"),
        ({"Until": "2010-01-01"}, "Until", "with another last day"),
        ({"Held by": "B", "E-mail": "b@example.org"}, "Held by", "Replace the holder on its page"),
        ({"Held since": "2005-05-01"}, "Held since", "This person holds the seat since 1 April 2005."),
        ({"Substitute": "B", "Substitute e-mail": "b@example.org"}, "Substitute", "another substitute or none"),
        ({"Speaks for": "Youth; Elders"}, "Speaks for", "for other groups"),
        ({"Member since": "2004-01-01"}, "Member since", "is a member since 1 April 2005 already"),
    ],
)
def test_a_standing_seat_is_not_changed(imported, cells, column, words):
    imported([{**NETWORK, "Speaks for": "Youth"}])
    found = imported([{**NETWORK, **cells}])
    assert [(row, heading) for row, heading, _words in found.errors] == [(2, column)]
    assert words in found.errors[0][2]


def test_an_empty_cell_says_nothing_about_what_stands(imported, upload):
    imported(
        [{**NETWORK, "Speaks for": "Youth", "Until": "2010-01-01", "Substitute": "B", "Substitute e-mail": "b@x.org"}]
    )
    bare = {**NETWORK, "Held by": "", "E-mail": "", "Member since": "", "Charity number": ""}
    assert upload([bare]).counts["standing"] == 1


def test_an_open_seat_is_taken(empty, imported):
    imported([{**RESIDENT, "Held by": "", "E-mail": ""}])
    found = imported([{**RESIDENT, "Held since": "2006-01-01"}])
    assert added(found) == {"sittings": 1, "people": 1}
    sitting = Sitting.objects.get(partnership=empty)
    assert (sitting.starts_on, sitting.seat.starts_on) == (datetime.date(2006, 1, 1), datetime.date(2005, 4, 1))


def test_a_seat_that_was_held_wants_the_day_from_which_it_is_held_again(empty, imported):
    imported([RESIDENT])
    with acting(empty.pk):
        Sitting.objects.filter(partnership=empty).update(ends_on=datetime.date(2006, 1, 31))
    new = {**RESIDENT, "Held by": "B", "E-mail": "b@example.org"}
    assert imported([new]).errors == [
        [2, "Held since", "The seat was held until 31 January 2006. Enter a day from then on."]
    ]
    assert imported([{**new, "Held since": "2006-01-31"}]).state == S.DONE
    assert Sitting.objects.filter(partnership=empty).count() == 2


def test_who_held_a_seat_then_is_recognised_after_they_left(empty, imported, upload):
    """An export of last year says what was so; it is not to be entered again."""
    imported([RESIDENT])
    with acting(empty.pk):
        Sitting.objects.filter(partnership=empty).update(ends_on=datetime.date(2006, 1, 31))
    assert upload([{**RESIDENT, "Held since": "2005-04-01"}]).counts["standing"] == 1


def test_six_seats_that_are_alike_are_six(empty, imported, upload):
    rows = [
        {**RESIDENT, "Position": "Resident", "Held by": f"Resident {n}", "E-mail": f"r{n}@example.org"}
        for n in range(6)
    ]
    assert added(imported(rows[:5])) == {"seats": 5, "sittings": 5, "people": 5}
    assert added(imported(rows[::-1])) == {"seats": 1, "sittings": 1, "people": 1}
    assert Seat.objects.filter(partnership=empty).count() == 6
    stranger = {**rows[0], "Held by": "B", "E-mail": "b@example.org"}
    assert imported([stranger]).errors[0][1] == "Held by"


def test_open_seats_that_are_alike_are_counted(empty, imported):
    row = {**RESIDENT, "Position": "Resident", "Held by": "", "E-mail": ""}
    assert added(imported([row] * 3)) == {"seats": 3}
    assert added(imported([row] * 4)) == {"seats": 1}


def test_who_takes_one_of_two_open_seats_leaves_the_other(empty, imported):
    row = {**RESIDENT, "Position": "Resident", "Held by": "", "E-mail": ""}
    imported([row] * 2)
    assert added(imported([row, {**row, "Held by": "B", "E-mail": "b@example.org"}])) == {"sittings": 1, "people": 1}


def test_a_member_without_a_seat(empty, imported, upload):
    row = {"Sector": "Business", "Position": "", "Organisation": "Traders", "Member since": "2005-04-01"}
    assert added(imported([row])) == {"memberships": 1, "organisations": 1}
    assert upload([row]).counts["standing"] == 1
    from_alone = {"Sector": "Business", "Position": "", "Organisation": "Traders", "From": "2005-04-01"}
    assert upload([from_alone]).counts["standing"] == 1
    assert imported([{**row, "Sector": "Faith"}]).errors[0][1:] == [
        "Sector",
        "The directory has this organisation under “Business”.",
    ]
    assert imported([{**row, "Until": "2007-01-01"}]).errors[0][1] == "Until"


def test_who_gets_a_seat_becomes_a_member_with_it(empty, imported):
    rows = [{**NETWORK, "Member since": ""}, {**NETWORK, "Position": "Other", "Member since": "", "From": "2004-01-01"}]
    rows[1] |= {"Held by": "", "E-mail": ""}
    assert added(imported(rows))["memberships"] == 1
    membership = Membership.objects.get(partnership=empty)
    assert (membership.starts_on, membership.ends_on) == (datetime.date(2004, 1, 1), None)


def test_a_membership_ends_with_the_last_of_its_seats(empty, imported):
    rows = [
        {**NETWORK, "Member since": "", "Until": "2006-01-01"},
        {**NETWORK, "Position": "Other", "Member since": "", "Until": "2007-01-01", "Held by": "", "E-mail": ""},
    ]
    imported(rows)
    assert Membership.objects.get(partnership=empty).ends_on == datetime.date(2007, 1, 1)


def test_groups_that_seats_speak_for(empty, imported, upload):
    rows = [{**RESIDENT, "Speaks for": "Youth; Disabled  people ;youth"}, {**NETWORK, "Speaks for": "YOUTH"}]
    imported(rows)
    with acting(empty.pk):
        names = sorted(UnderrepresentedGroup.objects.filter(partnership=empty).values_list("name", flat=True))
        assert names == ["Disabled people", "Youth"]
        assert SeatGroup.objects.filter(partnership=empty).count() == 3
    assert upload(rows).counts["standing"] == 2


def test_the_seat_of_another_partnership_does_not_stand_here(world, imported):
    """The council sits at Southwark's table too, under the same position since the same day."""
    row = {"Sector": "Public agency", "Position": "Seat of Southwark Council", "Organisation": "Southwark Council"}
    assert added(imported([{**row, "From": "2005-04-01"}])) == {"seats": 1, "memberships": 1}
