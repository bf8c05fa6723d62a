"""A member with everything a member can have, and second entries of the directory to merge with it."""

import datetime
from dataclasses import dataclass

from partnerships.actions import merging
from partnerships.actions.members import join, join_as_new, save_contact
from partnerships.actions.named_partners import name_partner
from partnerships.actions.seats import add_seat
from partnerships.models import (
    DutyPartner,
    GovernanceLayer,
    Membership,
    NamedPartner,
    Organisation,
    OrganisationIdentifier,
    OrganisationMerge,
    Partnership,
    Sector,
)
from partnerships.tenancy.access import Access
from partnerships.tenancy.context import acting
from strategies.models import Action, ActionPartner
from tests.world import BEGAN_ON, SYSTEM, World
from tests.writing import write_strategy

CONTACT = {"name": "Ayesha Khan", "email": "ayesha.khan@example.org", "telephone": "020 7946 0123"}


@dataclass(frozen=True)
class Member:
    """The rows whose numbers stand in addresses."""

    membership: Membership
    naming: NamedPartner
    second: Organisation
    merge: OrganisationMerge


def furnish(partnership: Partnership, by: Access) -> Member:
    """A voluntary member of a partnership: contact, number, agreement, one merge done and one to do."""
    with acting(partnership.pk, by=by.person_id):
        members = Membership.objects.select_related("partnership", "organisation")
        membership = members.filter(partnership=partnership, organisation__sector__code="voluntary").earliest("pk")
        save_contact(membership=membership, **CONTACT, by=by)
        duty = DutyPartner.objects.get(code="police")
        naming = name_partner(
            membership=membership, duty=duty, agreement="Agreement of 2006", starts_on=BEGAN_ON, by=by
        )
        merged, second = (enter(partnership, by, f"{partnership.short_name} {name}") for name in "AB")
        merge = merging.merge(kept=membership.organisation, merged=merged, by=by)
    return Member(membership, naming, second, merge)


def enter(partnership: Partnership, by: Access, name: str) -> Organisation:
    """Another voluntary organisation, entered by a partnership and a member there."""
    sector = Sector.objects.get(code="voluntary")
    joined = join_as_new(partnership=partnership, name=name, sector=sector, numbers={}, starts_on=BEGAN_ON, by=by)
    return joined.organisation


def second_entry(world: World, name: str) -> Organisation:
    """The same by the officer of Southwark, which is opened for it."""
    with acting(world.southwark.pk, by=world.officer.pk):
        return enter(world.southwark, world.access("officer"), name)


def twins(world: World) -> tuple[Organisation, Organisation]:
    """Southwark's council for voluntary service, and a second entry for it that three partnerships use.

    Both are members of Southwark at the same time, both are named in one agreement, both help with one action. The
    second has a seat and leads an action there, is a member of Hackney and Leeds's accountable body.
    """
    write_strategy(world.southwark, world.officer)
    kept = Organisation.objects.get(name="Southwark Council for Voluntary Service")
    second = second_entry(world, "Southwark Volunteers")
    with acting(world.southwark.pk):
        _give(world, kept, starts_on=datetime.date(2006, 1, 1), contact={})
        _give(world, second, starts_on=datetime.date(2005, 1, 1), contact=CONTACT)
        add_seat(
            partnership=world.southwark,
            layer=GovernanceLayer.objects.get(code="strategic"),
            sector=second.sector,
            organisation=second,
            position="Seat of the second",
            starts_on=BEGAN_ON,
            by=SYSTEM,
        )
        action = Action.objects.get(partnership=world.southwark)
        Action.objects.filter(pk=action.pk).update(lead=second)
        ActionPartner.objects.create(partnership=world.southwark, action=action, organisation=second)
    with acting(world.hackney.pk):
        join(partnership=world.hackney, organisation=second, starts_on=BEGAN_ON, by=SYSTEM)
    Partnership.objects.filter(slug="leeds").update(accountable_body=second)
    OrganisationIdentifier.objects.create(organisation=kept, scheme="charity", value="1000001")
    OrganisationIdentifier.objects.create(organisation=kept, scheme="ons", value="E09000028")
    OrganisationIdentifier.objects.create(organisation=second, scheme="company", value="02714875")
    OrganisationIdentifier.objects.create(organisation=second, scheme="ons", value="00BE")
    return kept, second


def _give(world: World, organisation: Organisation, *, starts_on: datetime.date, contact: dict[str, str]) -> None:
    """A contact and a naming, each in the same agreement."""
    membership = Membership.objects.select_related("partnership", "organisation").get(
        partnership=world.southwark, organisation=organisation
    )
    save_contact(membership=membership, **{**dict.fromkeys(CONTACT, ""), **contact}, by=SYSTEM)
    duty = DutyPartner.objects.get(code="probation")
    name_partner(membership=membership, duty=duty, agreement="Agreement of 2005", starts_on=starts_on, by=SYSTEM)
