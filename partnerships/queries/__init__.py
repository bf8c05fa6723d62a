"""Named reads of partnerships, for every app above."""

from partnerships.queries.deeds import BrokenDeed, LoggedDeeds, broken_deeds, deed_of, deeds_of, logged
from partnerships.queries.heads import Head, heads_not_found, heads_of, lost_heads
from partnerships.queries.member_sheet import member_sheet
from partnerships.queries.members import members_of, members_or
from partnerships.queries.places import (
    FIRST_NRF_YEAR,
    NRF,
    AreaFigures,
    areas_of,
    areas_of_fund,
    areas_on,
    directory,
    figures,
    fund_totals,
    letters,
    reached_by,
    regions,
    regions_of,
)
from partnerships.queries.seats import SectorSeats, balance, seat_count, seats_of
from partnerships.queries.timelines import timeline

__all__ = [
    "FIRST_NRF_YEAR",
    "NRF",
    "AreaFigures",
    "BrokenDeed",
    "Head",
    "LoggedDeeds",
    "SectorSeats",
    "areas_of",
    "areas_of_fund",
    "areas_on",
    "balance",
    "broken_deeds",
    "deed_of",
    "deeds_of",
    "directory",
    "figures",
    "fund_totals",
    "heads_not_found",
    "heads_of",
    "letters",
    "logged",
    "lost_heads",
    "member_sheet",
    "members_of",
    "members_or",
    "reached_by",
    "regions",
    "regions_of",
    "seat_count",
    "seats_of",
    "timeline",
]
