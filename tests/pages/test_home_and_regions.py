"""What everyone sees first: the search, the regions, what the fund paid, what was published."""

import re

from partnerships.models import Region
from partnerships.tenancy.context import acting
from strategies import actions
from tests.pages.conftest import words
from tests.partnerships.conftest import enter
from tests.writing import write_strategy


def publish(partnership, person, access):
    """Write a strategy and publish it."""
    strategy = write_strategy(partnership, person)
    with acting(partnership.pk, by=person.pk):
        return actions.publish(strategy=strategy, by=access)[0]


def test_the_search_leads_to_the_directory(world, client):
    page = client.get("/").content.decode()
    assert '<form action="/partnerships/" method="get" role="search">' in page
    assert re.search(r'<label[^>]* for="find">', page)
    assert 'id="find" name="q"' in page
    assert client.get("/partnerships/?q=southwark").context["listing"].count == 1


def test_every_region_is_there_with_its_areas_of_the_fund(world, client):
    enter("Surrey Heath")  # a partnership without the fund
    tiles = client.get("/").context_data["tiles"]
    assert len(tiles) == 9
    counts = {tile["region"].slug: tile["region"].nrf_count for tile in tiles}
    assert (counts["london"], counts["yorkshire-and-the-humber"], counts["south-east"]) == (2, 1, 0)
    assert 'href="/partnerships/?region=london"' in client.get("/").content.decode()


def test_the_fund_is_shown_year_by_year_as_a_drawing_and_as_a_table(world, client):
    text = words(client.get("/"))
    assert "2001–02" in text and "£200,000,000.00" in text
    assert "2006–07" in text and "£525,000,000.00" in text
    assert "<svg" in client.get("/").content.decode()


def test_what_was_published_last_stands_first(world, client):
    assert "No strategy has been published yet" in words(client.get("/"))
    publish(world.southwark, world.officer, world.access("officer"))
    publish(world.hackney, world.hackney_officer, world.access("hackney_officer"))
    assert [row.partnership.slug for row in client.get("/").context_data["published"]] == ["hackney", "southwark"]
    page = client.get("/").content.decode()
    assert 'href="/p/southwark/strategy/1/">Southwark: A place to stay, edition 1</a>' in page


def test_an_empty_database_says_what_to_do(world, client):
    from tests.conftest import as_owner

    with as_owner():
        from django.db import connection

        with connection.cursor() as cursor:
            cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")
            cursor.execute("TRUNCATE partnerships_region, partnerships_fundtotal CASCADE")
    assert "loads them with manage.py load_reference" in words(client.get("/"))
    assert client.get("/regions/").status_code == 200
    assert "No partnership fits" in words(client.get("/partnerships/"))


def test_the_regions_as_a_table(world, client):
    enter("Surrey Heath")
    rows = {region.slug: region for region in client.get("/regions/").context_data["regions"]}
    assert len(rows) == Region.objects.count() == 9
    assert (rows["london"].partnership_count, rows["london"].nrf_count) == (2, 2)
    assert (rows["south-east"].partnership_count, rows["south-east"].nrf_count) == (1, 0)
    text = words(client.get("/regions/"))
    assert "Government Office for London" in text
    assert text.index("East Midlands") < text.index("London") < text.index("Yorkshire and The Humber")
