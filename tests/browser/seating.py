"""Seats in every state, for the pages that show them: held with a past, open again, ended; and what is wanted."""

from __future__ import annotations

import datetime
from dataclasses import dataclass

from core.dates import today
from partnerships.actions.composition import add_group, set_composition, wishes
from partnerships.actions.overtaking import seal_of
from partnerships.actions.roles import appoint
from partnerships.actions.seats import change_seat, values_of
from partnerships.actions.sittings import end_seat, replace, set_substitute, vacate
from partnerships.models import (
    GovernanceLayer,
    Neighbourhood,
    Partnership,
    Seat,
    Sector,
    Sitting,
    UnderrepresentedGroup,
)
from partnerships.models.neighbourhoods import ContactPoint
from partnerships.newcomers import Newcomer
from partnerships.permissions import Role
from partnerships.tenancy.access import Access
from partnerships.tenancy.context import acting


@dataclass(frozen=True)
class Seating:
    """The numbers that stand in addresses: a seat with much to tell and who sits there, an open one, one that ended."""

    held: int
    sitting: int
    open: int
    ended: int
    group: int


def furnish_seats(partnership: Partnership, officer: Access) -> Seating:
    """Seats that people have come to and gone from, as the officer enters it."""
    with acting(partnership.pk, by=officer.person_id):
        held, open_again, ended = (
            Seat.objects.select_related("partnership").get(partnership=partnership, position=position)
            for position in ("Resident, Peckham", "Resident, Walworth", "Transport")
        )
        followed = _follow(held, officer)
        vacate(sitting=_sitting(open_again), on=today(), reason="Moved away", by=officer)
        end_seat(seat=ended, on=today(), reason="The board is smaller", by=officer)
        group = _compose(partnership, held, officer)
        return Seating(held.pk, followed.pk, open_again.pk, ended.pk, group.pk)


def _sitting(seat: Seat) -> Sitting:
    return Sitting.objects.select_related("partnership", "person").get(seat=seat, ends_on=None)


def _follow(seat: Seat, officer: Access) -> Sitting:
    """Somebody followed in 2006; a substitute, another role and a point of contact are theirs."""
    somebody = Newcomer("عبد الرحمن بن محمد", "ABD@example.org")
    day = datetime.date(2006, 5, 3)
    sitting = replace(sitting=_sitting(seat), successor=somebody, on=day, reason="Moved to Lewisham", by=officer)
    set_substitute(sitting=sitting, substitute=Newcomer("Ada Lovelace", "ada@example.org"), by=officer)
    appoint(partnership=seat.partnership, person=sitting.person, role=Role.CVS, starts_on=day, by=officer)
    peckham = Neighbourhood.objects.create(partnership=seat.partnership, name="Bellenden", starts_on=day)
    ContactPoint.objects.create(
        partnership=seat.partnership, neighbourhood=peckham, person=sitting.person, name="The desk", telephone="020"
    )
    return sitting


def _compose(partnership: Partnership, seat: Seat, officer: Access) -> UnderrepresentedGroup:
    """Two groups, one with a seat that speaks for it; more residents are wanted than there are."""
    names = ("Young people under 25", "Refugees and asylum seekers")
    groups = [add_group(partnership=partnership, name=name, by=officer) for name in names]
    change_seat(seat=seat, position=seat.position, speaks_for=groups[:1], seen=seal_of(values_of(seat)), by=officer)
    board = GovernanceLayer.objects.get(code="strategic")
    set_composition(
        partnership=partnership,
        body=board,
        wanted={Sector.objects.get(code="residents"): 8, Sector.objects.get(code="faith"): 2, groups[1]: 1},
        seen=seal_of(wishes(partnership, board)),
        by=officer,
    )
    return groups[0]
