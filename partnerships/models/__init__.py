"""Tenants: places, organisations, memberships, seats; appointments; deeds."""

from partnerships.models.appointments import Appointment, OfficeAppointment, RoleGroup
from partnerships.models.deeds import Deed
from partnerships.models.members import GovernanceLayer, Membership, Organisation, Seat, Sector, Sitting
from partnerships.models.partnerships import (
    Partnership,
    PartnershipArea,
    PartnershipGroupPermission,
    PartnershipPersonPermission,
)
from partnerships.models.places import (
    Authority,
    Eligibility,
    Figure,
    FundTotal,
    GovernmentOffice,
    Measure,
    Region,
    Succession,
)

__all__ = [
    "Appointment",
    "Authority",
    "Deed",
    "Eligibility",
    "Figure",
    "FundTotal",
    "GovernanceLayer",
    "GovernmentOffice",
    "Measure",
    "Membership",
    "OfficeAppointment",
    "Organisation",
    "Partnership",
    "PartnershipArea",
    "PartnershipGroupPermission",
    "PartnershipPersonPermission",
    "Region",
    "RoleGroup",
    "Seat",
    "Sector",
    "Sitting",
    "Succession",
]
