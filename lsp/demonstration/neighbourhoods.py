"""Naming the demonstration's points of contact and neighbourhoods, from `contacts/*.toml`, by the actions of pages."""

import tomllib
from pathlib import Path
from typing import Any

from accounts.models import Person
from lsp.demonstration.people import APPOINTED_ON
from partnerships.actions.contacts import save_contact
from partnerships.actions.neighbourhoods import add_neighbourhood
from partnerships.models import Neighbourhood, Partnership
from partnerships.queries.contacts import first_contact
from partnerships.tenancy.access import Access
from partnerships.tenancy.context import acting

FOLDER = Path(__file__).resolve().parent / "contacts"


def name_all() -> list[str]:
    """Each partnership's are named by its own officer, all of them or none. Returns whose were named."""
    named: list[str] = []
    for file in sorted(FOLDER.glob("*.toml")):
        partnership = Partnership.objects.get(slug=file.stem)
        officer = Access.of(Person.objects.get(email=f"officer.{file.stem}@example.org"))
        if first_contact(partnership) is None:
            with acting(partnership.pk, by=officer.person_id):
                _name(partnership, tomllib.loads(file.read_text(encoding="utf-8")), officer)
            named.append(partnership.short_name)
    return named


def _name(partnership: Partnership, words: dict[str, Any], by: Access) -> None:
    _name_contact(partnership, None, words["contact"], by)
    for place in words.get("neighbourhoods", []):
        neighbourhood = add_neighbourhood(
            partnership=partnership,
            name=place["name"],
            about=place["about"],
            starts_on=APPOINTED_ON,
            codes=[],
            by=by,
        )
        if "contact" in place:
            _name_contact(partnership, neighbourhood, place["contact"], by)


def _name_contact(
    partnership: Partnership, neighbourhood: Neighbourhood | None, words: dict[str, str], by: Access
) -> None:
    texts = {name: text.strip() for name, text in words.items()}
    save_contact(partnership=partnership, neighbourhood=neighbourhood, **texts, person=None, seen="", by=by)
