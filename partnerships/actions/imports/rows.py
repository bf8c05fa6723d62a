"""One row of an import: from texts to values, with a fault for each cell that cannot be understood."""

import datetime
from dataclasses import dataclass, field

from django.utils.translation import gettext as _

from core.sheets import Fault, Row
from partnerships.actions.imports.cells import Cells, Named
from partnerships.actions.imports.names import same
from partnerships.models import GovernanceLayer, OrganisationIdentifier, Sector
from partnerships.queries.organisations import number_as_written

BOARD = "strategic"


@dataclass
class MemberRow:
    """What a row says. Without a position it is a member organisation that has no seat."""

    number: int
    layer: GovernanceLayer
    sector: Sector
    position: str
    organisation: str
    starts_on: datetime.date
    ends_on: datetime.date | None
    member_since: datetime.date | None
    held_since: datetime.date | None
    holder: Named | None
    substitute: Named | None
    identifiers: dict[str, str]
    groups: list[str]

    @property
    def begins(self) -> datetime.date:
        """The day from which the holder sits on the seat."""
        return self.held_since or self.starts_on


@dataclass
class Parser:
    """Turns rows into values; `faults` gathers what could not be understood."""

    sectors: list[Sector]
    layers: list[GovernanceLayer]
    faults: list[Fault] = field(default_factory=list)

    def __post_init__(self) -> None:
        self._sectors = {
            same(name): sector
            for sector in self.sectors
            for name in (sector.code, sector.short_name, sector.plural, sector.name)
        }
        self._layers = {same(name): layer for layer in self.layers for name in (layer.code, layer.name)}

    def parse(self, row: Row) -> MemberRow | None:
        """The row's values; None when any of its cells is at fault."""
        before = len(self.faults)
        read = Cells(row, self.faults)
        position, organisation = read.text("position"), read.text("organisation")
        sector = read.one_of("sector", self._sectors, [sector.name for sector in self.sectors])
        layer = self._layers[BOARD]
        if read.raw("layer"):
            layer = read.one_of("layer", self._layers, [layer.name for layer in self.layers]) or layer
        dates = {key: read.date(key) for key in ("starts_on", "ends_on", "member_since", "held_since")}
        holder = read.named("holder", "email")
        substitute = read.named("substitute", "substitute_email")
        numbers = {
            scheme.value: number_as_written(scheme, read.raw(scheme)) for scheme in OrganisationIdentifier.Scheme
        }
        groups = read.groups()
        if not position and not organisation:
            read.fault("position", _("Enter the position, or, for a member without a seat, the organisation."))
        elif not position:
            self._member_alone(read, holder, substitute, groups)
        if not organisation:
            self._nobodys(read, numbers, dates["member_since"])
        if substitute and not holder:
            read.fault("holder", _("Enter who holds the seat, or empty the substitute."))
        starts_on = dates["starts_on"] or (None if position else dates["member_since"])
        if starts_on is None and not read.raw("starts_on"):  # a day that could not be read has a fault already
            read.fault("starts_on", _("Enter the first day."))
        if starts_on and dates["ends_on"] and dates["ends_on"] < starts_on:
            read.fault("ends_on", _("This day is before the first day."))
        if starts_on is None or sector is None or len(self.faults) > before:
            return None
        return MemberRow(
            number=row.number,
            layer=layer,
            sector=sector,
            position=position,
            organisation=organisation,
            starts_on=starts_on,
            ends_on=dates["ends_on"],
            member_since=dates["member_since"],
            held_since=dates["held_since"],
            holder=holder,
            substitute=substitute,
            identifiers={scheme: number for scheme, number in numbers.items() if number},
            groups=groups,
        )

    @staticmethod
    def _member_alone(read: Cells, holder: Named | None, substitute: Named | None, groups: list[str]) -> None:
        words = _("Enter the position, or empty this cell: a member without a position has no seat.")
        for key, value in (("holder", holder), ("substitute", substitute), ("groups", groups)):
            if value:
                read.fault(key, words)
        if read.raw("layer"):
            read.fault("layer", words)

    @staticmethod
    def _nobodys(read: Cells, numbers: dict[str, str], member_since: datetime.date | None) -> None:
        words = _("Enter the organisation, or empty this cell.")
        for key in [scheme for scheme, number in numbers.items() if number] + ["member_since"] * bool(member_since):
            read.fault(key, words)
