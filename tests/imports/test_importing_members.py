"""Members and seats come in from a spreadsheet: all of them, or none."""

import datetime

import pytest
from django.db import IntegrityError, connection, transaction
from django.utils import timezone

from accounts.models import Person
from core.refusals import NotPermitted, WrongState
from imports import actions
from imports.models import MemberImport
from imports.tasks import forget_everywhere
from partnerships.actions.seats import add_seat, take_seat
from partnerships.models import Deed, GovernanceLayer, Membership, Organisation, Seat, SeatGroup, Sector, Sitting
from partnerships.queries import balance, broken_deeds, members_of
from partnerships.tenancy.access import Access
from partnerships.tenancy.context import acting
from tests.imports.conftest import southwark
from tests.world import SYSTEM

S = MemberImport.State


def stands(partnership):
    """How much of each kind a partnership has, and the country has."""
    with acting(partnership.pk):
        tables = (Membership, Seat, Sitting, SeatGroup)
        own = [model.objects.filter(partnership=partnership).count() for model in tables]
        return [*own, Organisation.objects.count(), Person.objects.count()]


@pytest.mark.parametrize("kind", ["csv", "xlsx"])
def test_the_26_seats_of_southwark_come_in_at_once(empty, upload, confirm, kind):
    found = upload(southwark(), kind)
    assert (found.state, found.row_count, stands(empty)[:3]) == (S.READY, 26, [0, 0, 0])
    assert found.counts == {
        "seats": 26,
        "sittings": 26,
        "memberships": 20,
        "organisations": 18,  # the council and the council for voluntary service are in the directory
        "people": 26,
        "standing": 0,
    }
    done = confirm(found)
    assert done.state == S.DONE and done.done_at is not None
    assert [row.held + row.open for row in balance(empty)] == [6, 5, 2, 2, 11]
    assert [row.open for row in balance(empty)] == [0] * 5
    assert members_of(empty).count() == 20


def test_an_import_gives_nobody_access(empty, imported):
    imported(southwark())
    newcomer = Person.objects.get(email="walworth@example.org")
    assert not newcomer.has_usable_password()
    assert not Access.of(newcomer).reaches(empty)


def test_the_log_says_what_was_entered(world, empty, imported):
    found = imported(southwark())
    with acting(empty.pk):
        deeds = Deed.objects.filter(partnership=empty)
        counts = {verb: deeds.filter(verb=verb).count() for verb in deeds.values_list("verb", flat=True).distinct()}
        assert counts["partnerships.seat_added"] == counts["partnerships.seat_taken"] == 26
        assert counts["partnerships.joined"] == 20
        last = deeds.latest("number")
        assert (last.verb, last.subject_label, last.by_id) == ("imports.imported", "members.csv", world.officer.pk)
        assert (last.subject_id, last.changes["seats"]) == (found.pk, [0, 26])
        taken = deeds.filter(verb="partnerships.seat_taken", subject_label="Resident, Walworth").get()
        assert taken.about.email == "walworth@example.org"
        assert not any("@" in f"{deed.subject_label}{deed.changes}{deed.reason}" for deed in deeds)
        assert broken_deeds(empty) == []


def test_a_done_import_keeps_no_address(empty, imported):
    with acting(empty.pk):
        found = MemberImport.objects.get(pk=imported(southwark()).pk)
    assert (found.rows, found.errors, found.notes) == ([], [], [])


def test_history_never_held_one(empty, upload):
    upload(southwark())
    with acting(empty.pk), connection.cursor() as cursor:
        cursor.execute("SELECT to_jsonb(event)::text FROM imports_memberimport_event AS event")
        events = "".join(row[0] for row in cursor.fetchall())
    assert "members.csv" in events and "@example.org" not in events


@pytest.mark.parametrize(
    ("column", "cell", "words"),
    [
        ("From", "31/02/2006", "31 February 2006 does not exist"),
        (
            "Sector",
            "Druids",
            "“Druids” is not known. Write one of these: Resident, Voluntary",
        ),
        ("E-mail", "nobody", "“nobody” is no e-mail address."),
        ("Position", "x" * 201, "must be 200 characters or fewer. It has 201."),
    ],
)
def test_with_row_7_broken_nothing_is_saved(empty, imported, column, cell, words):
    rows, before = southwark(), stands(empty)
    rows[5][column] = cell
    found = imported(rows)
    assert found.state == S.REFUSED
    ((row, heading, message),) = found.errors
    assert (row, heading) == (7, column) and words in message
    assert stands(empty) == before


def test_a_charity_number_that_stands_in_two_rows(empty, imported):
    rows, before = southwark(), stands(empty)
    rows[5] |= {"Organisation": "Camberwell Society", "Charity number": "99 00001"}
    # row 8 is the first that has the number too, so it is the second that is at fault
    assert imported(rows).errors == [
        [8, "Charity number", "9900001 stands in row 7 too, for another organisation, “Camberwell Society”."]
    ]
    assert stands(empty) == before


def test_every_error_is_told_at_once(imported):
    rows = southwark()
    rows[5] |= {"From": "31/02/2006", "Sector": "Druids"}
    rows[20]["E-mail"] = ""
    assert [(row, column) for row, column, _message in imported(rows).errors] == [
        (7, "Sector"),
        (7, "From"),
        (22, "E-mail"),
    ]


def test_a_second_confirmation_is_told(empty, upload, confirm):
    found = upload(southwark())
    confirm(found)
    before = stands(empty)
    with pytest.raises(WrongState, match="Imported"):
        confirm(found)
    assert stands(empty) == before


def test_seats_that_somebody_else_enters_meanwhile_are_not_entered_twice(empty, upload, confirm):
    rows = southwark()
    found, other = upload(rows[:10]), upload(rows[5:])
    confirm(found)
    again = confirm(other)
    assert again.state == S.READY  # what was shown does not hold any more: look again
    assert (again.counts["seats"], again.counts["standing"]) == (16, 5)
    assert stands(empty)[1] == 10
    assert confirm(again).state == S.DONE
    assert stands(empty)[1] == 26


def test_a_seat_that_somebody_else_gives_away_meanwhile(world, empty, upload, confirm):
    rows = southwark()[:1]
    found = upload(rows)
    with acting(empty.pk):
        seat = add_seat(
            partnership=empty,
            layer=GovernanceLayer.objects.get(code="strategic"),
            sector=Sector.objects.get(code="residents"),
            position="Resident, Bermondsey",
            starts_on=datetime.date(2005, 4, 1),
            by=SYSTEM,
        )
        take_seat(seat=seat, person=world.rep, starts_on=datetime.date(2005, 4, 1), by=SYSTEM)
    refused = confirm(found)
    assert (refused.state, refused.rows) == (S.REFUSED, [])
    assert refused.errors == [
        [2, "Held by", "This seat stands already, with another holder. Replace the holder on its page."]
    ]
    assert stands(empty)[1:3] == [1, 1]


def test_a_discarded_import_is_forgotten(world, empty, upload):
    found = upload(southwark())
    with acting(empty.pk):
        gone = actions.discard(member_import=found, by=world.access("officer"))
        assert (gone.state, gone.rows, gone.errors, gone.notes) == (S.DISCARDED, [], [], [])
        with pytest.raises(WrongState, match="Discarded"):
            actions.discard(member_import=found, by=world.access("officer"))
    assert stands(empty)[1] == 0


def test_what_nobody_confirms_for_a_month_is_forgotten(world, empty, upload):
    kept, left, done = upload(southwark()[:1]), upload(southwark()), upload(southwark()[1:2])
    with acting(empty.pk, by=world.officer.pk):
        actions.confirm(member_import=done, by=world.access("officer"))
        old = MemberImport.objects.filter(pk__in=[left.pk, done.pk])
        old.update(uploaded_at=timezone.now() - datetime.timedelta(days=31))
    forget_everywhere()
    forget_everywhere()
    with acting(empty.pk):
        states = dict(MemberImport.objects.values_list("pk", "state"))
        assert states == {kept.pk: S.READY, left.pk: S.DISCARDED, done.pk: S.DONE}
        assert MemberImport.objects.get(pk=left.pk).rows == []
        assert Deed.objects.filter(verb="imports.discarded").get().by_name == "Imports"


def test_the_name_of_200_characters_in_arabic(empty, imported):
    name = ("منظمة المجتمع " * 20)[:199].strip().ljust(200, "م")
    rows = [{**southwark()[10], "Organisation": name, "Held by": name, "Position": name, "Charity number": ""}]
    assert imported(rows).state == S.DONE
    seat = Seat.objects.filter(partnership=empty).get()
    assert (seat.position, seat.organisation.name, len(name)) == (name, name, 200)


@pytest.mark.parametrize("name", ["rep", "chair", "hackney_officer", "manager", "national", "future", "stranger"])
def test_nobody_else_can(world, upload, name):
    with pytest.raises(NotPermitted, match="Co-ordinating officer can"):
        upload(southwark(), to=world.southwark, by=world.access(name))


def test_nobody_else_can_confirm_or_discard(world, upload):
    found = upload(southwark())
    for deed in (actions.confirm, actions.discard):
        with acting(found.partnership_id), pytest.raises(NotPermitted, match="Co-ordinating officer can"):
            deed(member_import=found, by=world.access("hackney_officer"))


@pytest.mark.parametrize(
    "half",
    [
        {"state": S.DONE},
        {"state": S.READY, "rows": []},
        {"state": S.REFUSED},
        {"state": S.READY, "errors": [[2, "From", "wrong"]]},
        {"state": S.DISCARDED},
        {"file_name": None},
        {"row_count": -1},
    ],
)
def test_postgresql_refuses_a_half_written_import(empty, half):
    whole = {"file_name": "a.csv", "sha256": "0" * 64, "size": 1, "row_count": 1, "rows": [[2, {}, True]]}
    with acting(empty.pk), pytest.raises(IntegrityError), transaction.atomic():
        MemberImport.objects.create(partnership=empty, **{**whole, **half})
