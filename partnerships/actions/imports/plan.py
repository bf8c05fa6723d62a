"""What an import would add to a partnership: the rows of its tables, not yet saved."""

from dataclasses import dataclass, field

from accounts.models import Person
from core.sheets import Fault
from partnerships.actions.imports.cells import HEADINGS
from partnerships.actions.imports.names import unpointed
from partnerships.actions.imports.organisations import Found
from partnerships.actions.imports.rows import MemberRow
from partnerships.models import (
    Membership,
    Organisation,
    OrganisationIdentifier,
    Partnership,
    Seat,
    SeatGroup,
    Sitting,
    UnderrepresentedGroup,
)


@dataclass
class Meant:
    """A row with the organisation and the people that it names."""

    row: MemberRow
    organisation: Found | None
    holder: Person | None
    substitute: Person | None

    @property
    def organisation_key(self) -> int | str | None:
        """The number of a known organisation, the name of a new one."""
        if self.organisation is None:
            return None
        entry = self.organisation.entry
        return entry.pk or unpointed(entry.name)


@dataclass
class Plan:
    """What is to be added, row by row of each table; or `faults`, for which nothing is.

    `adding` are the numbers of the rows that add something; the others stand already.
    """

    partnership: Partnership
    rows: int
    faults: list[Fault] = field(default_factory=list)
    notes: list[Fault] = field(default_factory=list)
    adding: set[int] = field(default_factory=set)
    organisations: list[Organisation] = field(default_factory=list)
    identifiers: list[OrganisationIdentifier] = field(default_factory=list)
    people: list[Person] = field(default_factory=list)
    groups: list[UnderrepresentedGroup] = field(default_factory=list)
    memberships: list[Membership] = field(default_factory=list)
    seats: list[Seat] = field(default_factory=list)
    speaks_for: list[SeatGroup] = field(default_factory=list)
    sittings: list[Sitting] = field(default_factory=list)

    @property
    def counts(self) -> dict[str, int]:
        """How much of each kind is added, and how many rows stand already."""
        return {
            "seats": len(self.seats),
            "sittings": len(self.sittings),
            "memberships": len(self.memberships),
            "organisations": len(self.organisations),
            "people": len(self.people),
            "standing": self.rows - len(self.adding),
        }

    def fault(self, row: MemberRow, key: str, message: str) -> None:
        """Say what is wrong in a row and a column."""
        self.faults.append(Fault(row.number, str(HEADINGS[key]), message))

    def add_sitting(self, meant: Meant, seat: Seat) -> None:
        """The holder of a row sits on a seat."""
        self.sittings.append(
            Sitting(
                partnership=self.partnership,
                seat=seat,
                person=meant.holder,
                substitute=meant.substitute,
                starts_on=meant.row.begins,
                ends_on=seat.ends_on,
            )
        )
        self.adding.add(meant.row.number)
