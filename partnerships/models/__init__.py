"""Tenants: places, organisations, memberships, seats; appointments; deeds."""

from partnerships.models.appointments import Appointment, OfficeAppointment, RoleGroup
from partnerships.models.composition import CompositionTarget, SeatGroup, UnderrepresentedGroup
from partnerships.models.deeds import ChainHead, Deed
from partnerships.models.invitations import Invitation
from partnerships.models.members import GovernanceLayer, MemberContact, Membership, NamedPartner, Seat, Sitting
from partnerships.models.neighbourhoods import (
    ContactPoint,
    DeprivationRank,
    Neighbourhood,
    NeighbourhoodArea,
    SmallArea,
)
from partnerships.models.organisations import (
    DutyPartner,
    Organisation,
    OrganisationIdentifier,
    OrganisationMerge,
    Sector,
)
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
    "ChainHead",
    "CompositionTarget",
    "ContactPoint",
    "Deed",
    "DeprivationRank",
    "DutyPartner",
    "Eligibility",
    "Figure",
    "FundTotal",
    "GovernanceLayer",
    "GovernmentOffice",
    "Invitation",
    "Measure",
    "MemberContact",
    "Membership",
    "NamedPartner",
    "Neighbourhood",
    "NeighbourhoodArea",
    "OfficeAppointment",
    "Organisation",
    "OrganisationIdentifier",
    "OrganisationMerge",
    "Partnership",
    "PartnershipArea",
    "PartnershipGroupPermission",
    "PartnershipPersonPermission",
    "Region",
    "RoleGroup",
    "Seat",
    "SeatGroup",
    "Sector",
    "Sitting",
    "SmallArea",
    "Succession",
    "UnderrepresentedGroup",
]
