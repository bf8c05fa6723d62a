"""A partnership as the public sees it."""

import datetime

from partnerships.actions.partnerships import found
from partnerships.models import Authority
from partnerships.tenancy.context import acting
from strategies import actions
from tests.pages.conftest import words
from tests.partnerships.conftest import enter
from tests.world import SYSTEM
from tests.writing import write_strategy


def test_it_says_where_who_answers_and_who_sits_there(world, client):
    text = words(client.get("/p/southwark/"))
    assert "Southwark Local Strategic Partnership" in text
    assert "3 seats stand at this table. One is open." in text
    assert "Reviewed by the Government Office for London" in text
    assert "Accountable body Southwark Council" in text
    assert "One of the 88 areas that received it from 2001 to 2006" in text
    assert "Member, " not in text  # no person is named


def test_the_figures_are_those_of_the_index_of_2004(world, client):
    figures = client.get("/p/southwark/").context_data["figures"].area
    assert {code: int(value) for code, value in figures.items()} == {
        "small_areas": 165,
        "small_areas_worst_tenth": 24,
        "small_areas_worst_fifth": 105,
        "rank_of_mean_score": 16,
    }


def test_a_partnership_without_seats_strategy_or_figures_says_so(world, client):
    area = Authority.objects.create(code="own", name="Nowhere", kind="district", region=world.leeds.region)
    found(name="Nowhere Partnership", short_name="Nowhere", slug="nowhere", areas=[area], by=SYSTEM)
    text = words(client.get("/p/nowhere/"))
    assert "No seat has been entered yet" in text
    assert "No strategy has been published yet" in text
    assert "No figures yet" in text
    assert "Not one of the 88 areas" in text
    assert "Accountable body" not in text


def test_the_latest_edition_is_offered_and_the_earlier_ones_are_told_of(world, client):
    strategy, officer = write_strategy(world.southwark, world.officer), world.access("officer")
    with acting(world.southwark.pk, by=world.officer.pk):
        actions.publish(strategy=strategy, by=officer)
    assert "A place to stay, edition 1" in words(client.get("/p/southwark/"))
    with acting(world.southwark.pk, by=world.officer.pk):
        actions.add_issue(strategy=strategy, title="Work", body="More of it.", by=officer)
        actions.publish(strategy=strategy, by=officer)
    assert "A place to stay, edition 2" in words(client.get("/p/southwark/"))
    assert 'href="/p/southwark/strategy/"' in client.get("/p/southwark/").content.decode()


def test_a_draft_is_nowhere_to_be_seen(world, client):
    write_strategy(world.southwark, world.officer, token="not-yet-public")
    for address in ("/", "/p/southwark/", "/p/southwark/strategy/", "/p/southwark/seats/"):
        assert "not-yet-public" not in client.get(address).content.decode()


def test_a_place_that_is_none_does_not_exist(world, client):
    for address in ("/p/atlantis/", "/p/atlantis/seats/", "/p/atlantis/strategy/", "/p/Southwark/"):
        assert client.get(address).status_code == 404, address


def test_seats_of_the_past_and_of_the_future_do_not_count(world, client):
    derby = enter("Derby", founded_on=datetime.date(2002, 1, 1))
    assert client.get("/p/derby/").context_data["seats"] == 0
    assert derby.founded_on.year == 2002
