"""Members and seats as one table: what the export writes and the import reads.

A row is a seat; with no position it is a member organisation that has no seat.
"""

import datetime
from collections.abc import Iterable
from typing import Any

from django.db.models.functions import Lower
from django.utils.translation import gettext_lazy as _

from core.dates import today
from core.refusals import Text
from core.sheets import Column
from partnerships.models import Membership, OrganisationIdentifier, Partnership, Seat, SeatGroup, Sitting
from partnerships.models.periods import holding

COLUMNS = [
    Column("layer", _("Body"), hint=_("The body the seat is on. Empty means the board")),
    Column("sector", _("Sector"), required=True, hint=_("The side of the table, such as Resident or Public agency")),
    Column(
        "position", _("Position"), required=True, hint=_("What the seat is for. Empty for a member that has no seat")
    ),
    Column("organisation", _("Organisation"), required=True, hint=_("Empty for a resident")),
    Column("charity", _("Charity number"), hint=_("Of the organisation, as the register writes it")),
    Column("company", _("Company number"), hint=_("Eight characters; noughts in front may be missing")),
    Column("ons", _("ONS code"), hint=_("Of a council or another public body")),
    Column("holder", _("Held by"), hint=_("Name of the person. Empty for an open seat")),
    Column("email", _("E-mail"), hint=_("Of that person; each person has an address of their own")),
    Column("held_since", _("Held since"), hint=_("Empty if they hold it from the first day of the seat")),
    Column("substitute", _("Substitute"), hint=_("Name of the person who comes instead")),
    Column("substitute_email", _("Substitute e-mail"), hint=_("Of that person")),
    Column("groups", _("Speaks for"), hint=_("Under-represented groups, with a semicolon between them")),
    Column("member_since", _("Member since"), hint=_("Day from which the organisation belongs to the partnership")),
    Column("starts_on", _("From"), hint=_("First day of the seat, as 31/01/2006, 2006-01-31 or 31 January 2006")),
    Column("ends_on", _("Until"), hint=_("The day from which the seat, or the membership, is no more")),
]
ADDRESSES = frozenset({"email", "substitute_email"})
BETWEEN_GROUPS = "; "

Headings = list[Text]
Rows = list[list[Any]]


def member_sheet(
    partnership: Partnership, on: datetime.date | None = None, *, with_addresses: bool = False
) -> tuple[Headings, Rows]:
    """Headings and rows of the seats and members of a day (today). Five statements, however many rows.

    `with_addresses` adds the people's e-mail addresses, without which nothing can be imported: for those who manage
    the members.
    """
    day = on or today()
    columns = [column for column in COLUMNS if with_addresses or column.key not in ADDRESSES]
    memberships = {row.organisation_id: row for row in _memberships(partnership, day)}
    seats = list(_seats(partnership, day))
    seated = {seat.organisation_id for seat in seats}
    of_seats = _of_seats(partnership, seats, memberships, day)
    of_members = [_member(row) for organisation, row in memberships.items() if organisation not in seated]
    rows = [*of_seats, *of_members]
    _number(rows)
    return [column.heading for column in columns], [[row.get(column.key) for column in columns] for row in rows]


def _memberships(partnership: Partnership, day: datetime.date) -> Iterable[Membership]:
    rows = holding(Membership.objects.filter(partnership=partnership), day)
    return rows.select_related("organisation__sector").order_by(
        "organisation__sector__order", Lower("organisation__name"), "pk"
    )


def _seats(partnership: Partnership, day: datetime.date) -> Iterable[Seat]:
    rows = holding(Seat.objects.filter(partnership=partnership), day)
    return rows.select_related("layer", "sector", "organisation").order_by(
        "layer_id", "sector__order", Lower("position"), "pk"
    )


def _of_seats(
    partnership: Partnership, seats: list[Seat], memberships: dict[int, Membership], day: datetime.date
) -> list[dict[str, Any]]:
    sittings = holding(Sitting.objects.filter(partnership=partnership), day).select_related("person", "substitute")
    held = {sitting.seat_id: sitting for sitting in sittings}
    groups: dict[int, list[str]] = {}
    for seat_id, name in (
        SeatGroup.objects.filter(partnership=partnership)
        .order_by(Lower("group__name"), "pk")
        .values_list("seat_id", "group__name")
    ):
        groups.setdefault(seat_id, []).append(name)
    rows = []
    for seat in seats:
        membership = memberships.get(seat.organisation_id or 0)
        rows.append(
            {
                "layer": seat.layer.name,
                "sector": seat.sector.name,
                "position": seat.position,
                "organisation": seat.organisation.name if seat.organisation else None,
                "organisation_id": seat.organisation_id,
                "groups": BETWEEN_GROUPS.join(groups.get(seat.pk, [])),
                "member_since": membership.starts_on if membership else None,
                "starts_on": seat.starts_on,
                "ends_on": seat.ends_on,
                **_holder(held.get(seat.pk)),
            }
        )
    return rows


def _holder(sitting: Sitting | None) -> dict[str, Any]:
    if sitting is None:
        return {}
    substitute = sitting.substitute
    return {
        "holder": sitting.person.name,
        "email": sitting.person.email,
        "held_since": sitting.starts_on,
        "substitute": substitute.name if substitute else None,
        "substitute_email": substitute.email if substitute else None,
    }


def _member(membership: Membership) -> dict[str, Any]:
    return {
        "sector": membership.organisation.sector.name,
        "organisation": membership.organisation.name,
        "organisation_id": membership.organisation_id,
        "member_since": membership.starts_on,
        "ends_on": membership.ends_on,
    }


def _number(rows: list[dict[str, Any]]) -> None:
    """Put the organisations' numbers of today into their rows."""
    organisations = {row["organisation_id"] for row in rows} - {None}
    numbers: dict[int, dict[str, str]] = {}
    for organisation_id, scheme, value in OrganisationIdentifier.objects.filter(
        organisation__in=organisations, ends_on=None
    ).values_list("organisation_id", "scheme", "value"):
        numbers.setdefault(organisation_id, {})[scheme] = value
    for row in rows:
        row.update(numbers.get(row["organisation_id"], {}))
