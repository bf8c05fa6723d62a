"""A member of Southwark with everything a member can have, and a second entry of the directory to merge with it."""

from dataclasses import dataclass

from partnerships.actions import merging
from partnerships.actions.members import join_as_new, save_contact
from partnerships.actions.named_partners import name_partner
from partnerships.models import DutyPartner, Membership, NamedPartner, Organisation, OrganisationMerge, Sector
from partnerships.tenancy.context import acting
from tests.world import BEGAN_ON, World

CONTACT = {"name": "Ayesha Khan", "email": "ayesha.khan@example.org", "telephone": "020 7946 0123"}


@dataclass(frozen=True)
class Member:
    """The rows whose numbers stand in addresses."""

    membership: Membership
    naming: NamedPartner
    second: Organisation
    merge: OrganisationMerge


def furnish(world: World, slug: str = "southwark", officer: str = "officer") -> Member:
    """The council for voluntary service of a partnership: contact, agreement, one merge done and one to do."""
    partnership, by = world.partnerships[slug], world.access(officer)
    with acting(partnership.pk, by=by.person_id):
        membership = Membership.objects.select_related("partnership", "organisation").get(
            partnership=partnership, organisation__name__endswith="Voluntary Service"
        )
        save_contact(membership=membership, **CONTACT, by=by)
        duty = DutyPartner.objects.get(code="police")
        naming = name_partner(
            membership=membership, duty=duty, agreement="Agreement of 2006", starts_on=BEGAN_ON, by=by
        )
        merged, second = (second_entry(world, f"{partnership.short_name} {name}", slug, officer) for name in "AB")
        merge = merging.merge(kept=membership.organisation, merged=merged, by=by)
    return Member(membership, naming, second, merge)


def second_entry(world: World, name: str, slug: str = "southwark", officer: str = "officer") -> Organisation:
    """Another voluntary organisation, entered by a partnership's officer and a member there."""
    partnership, by = world.partnerships[slug], world.access(officer)
    sector = Sector.objects.get(code="voluntary")
    with acting(partnership.pk, by=by.person_id):
        joined = join_as_new(partnership=partnership, name=name, sector=sector, numbers={}, starts_on=BEGAN_ON, by=by)
    return joined.organisation
