"""What is wrong with a row is said with its row and column, and what to do."""

import datetime

import pytest

from accounts.models import Person
from core.sheets.dates import day
from imports.models import MemberImport
from partnerships.models import Organisation, OrganisationIdentifier, Sector
from tests.imports.conftest import southwark

S = MemberImport.State
SEAT = southwark()[7]  # of the community empowerment network; row 2 in these tests


@pytest.fixture
def police(world):
    """In the directory, with numbers, kept by Hackney."""
    entry = Organisation.objects.create(
        name="St. Mary’s Police", sector=Sector.objects.get(code="public"), kept_by=world.hackney
    )
    for scheme, value in (("charity", "1012345"), ("company", "00123456")):
        OrganisationIdentifier.objects.create(organisation=entry, scheme=scheme, value=value)
    return entry


@pytest.mark.parametrize(
    "text",
    ["2006-01-31", "31/01/2006", "31.1.2006", "31-01-2006", "31 January 2006", "31 jan 2006", "31st January 2006"],
)
def test_dates_as_people_write_them(text):
    assert day(text) == datetime.date(2006, 1, 31)


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("31/02/2006", "31 February 2006 does not exist"),
        ("2006-02-30", "30 February 2006 does not exist"),
        ("13/13/2006", "Month must be a number from 1 to 12"),
        ("01/31/2006", "Month must be a number from 1 to 12"),
        ("31/01/06", "is no date. Write it as 31/01/2006"),
        ("soon", "“soon” is no date"),
        ("2006-01-31 10:30:00", "is no date"),
        ("٣١/٠١/٢٠٠٦", "is no date"),
        ("01/01/0206", "between 1900 and 2100"),
        ("31 Foo 2006", "Month must be"),
    ],
)
def test_days_that_are_none(text, words):
    with pytest.raises(ValueError, match=words):
        day(text)


@pytest.mark.parametrize(
    ("cells", "column", "words"),
    [
        ({"Body": "Cabinet"}, "Body", "“Cabinet” is not known. Write one of these: Strategic board, Executive group"),
        ({"Sector": ""}, "Sector", "Write one of these: Resident"),
        ({"From": ""}, "From", "Enter the first day."),
        (
            {"From": "", "Position": "", "Held by": "", "E-mail": "", "Body": "", "Member since": ""},
            "From",
            "Enter the",
        ),
        (
            {"Position": "", "Organisation": "", "Charity number": "", "Member since": ""},
            "Position",
            "or, for a member",
        ),
        ({"Until": "2005-03-31"}, "Until", "before the first day"),
        ({"Until": "2005-02-30"}, "Until", "30 February 2005 does not exist"),
        ({"Held since": "2005-03-31"}, "Held since", "outside the days of the seat"),
        ({"Held since": "2006-04-01", "Until": "2006-01-01"}, "Held since", "outside the days of the seat"),
        ({"Held by": ""}, "Held by", "Enter whose address community.network@example.org is."),
        ({"E-mail": ""}, "E-mail", "Enter the address of Member for community network"),
        ({"E-mail": "a@b"}, "E-mail", "“a@b” is no e-mail address."),
        ({"E-mail": f"{'a' * 250}@example.org"}, "E-mail", "254 characters or fewer"),
        ({"Substitute": "Ann"}, "Substitute e-mail", "Enter the address of Ann"),
        (
            {"Substitute": "Ann", "Substitute e-mail": "COMMUNITY.network@example.org "},
            "Substitute e-mail",
            "their own",
        ),
        (
            {"Held by": "", "E-mail": "", "Substitute": "A", "Substitute e-mail": "a@example.org"},
            "Held by",
            "Enter who",
        ),
        ({"Organisation": "x" * 201}, "Organisation", "200 characters or fewer. It has 201."),
        ({"Organisation": "", "Member since": ""}, "Charity number", "Enter the organisation, or empty this cell."),
        ({"Organisation": "", "Charity number": ""}, "Member since", "Enter the organisation, or empty this cell."),
        ({"Position": "", "Body": ""}, "Held by", "a member without a position has no seat"),
        ({"Position": "", "Held by": "", "E-mail": ""}, "Body", "a member without a position has no seat"),
        ({"Position": "", "Held by": "", "E-mail": "", "Body": "", "Speaks for": "Youth"}, "Speaks for", "no seat"),
        ({"Speaks for": "x" * 101}, "Speaks for", "100 characters or fewer"),
        ({"Charity number": "99/00002"}, "Charity number", "letters, figures and hyphens"),
        ({"Charity number": "9" * 21}, "Charity number", "up to 20"),
    ],
)
def test_one_wrong_row(imported, cells, column, words):
    found = imported([{**SEAT, **cells}])
    assert found.state == S.REFUSED, cells
    assert [(row, heading) for row, heading, _words in found.errors] == [(2, column)]
    assert words in found.errors[0][2]


@pytest.mark.parametrize(
    ("one", "other", "column", "words"),
    [
        ({}, {"E-mail": SEAT["E-mail"]}, "E-mail", "stands in row 2 too, for Member for community network"),
        ({}, {"Organisation": SEAT["Organisation"]}, "Charity number", "has another number, 9900002"),
        ({}, {"Charity number": "9900002"}, "Charity number", "9900002 stands in row 2 too, for another organisation"),
        (
            {},
            {**SEAT, "Position": "Other", "E-mail": "b@example.org", "Held by": "B", "Member since": "2005-05-01"},
            "Member since",
            "Row 2 says 1 April 2005 for this organisation.",
        ),
        ({}, SEAT, "E-mail", "Row 2 has the same person on the same seat."),
        (
            {"Position": "", "Held by": "", "E-mail": "", "Body": ""},
            {**SEAT, "Position": "", "Held by": "", "E-mail": "", "Body": ""},
            "Organisation",
            "Row 2 has this organisation already.",
        ),
    ],
)
def test_two_rows_that_contradict_each_other(imported, one, other, column, words):
    found = imported([{**SEAT, **one}, {**southwark()[8], **other}])
    assert [(row, heading) for row, heading, _words in found.errors] == [(3, column)]
    assert words in found.errors[0][2]


def test_a_number_finds_an_organisation_whatever_its_name(imported, police):
    row = {**SEAT, "Organisation": "The Met", "Charity number": "", "Company number": "123456"}
    found = imported([row])
    assert found.state == S.DONE and found.counts["organisations"] == 0
    assert police.seats.get().position == "Community network"


def test_a_name_is_found_whatever_its_points_and_case(imported, police):
    assert imported([{**SEAT, "Organisation": "st marys  POLICE", "Charity number": ""}]).counts["organisations"] == 0
    assert police.seats.count() == 1


def test_what_the_directory_calls_it_is_said_before_anything_is_entered(upload, police):
    found = upload([{**SEAT, "Organisation": "The Met", "Charity number": "10 12345"}])
    assert found.notes == [[2, "Organisation", "The directory knows it as “St. Mary’s Police”."]]


def test_a_number_of_another_organisation_is_refused(imported, police, world):
    found = imported([{**SEAT, "Organisation": "Southwark Council", "Charity number": "1012345"}])
    assert found.errors == [[2, "Charity number", "This number belongs to another organisation, “St. Mary’s Police”."]]


def test_two_numbers_of_two_organisations_are_refused(imported, police, world):
    council = Organisation.objects.get(name="Southwark Council")
    OrganisationIdentifier.objects.create(organisation=council, scheme="ons", value="00BE")
    row = {**SEAT, "Organisation": "Who", "Charity number": "1012345", "ONS code": "00be"}
    assert imported([row]).errors == [
        [2, "ONS code", "This number belongs to another organisation, “Southwark Council”."]
    ]


def test_another_number_than_the_directorys_is_refused(imported, police):
    found = imported([{**SEAT, "Organisation": "St. Mary’s Police", "Charity number": "7"}])
    assert found.errors == [[2, "Charity number", "“St. Mary’s Police” has another number, 1012345."]]


def test_a_number_is_not_written_into_an_entry_that_somebody_else_keeps(imported, upload, police):
    row = {**SEAT, "Organisation": "St. Mary’s Police", "Charity number": "", "ONS code": "00XX"}
    assert upload([row]).notes == [[2, "ONS code", "Left out: somebody else looks after this entry of the directory."]]
    imported([row])
    assert not OrganisationIdentifier.objects.filter(scheme="ons").exists()


def test_a_number_is_added_to_an_entry_of_ones_own(imported, empty):
    imported([SEAT])
    found = imported([{**SEAT, "Company number": "99"}])
    assert (found.state, found.counts["standing"]) == (S.DONE, 0)
    identifier = OrganisationIdentifier.objects.get(scheme="company")
    assert (identifier.value, identifier.organisation.kept_by) == ("00000099", empty)


def test_names_that_are_alike_want_a_number(imported, police):
    Organisation.objects.create(name="St Mary’s Police", sector=police.sector)
    row = {**SEAT, "Organisation": "St-Marys Police", "Charity number": ""}
    ((_row, column, words),) = imported([row]).errors
    assert column == "Organisation" and "The directory has several" in words
    assert imported([{**row, "Charity number": "1012345"}]).state == S.DONE
    assert (
        imported([{**row, "Organisation": "St Mary’s Police", "Position": "Second", "E-mail": "2@example.org"}]).state
        == S.DONE
    )
    assert police.seats.count() == 1


def test_an_entry_that_was_merged_leads_to_the_one_that_stays(imported, police):
    Organisation.objects.create(name="Old Bill", sector=police.sector, merged_into=police)
    assert imported([{**SEAT, "Organisation": "Old Bill", "Charity number": ""}]).state == S.DONE
    assert police.seats.count() == 1


def test_an_address_in_capitals_is_the_same_person(imported, world):
    found = imported([{**SEAT, "E-mail": "REP@Example.ORG", "Held by": "Rep"}])
    assert found.counts["people"] == 0
    assert world.rep.sittings.count() == 1


def test_a_known_person_keeps_their_name_and_that_is_said(upload, world):
    assert upload([{**SEAT, "E-mail": "rep@example.org", "Held by": "Somebody"}]).notes == [
        [2, "E-mail", "rep@example.org is known as Rep. That name stays."]
    ]


def test_a_new_person_is_one_person_on_several_seats(imported):
    other = {**southwark()[8], "E-mail": SEAT["E-mail"].upper(), "Held by": f"  {SEAT['Held by'].upper()} "}
    assert imported([SEAT, other]).counts["people"] == 1
    assert Person.objects.get(email=SEAT["E-mail"]).sittings.count() == 2


def test_a_cell_that_cannot_be_read_is_told_once(upload):
    found = upload([{**SEAT, "E-mail": "a\x01b@example.org"}])
    assert found.state == S.READY  # our own export drops what cannot be shown
    assert found.rows[0][1]["email"] == "ab@example.org"
