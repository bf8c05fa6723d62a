"""The people of the demonstration, named by their role. Their password is no secret and exists nowhere else."""

from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext_lazy as _

from core.refusals import Text
from partnerships.permissions import OfficeRole, Role

PASSWORD = "one-table-many-seats"  # noqa: S105  (printed on the sign-in page of a demonstration)


@dataclass(frozen=True)
class Player:
    """Somebody one can sign in as: roles by the slug of a partnership, or in an office, by the slug of its region."""

    email: str
    name: str
    about: Text
    heading: Text
    roles: tuple[tuple[str, Role], ...] = ()
    office: tuple[str, OfficeRole] | None = None


SOUTHWARK = _("Southwark Local Strategic Partnership")
ELSEWHERE = _("Other partnerships")
OFFICE = _("Government Office for London")
COUNTRY = _("Whole country")

CAST = (
    Player(
        "officer.southwark@example.org",
        "Officer, Southwark",
        _("writes the strategy and the self-assessment, sees who did what"),
        SOUTHWARK,
        (("southwark", Role.OFFICER),),
    ),
    Player(
        "chair.southwark@example.org",
        "Chair, Southwark",
        _("signs off what leaves the partnership, and can submit its self-assessment"),
        SOUTHWARK,
        (("southwark", Role.CHAIR),),
    ),
    Player(
        "finance.southwark@example.org",
        "Finance officer, Southwark",
        _("sees who did what"),
        SOUTHWARK,
        (("southwark", Role.FINANCE),),
    ),
    Player(
        "cvs.southwark@example.org",
        "CVS officer, Southwark",
        _("speaks for the voluntary sector, scores and signs off"),
        SOUTHWARK,
        (("southwark", Role.CVS),),
    ),
    Player(
        "member.jobcentre@example.org",
        "Member, Jobcentre Plus",
        _("also sits in Hackney and Lewisham"),
        SOUTHWARK,
        (("southwark", Role.MEMBER), ("hackney", Role.MEMBER), ("lewisham", Role.MEMBER)),
    ),
    Player(
        "officer.hackney@example.org",
        "Officer, Hackney",
        _("has drafts that have gaps"),
        ELSEWHERE,
        (("hackney", Role.OFFICER),),
    ),
    Player(
        "officer.islington@example.org",
        "Officer, Islington",
        _("has one criterion back for changes"),
        ELSEWHERE,
        (("islington", Role.OFFICER),),
    ),
    Player(
        "chair.islington@example.org",
        "Chair, Islington",
        _("has to answer a question about one criterion"),
        ELSEWHERE,
        (("islington", Role.CHAIR),),
    ),
    Player(
        "chair.newham@example.org",
        "Chair, Newham",
        _("has a decision with conditions, and can appeal"),
        ELSEWHERE,
        (("newham", Role.CHAIR),),
    ),
    Player(
        "reviewer.london@example.org",
        "Reviewer, London",
        _("takes cases from the queue and reviews them"),
        OFFICE,
        office=("london", OfficeRole.REVIEWER),
    ),
    Player(
        "second.reviewer.london@example.org",
        "Second reviewer, London",
        _("the same, at the same time"),
        OFFICE,
        office=("london", OfficeRole.REVIEWER),
    ),
    Player(
        "manager.london@example.org",
        "Manager, London",
        _("assigns cases, countersigns what reviewers recommend"),
        OFFICE,
        office=("london", OfficeRole.MANAGER),
    ),
    Player(
        "team.national@example.org",
        "National team",
        _("opens rounds, decides appeals, sees every partnership"),
        COUNTRY,
        office=("", OfficeRole.NATIONAL_TEAM),
    ),
    Player(
        "viewer.national@example.org",
        "National viewer",
        _("every partnership, read-only"),
        COUNTRY,
        office=("", OfficeRole.NATIONAL),
    ),
)


def by_heading() -> list[dict[str, Any]]:
    """The cast as the sign-in page lists it."""
    headings: dict[Text, list[Player]] = {}
    for player in CAST:
        headings.setdefault(player.heading, []).append(player)
    return [{"heading": heading, "people": people} for heading, people in headings.items()]
