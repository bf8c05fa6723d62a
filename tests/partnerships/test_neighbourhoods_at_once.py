"""Two officers at the neighbourhoods and contacts of one partnership in the same moment."""

import threading
from collections import Counter
from concurrent.futures import ThreadPoolExecutor

import pytest
from django.db import connection

from core.refusals import Conflict
from partnerships.actions.neighbourhoods import AtField, save_neighbourhood
from partnerships.actions.overtaking import seal_of
from partnerships.models import ContactPoint, NeighbourhoodArea
from partnerships.queries.neighbourhoods import values_of
from partnerships.tenancy.context import acting
from tests.places import enter_neighbourhood, name_contact

pytestmark = pytest.mark.django_db(transaction=True)
WRITERS = 4


def at_once(deed):
    """Do a deed in threads that start together, each with its number. Returns the kinds of what came back or rose."""
    start = threading.Barrier(WRITERS)

    def do(number):
        try:
            start.wait(timeout=10)
            deed(number)
        except Exception as error:
            return type(error)
        finally:
            connection.close()
        return None

    with ThreadPoolExecutor(WRITERS) as pool:
        return Counter(pool.map(do, range(WRITERS)))


def test_a_small_area_comes_to_one_of_the_new_neighbourhoods(world):
    def add(number):
        enter_neighbourhood(world.southwark, world.officer, name=f"Place {number}", codes=["E01000001"])

    assert at_once(add) == {None: 1, AtField: WRITERS - 1}
    assert NeighbourhoodArea.objects.count() == 1


def test_one_change_is_saved_and_the_others_are_shown_it(world):
    row, access = enter_neighbourhood(world.southwark, world.officer), world.access("officer")
    seen = seal_of(values_of(row))

    def save(number):
        with acting(world.southwark.pk, by=access.person_id):
            values = {"name": row.name, "about": row.about, "codes": [f"E01{number + 7:06}"]}
            save_neighbourhood(neighbourhood=row, **values, seen=seen, by=access)

    assert at_once(save) == {None: 1, Conflict: WRITERS - 1}
    assert NeighbourhoodArea.objects.count() == 1


def test_one_first_point_of_contact_is_named(world):
    assert at_once(lambda number: name_contact(world.southwark, world.officer, name=f"Office {number}")) == {
        None: 1,
        Conflict: WRITERS - 1,
    }
    assert ContactPoint.objects.count() == 1
