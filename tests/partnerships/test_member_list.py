"""The register of members: found by a filter, as a page and as files, as it is or as it was on a day."""

import csv
import datetime
import io

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from partnerships.models import Membership, NamedPartner, Organisation, Partnership, Seat, Sector, Sitting
from partnerships.tenancy.context import acting
from tests.members import CONTACT, furnish, second_entry
from tests.pages.conftest import words
from tests.world import BEGAN_ON

MEMBERS = "/p/southwark/manage/members/"
COUNCIL, CVS = "Southwark Council", "Southwark Council for Voluntary Service"
DAY = datetime.date


@pytest.fixture
def four(world):
    """The council, the council for voluntary service, one that left in 2006, one that comes in 2100."""
    sector = Sector.objects.get(code="faith")
    with acting(world.southwark.pk):
        for name, starts_on, ends_on in (
            ("Gone – Faiths", DAY(2001, 1, 1), DAY(2006, 5, 3)),
            ("Coming Faiths", DAY(2100, 1, 1), None),
            ("Mistaken Faiths", DAY(2001, 1, 1), DAY(2001, 1, 1)),
        ):
            organisation = Organisation.objects.create(name=name, sector=sector)
            Membership.objects.create(
                partnership=world.southwark, organisation=organisation, starts_on=starts_on, ends_on=ends_on
            )


@pytest.fixture
def listed(sign_in):
    """The names that a query of the address finds, in their order."""

    def found(query="", name="rep"):
        response = sign_in(name).get(f"{MEMBERS}?{query}")
        assert response.status_code == 200
        return [row.organisation.name for row in response.context_data["listing"].page]

    return found


def file(browser, query=""):
    """The rows of a CSV export."""
    return list(csv.reader(io.StringIO(browser.get(f"{MEMBERS}?format=csv{query}").content.decode("utf-8-sig"))))


@pytest.mark.parametrize(
    ("query", "names"),
    [
        ("", [COUNCIL, CVS]),
        ("q=voluntary+southwark", [CVS]),
        ("q=SOUTHWARK-COUNCIL", [COUNCIL, CVS]),
        ("q=1052183", [CVS]),
        ("q=%25", []),
        ("q=...", []),
        ("sector=voluntary", [CVS]),
        ("named=yes", [CVS]),
        ("named=no", [COUNCIL]),
        ("state=past", ["Gone – Faiths"]),
        ("state=all", ["Coming Faiths", "Gone – Faiths", COUNCIL, CVS]),
        ("state=all&q=gone+faiths", ["Gone – Faiths"]),
        ("on_0=2&on_1=5&on_2=2006", ["Gone – Faiths", COUNCIL, CVS]),
        ("on_0=3&on_1=May&on_2=2006", [COUNCIL, CVS]),
        ("on_0=1&on_1=1&on_2=2005&named=yes", []),
        ("on_0=1&on_1=1&on_2=2100", ["Coming Faiths", COUNCIL, CVS]),
        ("sort=-name", [CVS, COUNCIL]),
        ("sort=sector", [CVS, COUNCIL]),
        ("sort=nothing&page=9", [COUNCIL, CVS]),
    ],
)
def test_the_filter_finds(world, four, listed, query, names):
    with acting(world.southwark.pk):
        cvs = Organisation.objects.get(name=CVS)
        cvs.identifiers.create(scheme="charity", value="1052183")
        duty = NamedPartner._meta.get_field("duty").related_model.objects.first()
        own = {"partnership": world.southwark, "organisation": cvs, "duty": duty, "agreement": "A"}
        NamedPartner.objects.create(**own, starts_on=DAY(2006, 1, 1))
    assert listed(query) == names


@pytest.mark.parametrize(
    ("query", "said"),
    [
        ("sector=atlantis", "Choose a sector from the list"),
        ("named=perhaps", "Choose yes or no"),
        ("state=odd", "Choose one of the list"),
        ("on_0=31&on_1=2&on_2=2006", "31 February 2006 does not exist"),
        ("on_0=3", "must include a month and a year"),
        ("q=" + "x" * 101, "The name must be 100 characters or fewer"),
    ],
)
def test_what_is_not_understood_is_explained_and_lists_nothing(world, sign_in, query, said):
    browser = sign_in("rep")
    page = browser.get(f"{MEMBERS}?{query}")
    assert said in words(page) and "The filter was not understood" in words(page)
    assert page.context_data["listing"].count == 0
    assert browser.get(f"{MEMBERS}?{query}&format=csv")["Content-Type"].startswith("text/html")


def test_seats_are_counted_held_and_open_as_they_were_on_the_day(world, sign_in):
    cvs = Organisation.objects.get(name=CVS)
    with acting(world.southwark.pk):
        seat = Seat.objects.get(partnership=world.southwark, organisation=cvs)
        own = {"partnership": world.southwark, "layer": seat.layer, "sector": seat.sector, "organisation": cvs}
        Seat.objects.create(**own, position="Open", starts_on=BEGAN_ON)
        Seat.objects.create(**own, position="Old", starts_on=BEGAN_ON, ends_on=DAY(2006, 5, 3))
        Sitting.objects.filter(seat=seat).update(ends_on=DAY(2007, 1, 1))

    def seats(query):
        page = sign_in("rep").get(f"{MEMBERS}?q=voluntary{query}")
        (row,) = page.context_data["listing"].page
        return row.seats_held, row.seats_open

    assert seats("") == (0, 2)
    assert seats("&on_0=2&on_1=5&on_2=2006") == (1, 2)
    assert seats("&on_0=3&on_1=5&on_2=2006") == (1, 1)


def test_another_partnerships_seats_are_not_counted(world, sign_in):
    cvs, seat = Organisation.objects.get(name=CVS), Seat.objects.filter(partnership=world.hackney).first()
    with acting(world.hackney.pk):
        Seat.objects.filter(pk=seat.pk).update(organisation=cvs)
    page = sign_in("rep").get(f"{MEMBERS}?q=voluntary")
    assert [(row.seats_held, row.seats_open) for row in page.context_data["listing"].page] == [(1, 0)]


@pytest.mark.parametrize("key", ["name", "sector", "since", "until", "held", "open"])
@pytest.mark.parametrize("sign", ["", "-"])
def test_the_file_is_in_the_order_of_the_page_and_has_what_was_found(world, four, listed, sign_in, key, sign):
    shown = listed(f"state=all&sort={sign}{key}")
    assert [row[0] for row in file(sign_in("rep"), f"&state=all&sort={sign}{key}")][1:] == shown
    assert len(shown) == 4


def test_the_file_has_contacts_for_those_alone_who_manage_the_members(world, sign_in):
    furnish(world.southwark, world.access("officer"))
    header, *rows = file(sign_in("officer"), "&q=voluntary")
    assert header == [
        "Organisation",
        "Sector",
        "Kind of body",
        "Charity number",
        "Company number",
        "ONS code",
        "Website",
        "Member from",
        "Until",
        "Seats held",
        "Seats open",
        "Named partner",
        "Contact",
        "E-mail",
        "Telephone",
    ]
    assert rows[0][7:] == ["2005-04-01", "", "1", "0", "yes", *CONTACT.values()]
    for name in ("rep", "chair", "reviewer", "manager", "national"):
        header, *rows = file(sign_in(name), "&q=voluntary")
        assert header[-1] == "Named partner" and not set(CONTACT.values()) & set(rows[0]), name


def test_the_table_for_the_import_has_addresses_for_those_alone_who_manage_the_members(world, sign_in):
    header, *_rows = file(sign_in("officer"), "&sheet=1")
    assert {"Organisation", "Position", "E-mail"} <= set(header)
    assert "E-mail" not in file(sign_in("rep"), "&sheet=1")[0]
    assert "sheet=1" in sign_in("officer").get(MEMBERS).content.decode()
    assert "sheet=1" not in sign_in("rep").get(MEMBERS).content.decode()


def test_a_name_that_looks_like_a_formula_is_text(world, sign_in):
    second_entry(world, "=HYPERLINK(1)")
    assert file(sign_in("rep"), "&q=hyperlink")[1][0] == "'=HYPERLINK(1)"


@pytest.mark.parametrize(
    "query", ["", "?q=member&sector=faith&named=no&state=all", "?format=csv", "?format=csv&sheet=1"]
)
def test_ten_thousand_members_cost_as_many_statements_as_ten(world, sign_in, query):
    browser = sign_in("officer")

    def cost():
        browser.get(MEMBERS + query)
        with CaptureQueriesContext(connection) as queries:
            assert browser.get(MEMBERS + query).status_code == 200
        return [each["sql"] for each in queries]

    fill(world.southwark, 10)
    few = cost()
    fill(world.southwark, 200)  # more than a page has; bench/members.py measures with ten thousand
    many = cost()
    assert len(few) == len(many) <= 20, "\n".join(many)


def fill(partnership: Partnership, count: int) -> None:
    """Members with a number, each with a seat."""
    sector, before = Sector.objects.get(code="faith"), Organisation.objects.count()
    made = Organisation.objects.bulk_create(
        Organisation(name=f"Member {before + number}", sector=sector) for number in range(count)
    )
    layer = Seat.objects.first().layer
    with acting(partnership.pk):
        for row in made:
            row.identifiers.create(scheme="charity", value=f"{row.pk:07}")
        own = {"partnership": partnership, "starts_on": BEGAN_ON}
        Membership.objects.bulk_create(Membership(**own, organisation=row) for row in made)
        Seat.objects.bulk_create(
            Seat(**own, organisation=row, sector=sector, layer=layer, position="Seat") for row in made
        )


def test_an_empty_partnership_says_so(world, sign_in):
    with acting(world.hackney.pk):
        Membership.objects.filter(partnership=world.hackney).delete()
    assert "No organisation is a member yet" in words(sign_in("hackney_officer").get("/p/hackney/manage/members/"))
    assert "No member fits this choice" in words(sign_in("rep").get(f"{MEMBERS}?q=nothing"))


def test_who_adds_members_is_offered_it(world, sign_in):
    assert f'href="{MEMBERS}new/"' in sign_in("officer").get(MEMBERS).content.decode()
    for name in ("rep", "chair", "national", "reviewer"):
        assert f'href="{MEMBERS}new/"' not in sign_in(name).get(MEMBERS).content.decode()


def test_the_page_of_a_member_says_what_was_and_what_is(world, sign_in):
    member = furnish(world.southwark, world.access("officer"))
    address = f"{MEMBERS}{member.membership.pk}/"
    shown = words(sign_in("officer").get(address))
    for said in (
        "Member since 1 April 2005",
        "Seat of Southwark Council for Voluntary Service",
        "Agreement of 2006",
        CONTACT["email"],
        "“Southwark A” was merged into this entry",
        "became a member",
        "Entry kept by",
    ):
        assert said in shown, said
    seen_by_a_member = words(sign_in("rep").get(address))
    assert "Agreement of 2006" in seen_by_a_member
    for hidden in (CONTACT["email"], CONTACT["name"], "became a member", "End the membership", "Southwark A"):
        assert hidden not in seen_by_a_member, hidden
