"""The public directory: A–Z, by region, by words, as a page and as a file."""

import csv
import io

import openpyxl
import pytest
from django.urls import reverse

from core.dates import long_date, today
from partnerships.actions.partnerships import found
from partnerships.models import Authority, Partnership
from tests.partnerships.conftest import enter
from tests.partnerships.ended import ended
from tests.world import SYSTEM

URL = "/partnerships/"


@pytest.fixture
def directory(world, client):
    """Six partnerships: the world's three, one not named as its area, one without the fund, one with a bad name."""
    enter("Kingston upon Hull", short_name="Hull", name="Hull Partnership", slug="hull")
    enter("Surrey Heath")
    enter("Derby", short_name="=1+1", name='=HYPERLINK("http://evil.example","Derby")', slug="formula")

    def found(query=""):
        response = client.get(f"{URL}{query}")
        assert response.status_code == 200
        return [row.short_name for row in response.context_data["listing"].rows]

    return found


ALL = ["=1+1", "Hackney", "Hull", "Leeds", "Southwark", "Surrey Heath"]


@pytest.mark.parametrize(
    ("query", "names"),
    [
        ("", ALL),
        ("?letter=S", ["Southwark", "Surrey Heath"]),
        ("?letter=s", ["Southwark", "Surrey Heath"]),
        ("?letter=H&q=hack", ["Hackney"]),
        ("?letter=Z", []),
        ("?region=london", ["Hackney", "Southwark"]),
        ("?region=yorkshire-and-the-humber", ["Hull", "Leeds"]),
        ("?q=south", ["Southwark"]),
        ("?q=SOUTHWARK+local", ["Southwark"]),
        ("?q=kingston", ["Hull"]),  # the name of its area
        ("?q=%20hull%20", ["Hull"]),
        ("?q=%25", []),
        ("?q=_", []),
        ("?q=nowhere", []),
        ("?nrf=true", ["=1+1", "Hackney", "Hull", "Leeds", "Southwark"]),
        ("?nrf=true&region=south-east", []),
        ("?nrf=on", ["=1+1", "Hackney", "Hull", "Leeds", "Southwark"]),
        ("?nrf=false", ALL),
        ("?sort=-name", list(reversed(ALL))),
        ("?sort=region", ["=1+1", "Hackney", "Southwark", "Surrey Heath", "Hull", "Leeds"]),
    ],
)
def test_it_finds_what_is_asked_for(directory, query, names):
    found = directory(query)
    if query == "?sort=region":  # within a region in any one order
        found = sorted(found[:1]) + sorted(found[1:3]) + found[3:4] + sorted(found[4:])
    assert found == names


@pytest.mark.parametrize(
    "query",
    [
        "?region=",
        "?letter=",
        "?q=",
        "?sort=password",
        "?sort=--name",
        "?page=0",
        "?page=999",
        "?page=abc",
        "?format=exe",
        "?format=",
        "?unheard=of",
    ],
)
def test_what_the_address_says_wrongly_is_passed_over(directory, query):
    assert directory(query) == ALL


@pytest.mark.parametrize(
    ("query", "field", "said", "kept"),
    [
        ("?region=atlantis&q=leeds", "region", "Choose a region from the list", 'value="leeds"'),
        ("?q=" + "x" * 101, "q", "The name must be 100 characters or fewer", "x" * 101),
        ("?q=%00", "q", "Null characters are not allowed.", 'name="q"'),
        ("?region=atlantis&format=csv", "region", "Choose a region from the list", 'name="q"'),
    ],
)
def test_a_filter_that_is_not_understood_lists_nothing_and_says_what_to_put_right(
    directory, client, query, field, said, kept
):
    assert directory(query) == []
    page = client.get(f"{URL}{query}").content.decode()
    assert f'<a href="#id_{field}">{said}</a>' in page
    assert f'id="id_{field}_error"' in page and f'aria-describedby="id_{field}_error"' in page
    assert "The filter was not understood" in page and "No partnership fits" not in page
    assert kept in page


@pytest.mark.parametrize("words", ["St. Helens", "st helens", "ST HELENS."])
def test_nobody_need_know_how_a_name_is_pointed(directory, words):
    enter("St Helens")
    enter("Stoke-on-Trent", short_name="Stoke", name="Stoke Partnership", slug="stoke")
    assert directory(f"?q={words}") == ["St Helens"]
    assert directory("?q=stoke on trent") == ["Stoke"]  # the name of its area


def test_the_letters_are_those_with_which_a_name_begins(directory, client):
    assert client.get(URL).context_data["letters"] == ["=", "H", "L", "S"]


def test_every_row_leads_to_the_partnerships_page_and_names_region_and_fund(directory, client):
    page = client.get(f"{URL}?q=southwark").content.decode()
    assert 'href="/p/southwark/">Southwark</a>' in page
    assert "London</td>" in page
    assert "received it" in page
    assert "<strong>1</strong> partnership<" in page.replace("\n", "")


def test_nothing_found_says_what_to_try(directory, client):
    page = client.get(f"{URL}?q=nowhere").content.decode()
    assert "No partnership fits “nowhere”" in page
    assert f'href="{URL}"' in page


def test_what_was_asked_for_stands_in_the_form_again(directory, client):
    page = client.get(f"{URL}?q=a%22%3E%3Cscript%3E&region=london&nrf=true").content.decode()
    assert 'value="a&quot;&gt;&lt;script&gt;"' in page
    assert "<script>" not in page
    assert '<option value="london" selected>' in page
    assert " checked" in page


def test_filters_stay_in_the_links_to_files_and_letters(directory, client):
    page = client.get(f"{URL}?region=london&sort=-name&page=1").content.decode()
    assert 'href="?region=london&amp;sort=-name&amp;format=csv"' in page
    assert 'href="?region=london&amp;sort=-name&amp;letter=H"' in page


def rows_of_csv(response):
    assert response["Content-Type"] == "text/csv; charset=utf-8"
    assert response["Content-Disposition"] == 'attachment; filename="partnerships.csv"'
    return list(csv.reader(io.StringIO(response.content.decode("utf-8-sig"))))


def rows_of_xlsx(response):
    assert response["Content-Disposition"] == 'attachment; filename="partnerships.xlsx"'
    sheet = openpyxl.load_workbook(io.BytesIO(response.content)).active
    assert {cell.data_type for row in sheet.iter_rows() for cell in row if cell.value is not None} == {"s"}
    return [[value or "" for value in row] for row in sheet.iter_rows(values_only=True)]


@pytest.mark.parametrize("query", ["?", "?region=london&", "?letter=S&nrf=true&", "?sort=-name&", "?q=nowhere&"])
def test_a_file_holds_what_the_page_shows_in_its_order(directory, client, query):
    shown = directory(query)
    tables = rows_of_csv(client.get(f"{URL}{query}format=csv")), rows_of_xlsx(client.get(f"{URL}{query}format=xlsx"))
    for header, *rows in tables:
        assert header == ["Partnership", "Short name", "Areas", "Region", "Receives NRF", "Ended", "Successor"]
        assert [row[1].removeprefix("'") for row in rows] == shown
    assert tables[0] == tables[1]


def test_no_cell_of_a_file_is_a_formula(directory, client):
    (row,) = (row for row in rows_of_csv(client.get(f"{URL}?format=csv")) if "HYPERLINK" in row[0])
    assert row[:5] == ['\'=HYPERLINK("http://evil.example","Derby")', "'=1+1", "Derby", "East Midlands", "yes"]


def test_what_has_ended_is_found_and_leads_to_its_successor(directory, client):
    hull = Partnership.objects.get(slug="hull")
    ended(hull, successor=Partnership.objects.get(slug="leeds"))
    assert directory() == ALL
    assert directory("?q=kingston") == ["Hull"]  # the area it had
    assert "Hull" not in directory("?current=on")
    page = client.get(f"{URL}?q=hull").content.decode()
    assert f"ended {long_date(today())}, see" in page and 'href="/p/leeds/">Leeds</a>' in page
    (row,) = (row for row in rows_of_csv(client.get(f"{URL}?format=csv")) if row[1] == "Hull")
    assert row[2:] == [
        "Kingston upon Hull",
        "Yorkshire and The Humber",
        "yes",
        today().isoformat(),
        "Leeds Local Strategic Partnership",
    ]


def test_areas_are_named_where_they_are_not_the_name(world, client):
    areas = list(Authority.objects.filter(name__in=["Rugby", "Warwick"]).exclude(kind="county").order_by("name"))
    found(name="Avon side", short_name="Avon side", slug="avon", areas=areas, by=SYSTEM)
    assert "Rugby, Warwick" in client.get(f"{URL}?q=warwick").content.decode()


def test_long_lists_come_in_pages_that_hold_every_row_once(world, client):
    region = world.leeds.region
    Partnership.objects.bulk_create(
        Partnership(slug=f"p{number}", name=f"P {number}", short_name=f"P {number}", region=region)
        for number in range(100)
    )
    names, page, links = [], 1, 0
    while True:
        response = client.get(f"{URL}?page={page}")
        names += [row.short_name for row in response.context_data["listing"].page]
        links += response.content.decode().count("govuk-pagination__list")
        if not response.context_data["listing"].page.has_next():
            break
        page += 1
    assert (page, links, len(names), len(set(names))) == (3, 3, 103, 103)
    assert len(rows_of_csv(client.get(f"{URL}?format=csv&page=2"))) == 104  # a file has no pages


def test_everyone_may_read_it_and_nobody_write(world, sign_in):
    for name in (None, "stranger", "officer"):
        assert sign_in(name).get(reverse("partnerships:directory")).status_code == 200
        assert sign_in(name).post(reverse("partnerships:directory")).status_code == 405
    assert Authority.objects.exists()
