"""Entering the demonstration's people and appointing the cast."""

import datetime

from django.contrib.auth.hashers import make_password
from django.db import transaction
from django.utils.text import slugify

from accounts.models import Person
from lsp.demonstration.cast import CAST, PASSWORD, Player
from partnerships.actions.offices import appoint_to_office
from partnerships.actions.roles import appoint
from partnerships.models import GovernmentOffice, Partnership
from partnerships.permissions import Role
from partnerships.tenancy.access import Access
from partnerships.tenancy.context import acting

APPOINTED_ON = datetime.date(2005, 4, 1)


def person(name: str) -> Person:
    """Somebody who holds a seat, named by their role. Without a password nobody can sign in as them."""
    email = f"{slugify(name)}@example.org"
    return Person.objects.filter(email=email).first() or Person.objects.create_user(email, name)


def appoint_cast(by: Access) -> int:
    """Enter the cast with the password of the demonstration, and appoint them. Returns how many were missing."""
    missing = [player for player in CAST if not Person.objects.filter(email=player.email).exists()]
    password = make_password(PASSWORD) if missing else ""  # slow on purpose: once is enough for a known password
    for player in missing:
        with transaction.atomic():
            somebody = Person.objects.create_user(player.email, player.name)
            somebody.password = password
            somebody.save(update_fields=["password"])
            for slug, role in player.roles:
                _appoint(somebody, slug, role, by)
            _appoint_to_office(somebody, player, by)
    return len(missing)


def _appoint(somebody: Person, slug: str, role: Role, by: Access) -> None:
    partnership = Partnership.objects.get(slug=slug)
    with acting(partnership.pk, by=by.person_id):
        appoint(partnership=partnership, person=somebody, role=role, starts_on=APPOINTED_ON, by=by)


def _appoint_to_office(somebody: Person, player: Player, by: Access) -> None:
    if player.office is None:
        return
    region, role = player.office
    office = GovernmentOffice.objects.get(region__slug=region) if region else None
    appoint_to_office(office=office, person=somebody, role=role, starts_on=APPOINTED_ON, by=by)
