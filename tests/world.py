"""The named cast of the tests: three partnerships and everybody who might knock at their doors.

Built once for a run by the actions people use; looked up again by every test.
"""

import datetime
from dataclasses import dataclass, field
from typing import Any

from django.db import transaction

import accreditation.actions.reference
import partnerships.actions.reference
import themes.actions
from accounts.models import GroupMembership, Person
from partnerships.actions.members import join
from partnerships.actions.offices import appoint_to_office
from partnerships.actions.partnerships import found
from partnerships.actions.roles import appoint, end_appointment
from partnerships.actions.seats import add_seat, take_seat
from partnerships.models import (
    Authority,
    GovernanceLayer,
    GovernmentOffice,
    Organisation,
    Partnership,
    Region,
    Sector,
)
from partnerships.permissions import OfficeRole, Role
from partnerships.tenancy.access import Access
from partnerships.tenancy.context import acting

PASSWORD = "one-table-many-seats"
SYSTEM = Access.of_system("Test")
BEGAN_ON = datetime.date(2005, 4, 1)

AREAS = {"southwark": "Southwark", "hackney": "Hackney", "leeds": "Leeds"}

# name → (partnership, role); the names of the people of the tests
MEMBERS = {
    "officer": [("southwark", Role.OFFICER)],
    "chair": [("southwark", Role.CHAIR)],
    "finance": [("southwark", Role.FINANCE)],
    "rep": [("southwark", Role.MEMBER)],
    "cvs": [("southwark", Role.CVS)],
    "group_chair": [("southwark", Role.GROUP_CHAIR)],
    "dual": [("southwark", Role.MEMBER), ("hackney", Role.MEMBER)],
    "dual_officer": [("southwark", Role.MEMBER), ("hackney", Role.OFFICER)],
    "unprotected": [("southwark", Role.OFFICER)],  # long since, and without a second factor
    "lapsed": [("southwark", Role.OFFICER)],
    "future": [("southwark", Role.OFFICER)],
    "hackney_officer": [("hackney", Role.OFFICER)],
    "leeds_officer": [("leeds", Role.OFFICER)],
}
OFFICES = {
    "reviewer": ("london", OfficeRole.REVIEWER),
    "other_reviewer": ("yorkshire-and-the-humber", OfficeRole.REVIEWER),
    "colleague": ("london", OfficeRole.REVIEWER),
    "manager": ("london", OfficeRole.MANAGER),
    "deputy": ("london", OfficeRole.MANAGER),
    "national": ("", OfficeRole.NATIONAL),
    "national_team": ("", OfficeRole.NATIONAL_TEAM),
}
STRANGERS = ["stranger", "invited", "administrator"]


@dataclass
class World:
    """The cast and their tables, by name: `world.officer`, `world.southwark`."""

    people: dict[str, Person] = field(default_factory=dict)
    partnerships: dict[str, Partnership] = field(default_factory=dict)

    def __getattr__(self, name: str) -> Any:
        for shelf in (self.people, self.partnerships):
            if name in shelf:
                return shelf[name]
        raise AttributeError(name)

    def access(self, name: str) -> Access:
        """What somebody may do, read anew."""
        return Access.of(self.people[name])


def world() -> World:
    """The world of this database, built if it is not there (a flush has taken it, or it is new)."""
    if not Partnership.objects.filter(slug="southwark").exists():
        with transaction.atomic():
            _build()
    names = [*MEMBERS, *OFFICES, *STRANGERS]
    people = {person.email: person for person in Person.objects.filter(email__in=[email(name) for name in names])}
    tables = Partnership.objects.select_related("region", "accountable_body").filter(slug__in=AREAS)
    return World({name: people[email(name)] for name in names}, {row.slug: row for row in tables})


def email(name: str) -> str:
    """Where somebody of the cast can be reached."""
    return f"{name.replace('_', '.')}@example.org"


def _build() -> None:
    if not Region.objects.exists():
        partnerships.actions.reference.load_reference()
        themes.actions.load_reference()
        accreditation.actions.reference.load_reference()
    people = {
        name: Person.objects.create_user(email(name), name.replace("_", " ").capitalize(), PASSWORD)
        for name in [*MEMBERS, *OFFICES, *STRANGERS]
    }
    people["administrator"].is_superuser = True
    people["administrator"].save()
    for slug, area in AREAS.items():
        _table(slug, Authority.objects.filter(name=area).exclude(kind="county").get())
    for name, roles in MEMBERS.items():
        for slug, role in roles:
            _appoint(name, people[name], slug, role)
    for name, (region, role) in OFFICES.items():
        office = GovernmentOffice.objects.get(region__slug=region) if region else None
        appoint_to_office(office=office, person=people[name], role=role, starts_on=BEGAN_ON, by=SYSTEM)
    long_since = datetime.datetime.combine(BEGAN_ON, datetime.time(), datetime.UTC)
    GroupMembership.objects.filter(person=people["unprotected"]).update(entered_at=long_since)


def _appoint(name: str, person: Person, slug: str, role: Role) -> None:
    partnership = Partnership.objects.get(slug=slug)
    starts_on = datetime.date(2100, 1, 1) if name == "future" else BEGAN_ON
    with acting(partnership.pk):
        appointment = appoint(partnership=partnership, person=person, role=role, starts_on=starts_on, by=SYSTEM)
        if name == "lapsed":
            end_appointment(appointment=appointment, on=datetime.date(2006, 1, 31), reason="Moved away", by=SYSTEM)


def _table(slug: str, authority: Authority) -> None:
    area = authority.name
    sectors = {sector.code: sector for sector in Sector.objects.all()}
    council = Organisation.objects.create(name=f"{area} Council", sector=sectors["public"], authority=authority)
    partnership = found(
        name=f"{area} Local Strategic Partnership",
        short_name=area,
        slug=slug,
        areas=[authority],
        accountable_body=council,
        by=SYSTEM,
    )
    cvs = Organisation.objects.create(name=f"{area} Council for Voluntary Service", sector=sectors["voluntary"])
    board = GovernanceLayer.objects.get(code="strategic")
    with acting(partnership.pk):
        for organisation in (council, cvs):
            join(partnership=partnership, organisation=organisation, starts_on=BEGAN_ON, by=SYSTEM)
            seat = add_seat(
                partnership=partnership,
                layer=board,
                sector=organisation.sector,
                organisation=organisation,
                position=f"Seat of {organisation}",
                starts_on=BEGAN_ON,
                by=SYSTEM,
            )
            holder = Person.objects.create_user(f"{organisation.pk}@example.org", f"Member, {organisation}")
            take_seat(seat=seat, person=holder, starts_on=BEGAN_ON, by=SYSTEM)
        add_seat(
            partnership=partnership,
            layer=board,
            sector=sectors["residents"],
            position="Resident",
            starts_on=BEGAN_ON,
            by=SYSTEM,
        )
