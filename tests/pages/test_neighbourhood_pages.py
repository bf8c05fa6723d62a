"""The pages of neighbourhoods: what they say, what they ask, and what they do with what somebody types."""

import csv
import datetime
import io

import pytest

from core.dates import today
from partnerships.actions.neighbourhoods import end_neighbourhood
from partnerships.models import Authority, ContactPoint, Neighbourhood, NeighbourhoodArea, PartnershipArea
from partnerships.tenancy.context import acting
from tests.pages.conftest import queries_of, words
from tests.places import CODES, enter_neighbourhood, load_ranks, name_contact
from tests.world import BEGAN_ON

INSIDE = "/p/southwark/manage/neighbourhoods/"
PUBLIC = "/p/southwark/neighbourhoods/"


@pytest.fixture
def peckham(world):
    return enter_neighbourhood(world.southwark, world.officer)


def form_of(client, address):
    """What the form shows, as a browser would send it back."""
    initial = client.get(address).context_data["form"]
    return {name: initial[name].value() or "" for name in initial.fields if name != "starts_on"}


def end(world, row, on):
    with acting(world.southwark.pk, by=world.officer.pk):
        end_neighbourhood(neighbourhood=row, on=on, reason="Renewed", by=world.access("officer"))


def test_without_any_the_pages_say_so(world, sign_in):
    assert "No neighbourhoods yet" in words(sign_in("officer").get(INSIDE))
    assert "The partnership has not entered the neighbourhoods" in words(sign_in(None).get(PUBLIC))


def test_the_list_counts_areas_by_the_latest_edition(peckham, sign_in):
    load_ranks(2004, count=30)
    load_ranks(2019, count=20)  # the first two are its tenth, the first four its fifth
    for name, address in (("rep", INSIDE), (None, PUBLIC)):
        text = words(sign_in(name).get(address))
        assert "ranks of 2019" in text
        assert "Peckham 3 2 3" in text


def test_without_ranks_the_list_says_no_data(peckham, sign_in):
    text = words(sign_in("rep").get(INSIDE))
    assert "Peckham 3 No data No data" in text
    assert "The ranks of small areas have not been entered yet" in text


def test_one_shows_each_area_with_its_ranks_in_words(world, sign_in):
    load_ranks(2004, count=30)
    load_ranks(2019, count=20)
    row = enter_neighbourhood(
        world.southwark, world.officer, codes=["E01000002", "E01000003", "E01000015", "E01000025"]
    )
    for name, address in (("rep", f"{INSIDE}{row.pk}/"), (None, f"{PUBLIC}{row.pk}/")):
        text = words(sign_in(name).get(address))
        assert "E01000002 2 1 2 1 among the most deprived tenth of England" in text
        assert "E01000003 3 2 3 1 among the most deprived fifth of England" in text
        assert "E01000015 15 8 15 5 in the less deprived half" in text
        assert "E01000025 No data No data 25 9 in the less deprived half" in text
        assert "2 of 3 small areas are among the most deprived fifth of England" in text
        assert "The edition of 2019 ranks 3 of the 4 areas" in text
        assert "Source: Made up, 2019" in text


def test_codes_of_nowhere_and_of_another_district_are_told_to_the_members(world, sign_in):
    load_ranks(2019, authority="00AM")  # Hackney
    row = enter_neighbourhood(world.southwark, world.officer, codes=["E01000001", "E01999999"])
    text = words(sign_in("officer").get(f"{INSIDE}{row.pk}/"))
    assert "One code lies outside the area of this partnership: E01000001 (Hackney)" in text
    assert "One code is in no loaded table. Look at it again: E01999999" in text
    assert "outside the area" not in words(sign_in(None).get(f"{PUBLIC}{row.pk}/"))


@pytest.mark.parametrize(
    ("own", "authority"),
    [
        ("snac:20UF", "E06000047"),  # Easington became part of County Durham
        ("gss:E06000047", "20UF"),
        ("snac:20", "20UF"),  # the county of Durham, of which Easington was a district
    ],
)
def test_heirs_predecessors_and_districts_of_an_area_are_its_own(world, sign_in, own, authority):
    row = enter_neighbourhood(world.southwark, world.officer, codes=["E01000001"])
    load_ranks(2019, authority=authority)
    address = f"{INSIDE}{row.pk}/"
    assert "outside the area" in words(sign_in("officer").get(address))
    with acting(world.southwark.pk):
        PartnershipArea.objects.create(partnership=world.southwark, authority=Authority.objects.get(code=own))
    assert "outside the area" not in words(sign_in("officer").get(address))


def test_without_areas_it_says_that_none_are_entered(world, sign_in):
    row = enter_neighbourhood(world.southwark, world.officer, codes=[])
    assert "No small areas entered" in words(sign_in(None).get(f"{PUBLIC}{row.pk}/"))


def test_one_that_has_ended_keeps_its_page_and_leaves_the_public_list(world, peckham, sign_in):
    end(world, peckham, datetime.date(2006, 3, 31))
    assert "No neighbourhoods yet" in words(sign_in(None).get(PUBLIC))
    assert "until 31 March 2006. This page stays as it was." in words(sign_in(None).get(f"{PUBLIC}{peckham.pk}/"))
    assert "Peckham" in words(sign_in("rep").get(INSIDE))
    text = words(sign_in("officer").get(f"{INSIDE}{peckham.pk}/"))
    assert "Take the end back" in text
    assert "Change it" not in text


def test_one_that_is_yet_to_begin_and_one_of_others_do_not_exist_for_the_public(world, sign_in):
    later = enter_neighbourhood(world.southwark, world.officer, starts_on=today() + datetime.timedelta(days=1))
    theirs = enter_neighbourhood(world.hackney, world.hackney_officer)
    for row in (later, theirs):
        assert sign_in(None).get(f"{PUBLIC}{row.pk}/").status_code == 404
    assert sign_in("officer").get(f"{INSIDE}{theirs.pk}/").status_code == 404
    for page in ("", "change/", "end/", "contact/"):
        assert sign_in("hackney_officer").get(f"/p/hackney/manage/neighbourhoods/{later.pk}/{page}").status_code == 404


def test_a_member_is_offered_no_forms(peckham, sign_in):
    for address in (INSIDE, f"{INSIDE}{peckham.pk}/"):
        assert "lsp-moves" not in sign_in("rep").get(address).content.decode()


def test_codes_are_taken_as_they_are_pasted(world, sign_in):
    client = sign_in("officer")
    typed = {"name": "Walworth", "codes": "e01000003, E01000001\r\nE01000002;E01000001\t", "about": ""}
    answer = client.post(f"{INSIDE}new/", {**typed, "starts_on_0": "1", "starts_on_1": "4", "starts_on_2": "2006"})
    assert answer.headers["Location"] == INSIDE
    row = Neighbourhood.objects.get(name="Walworth")
    assert row.starts_on == datetime.date(2006, 4, 1)
    assert list(NeighbourhoodArea.objects.order_by("code").values_list("code", flat=True)) == list(CODES)


def test_wrong_codes_are_named_with_their_place_and_stay_in_the_box(peckham, sign_in):
    typed = {"name": "Peckham", "codes": "E01000001 e0100 nonsense%s W01000001"}
    answer = sign_in("officer").post(f"{INSIDE}{peckham.pk}/change/", typed)
    text = words(answer)
    assert "Code number 2, “e0100”, is no LSOA code" in text
    assert "Code number 3, “nonsense%s”, is no LSOA code" in text
    assert "Code number 4, “W01000001”" in text
    assert typed["codes"] in text


def test_more_areas_than_any_neighbourhood_has_are_refused(peckham, sign_in):
    codes = " ".join(f"E01{number:06}" for number in range(501))
    answer = sign_in("officer").post(f"{INSIDE}{peckham.pk}/change/", {"name": "Peckham", "codes": codes})
    assert "A neighbourhood has at most 500 small areas" in words(answer)


@pytest.mark.parametrize(("letters", "taken"), [(200, False), (101, False), (100, True)])
def test_a_long_name_in_arabic_is_refused_at_a_hundred_and_kept(world, sign_in, letters, taken):
    name = "بيكهام "[:6] * 40
    typed = {"name": name[:letters], "starts_on_0": "1", "starts_on_1": "4", "starts_on_2": "2006"}
    answer = sign_in("officer").post(f"{INSIDE}new/", typed)
    if taken:
        assert Neighbourhood.objects.get().name == name[:letters]
    else:
        assert f"Name must be 100 characters or fewer. You have written {letters}." in words(answer)
        assert f'value="{name[:letters]}"' in answer.content.decode()


def test_a_year_that_is_a_slip_of_the_finger_is_refused(peckham, sign_in):
    typed = {"on_0": "1", "on_1": "4", "on_2": "0206", "reason": "Renewed"}
    answer = sign_in("officer").post(f"{INSIDE}{peckham.pk}/end/", typed)
    assert "The year must be between 1990 and 2100" in words(answer)


def test_a_name_and_a_code_that_are_taken_are_said_at_their_fields(world, peckham, sign_in):
    date = {"starts_on_0": "1", "starts_on_1": "4", "starts_on_2": "2006"}
    client = sign_in("officer")
    answer = client.post(f"{INSIDE}new/", {"name": "peckham", **date})
    assert answer.context_data["form"].errors["name"] == ["There is a neighbourhood of this name already."]
    answer = client.post(f"{INSIDE}new/", {"name": "Walworth", "codes": CODES[0], **date})
    assert "E01000001 to “Peckham”" in answer.context_data["form"].errors["codes"][0]


def test_a_script_in_the_text_is_shown_and_not_run(world, sign_in):
    row = enter_neighbourhood(
        world.southwark, world.officer, about="<script>alert(1)</script> [x](javascript:alert(1))"
    )
    for name, address in (("rep", f"{INSIDE}{row.pk}/"), (None, f"{PUBLIC}{row.pk}/")):
        page = sign_in(name).get(address).content.decode()
        assert "<script>alert" not in page
        assert 'href="javascript' not in page
        assert "&lt;script&gt;alert(1)" in page


def test_two_officers_at_once_get_both_texts_and_decide(world, peckham, sign_in):
    client, address = sign_in("officer"), f"{INSIDE}{peckham.pk}/change/"
    typed = form_of(client, address)
    client.post(address, {**typed, "about": "The first was quicker."})
    answer = client.post(address, {**typed, "about": "The second typed this."})
    assert answer.status_code == 409
    text = words(answer)
    assert "Somebody saved this first" in text
    assert "Saved by Officer The first was quicker." in text
    assert "Typed by you, not saved The second typed this." in text
    again = {name: answer.context_data["form"][name].value() or "" for name in typed}
    assert client.post(address, again).status_code == 302
    peckham.refresh_from_db()
    assert peckham.about == "The second typed this."


def test_a_change_of_one_that_has_ended_meanwhile_is_told(world, peckham, sign_in):
    client, address = sign_in("officer"), f"{INSIDE}{peckham.pk}/change/"
    typed = form_of(client, address)
    end(world, peckham, datetime.date(2006, 3, 31))
    answer = client.post(address, {**typed, "about": "Too late"})
    assert answer.status_code == 409
    assert "ended on 31 March 2006" in words(answer)
    assert "Too late" in words(answer)


def test_ending_and_taking_the_end_back(peckham, sign_in):
    client = sign_in("officer")
    typed = {"on_0": "31", "on_1": "3", "on_2": "2006", "reason": "Renewed"}
    assert "“Peckham” ends on 31 March 2006." in words(client.post(f"{INSIDE}{peckham.pk}/end/", typed, follow=True))
    answer = client.post(f"{INSIDE}{peckham.pk}/resumption/", follow=True)
    assert "“Peckham” goes on: its end is taken back." in words(answer)
    answer = client.post(f"{INSIDE}{peckham.pk}/resumption/", follow=True)
    assert "has no end that could be taken back" in words(answer)


def test_what_a_list_shows_can_be_taken_away(world, peckham, sign_in):
    load_ranks(2019)
    name_contact(world.southwark, world.officer, neighbourhood=peckham, name="=SUM(A1)")

    def rows(name, address):
        return list(csv.reader(io.StringIO(sign_in(name).get(f"{address}?format=csv").content.decode("utf-8-sig"))))

    for name, address in (("rep", INSIDE), (None, PUBLIC)):
        (_heading, row) = rows(name, address)
        assert row[:8] == ["Peckham", "2005-04-01", "", "3", "2019", "3", "2", "3"]
        assert row[8] == "'=SUM(A1)"
        assert rows(name, f"{address}{peckham.pk}/")[1] == ["E01000001", "", "1", "1"]


def fill(world):
    """Sixty neighbourhoods of forty areas each, with a point of contact each."""
    with acting(world.southwark.pk):
        made = Neighbourhood.objects.bulk_create(
            Neighbourhood(partnership=world.southwark, name=f"Place {number}", starts_on=BEGAN_ON)
            for number in range(59)
        )
        NeighbourhoodArea.objects.bulk_create(
            NeighbourhoodArea(partnership=world.southwark, neighbourhood=row, code=f"E01{100 + place * 40 + n:06}")
            for place, row in enumerate(made)
            for n in range(40)
        )
        ContactPoint.objects.bulk_create(
            ContactPoint(partnership=world.southwark, neighbourhood=row, name="Office", person=world.rep)
            for row in made
        )


@pytest.mark.parametrize(
    ("name", "address", "most"),
    [
        ("officer", INSIDE, 16),
        (None, PUBLIC, 5),
        (None, "/p/southwark/contact/", 6),
        (None, f"{PUBLIC}?format=csv", 5),
    ],
)
def test_sixty_neighbourhoods_of_forty_areas_ask_as_often_as_one_of_three(world, peckham, sign_in, name, address, most):
    load_ranks(2019, count=2500)
    client = sign_in(name)
    few = queries_of(client, address)
    fill(world)
    many = queries_of(client, address)
    assert len(many) == len(few), "\n".join(many)
    assert len(many) <= most, "\n".join(many)


@pytest.mark.parametrize(("name", "address", "most"), [("officer", INSIDE, 22), (None, PUBLIC, 10)])
def test_five_hundred_areas_in_two_editions_ask_as_often_as_three(world, peckham, sign_in, name, address, most):
    load_ranks(2004, count=500)
    load_ranks(2019, count=600)
    client = sign_in(name)
    few = queries_of(client, f"{address}{peckham.pk}/")
    with acting(world.southwark.pk):
        NeighbourhoodArea.objects.bulk_create(
            NeighbourhoodArea(partnership=world.southwark, neighbourhood=peckham, code=f"E01{number:06}")
            for number in range(4, 501)
        )
    many = queries_of(client, f"{address}{peckham.pk}/")
    assert len(many) == len(few), "\n".join(many)
    assert len(many) <= most, "\n".join(many)
