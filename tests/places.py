"""A neighbourhood and its point of contact, entered by the actions of its officer; and a made-up table of ranks."""

from typing import Any

from accounts.models import Person
from partnerships.actions.contacts import save_contact
from partnerships.actions.deprivation import load_deprivation
from partnerships.actions.deprivation_table import Area
from partnerships.actions.neighbourhoods import add_neighbourhood
from partnerships.models import ContactPoint, Neighbourhood, Partnership
from partnerships.tenancy.access import Access
from partnerships.tenancy.context import acting
from tests.world import BEGAN_ON

CODES = ("E01000001", "E01000002", "E01000003")
CONTACT = {
    "name": "Partnership office",
    "email": "office@example.org",
    "telephone": "020 7946 0000",
    "address": "1 High Street\nMondays",
    "getting_involved": "Come to a **meeting**.",
    "person": None,
}


def enter_neighbourhood(
    partnership: Partnership, officer: Person, *, name: str = "Peckham", **values: Any
) -> Neighbourhood:
    """A neighbourhood of three small areas."""
    given = {"about": "Round the square.", "starts_on": BEGAN_ON, "codes": CODES, **values}
    with acting(partnership.pk, by=officer.pk):
        return add_neighbourhood(partnership=partnership, name=name, by=Access.of(officer), **given)


def name_contact(partnership: Partnership, officer: Person, **values: Any) -> ContactPoint:
    """A point of contact of the partnership, or of `neighbourhood`."""
    given = {**CONTACT, "seen": "", **values}
    with acting(partnership.pk, by=officer.pk):
        return save_contact(partnership=partnership, by=Access.of(officer), **given)


def load_ranks(edition: int = 2019, count: int = 20, **values: Any) -> None:
    """A table of areas from E01000001 on, the first the most deprived; in Southwark, unless `authority` is another."""
    given = {"name": "", "authority": "00BE", "score": None, **values}
    areas = [
        Area(code=f"E01{number:06}", rank=number, decile=-(-number * 10 // count), **given)
        for number in range(1, count + 1)
    ]
    load_deprivation(areas, edition=edition, source=f"Made up, {edition}")
