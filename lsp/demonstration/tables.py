"""Entering the demonstration's partnerships: every area of the renewal fund, every area of London."""

import datetime
from pathlib import Path

from django.db import transaction
from django.db.models import Q, QuerySet
from django.utils.text import slugify

from core.reference import read
from lsp.demonstration.people import person
from partnerships.actions.members import join
from partnerships.actions.partnerships import found
from partnerships.actions.seats import add_seat, take_seat
from partnerships.models import Authority, GovernanceLayer, Organisation, Partnership, Sector
from partnerships.queries import FIRST_NRF_YEAR, NRF, areas_of_fund
from partnerships.tenancy.access import Access
from partnerships.tenancy.context import acting

HERE = Path(__file__).resolve().parent
KINDS = HERE.parent.parent / "partnerships" / "reference" / "organisation_kinds.csv"
BEGAN_ON = datetime.date(2005, 4, 1)

# Who sits at the tables of which nothing is known. Southwark's own 26 seats stand in seats/southwark.csv.
USUAL_SEATS = (
    ("council", "Council"),
    ("police", "Police"),
    ("primary_care_trust", "Primary and community health"),
    ("jobcentre_plus", "Employment"),
    ("council_for_voluntary_service", "Voluntary sector"),
    ("faith_forum", "Faith communities"),
    ("chamber_of_commerce", "Employers"),
)


def areas() -> QuerySet[Authority]:
    """The 88 areas of the Neighbourhood Renewal Fund of 2001 to 2006 and the 33 of London: 101 in all."""
    renewal = areas_of_fund(NRF, FIRST_NRF_YEAR)
    london = [Authority.Kind.LONDON_BOROUGH, Authority.Kind.CITY_OF_LONDON]
    return Authority.objects.filter(Q(pk__in=renewal.values("authority")) | Q(kind__in=london)).order_by("name")


class Tables:
    """Enters partnerships with their members and seats, in the name of `by`."""

    def __init__(self, by: Access) -> None:
        self.by = by
        self.kinds = {row["code"]: row for row in read(KINDS)}
        self.sectors = {sector.code: sector for sector in Sector.objects.all()}
        self.layers = {layer.code: layer for layer in GovernanceLayer.objects.all()}

    @transaction.atomic
    def enter(self, authority: Authority) -> Partnership:
        """One partnership with its table, whole or not at all: what stands counts as entered."""
        partnership = found(
            name=f"{authority.name} Local Strategic Partnership",
            short_name=authority.name,
            slug=slugify(authority.name),
            areas=[authority],
            accountable_body=self._organisation("council", authority),
            by=self.by,
        )
        seats = HERE / "seats" / f"{partnership.slug}.csv"
        with acting(partnership.pk, by=self.by.person_id):
            self._known(partnership, authority, seats) if seats.exists() else self._usual(partnership, authority)
        return partnership

    def _known(self, partnership: Partnership, authority: Authority, seats: Path) -> None:
        for row in read(seats):
            starts_on = datetime.date.fromisoformat(row["from"])
            kind = row["organisation_kind"]
            organisation = self._organisation(kind, authority) if kind else None
            self._seat(partnership, row["sector_code"], row["position"], organisation, row["person_name"], starts_on)

    def _usual(self, partnership: Partnership, authority: Authority) -> None:
        area = authority.name
        for number in (1, 2):
            self._seat(partnership, "residents", f"Resident, {area}", None, f"Resident {number}, {area}", BEGAN_ON)
        for kind, position in USUAL_SEATS:
            organisation = self._organisation(kind, authority)
            self._seat(
                partnership, organisation.sector.code, position, organisation, f"Member, {organisation}", BEGAN_ON
            )

    def _seat(
        self,
        partnership: Partnership,
        sector: str,
        position: str,
        organisation: Organisation | None,
        name: str,
        starts_on: datetime.date,
    ) -> None:
        if organisation is not None:
            join(partnership=partnership, organisation=organisation, starts_on=starts_on, by=self.by)
        seat = add_seat(
            partnership=partnership,
            layer=self.layers["strategic"],
            sector=self.sectors[sector],
            organisation=organisation,
            position=position,
            starts_on=starts_on,
            by=self.by,
        )
        take_seat(seat=seat, person=person(name), starts_on=starts_on, by=self.by)

    def _organisation(self, kind: str, authority: Authority) -> Organisation:
        known = self.kinds[kind]
        organisation, _made = Organisation.objects.get_or_create(
            name=known["name_pattern"].format(area=authority.name),
            defaults={
                "kind": known["name"],
                "sector": self.sectors[known["sector_code"]],
                "authority": authority if kind == "council" else None,
            },
        )
        return organisation
