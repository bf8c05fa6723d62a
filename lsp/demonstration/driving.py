"""Driving all areas of the Neighbourhood Renewal Fund through a round of the 2002 scheme, each by people of its own.

In February 2002 the Government Offices accredited 87 of the 88 at once and deferred one, Walsall, to a review four
weeks later (Commons Hansard, 28 February 2002). That is what this drives to. Whatever is written on the way is an
example: what the partnerships really wrote, and why one was deferred, is in none of our sources.
"""

import time
from collections import Counter
from collections.abc import Iterator
from typing import Any

from django.db.models import QuerySet

from accounts.models import Person
from accreditation.actions import open_round
from accreditation.models import Criterion, Round, Scheme, SelfAssessment
from accreditation.queries import partnerships_of
from core.dates import today
from lsp.demonstration.assessed import NATIONAL_TEAM, appoint_if_not
from lsp.demonstration.people import APPOINTED_ON
from lsp.demonstration.story import Story, Words, in_weeks
from partnerships.actions.offices import appoint_to_office
from partnerships.models import GovernmentOffice, OfficeAppointment, Partnership, Sitting
from partnerships.permissions import OfficeRole, Role
from partnerships.tenancy.access import Access
from partnerships.tenancy.context import acting, reading_everywhere

SCHEME, ROUND, OPEN_WEEKS = "2002", "2002 (all areas)", 12
DEFERRED, REVIEW_WEEKS = "Walsall", 4  # from 28 February to 28 March 2002
ACCREDIT, DEFER = 1, 2  # outcomes of the scheme, in their order
WEAKER = ("performance-managed", "efficient")  # what the progress report of 2002–03 says of partnerships in general


class Drive:
    """Goes from partnership to partnership. `seconds` is how long each step took, all partnerships together."""

    def __init__(self, by: Access) -> None:
        self.by = by
        self.seconds: Counter[str] = Counter()
        self.told = 0

    def partnerships(self, regions: list[str]) -> QuerySet[Partnership]:
        """Whom the scheme asks, all of them or those of some regions."""
        asked = partnerships_of(Scheme.objects.get(code=SCHEME)).select_related("region")
        return asked.filter(region__slug__in=regions) if regions else asked

    def open(self) -> Round:
        """The round, opened by the national team when it is not there."""
        with self._timed("opening the round"):
            self._appoint_to_office(NATIONAL_TEAM, "National team", None, OfficeRole.NATIONAL_TEAM)
            known = Round.objects.select_related("scheme").filter(name=ROUND).first()
            return known or open_round(
                scheme=Scheme.objects.get(code=SCHEME),
                name=ROUND,
                opens_on=today(),
                closes_on=in_weeks(OPEN_WEEKS),
                by=Access.of(Person.objects.get(email=NATIONAL_TEAM)),
            )

    def tell(self, partnership: Partnership, round: Round) -> None:
        """One partnership, from its people's appointment to the decision; what is done already is passed over."""
        if self._is_decided(partnership, round):
            return
        with self._timed("appointing people"):
            story = Story(partnership, round, *self._people_and_words(partnership, round))
        for step in story.steps:
            with self._timed(STEPS[step.__name__]):
                step()
        self.told += 1

    def outcomes(self, round: Round) -> list[tuple[str, Any, int]]:
        """What came of it: outcome, day of the next review, how many."""
        with reading_everywhere():
            decided = SelfAssessment.objects.filter(round=round).exclude(outcome=None)
            rows = decided.order_by("outcome__order").values_list("outcome__label", "next_review_on")
            return [(label, day, count) for (label, day), count in Counter(rows).items()]

    def _is_decided(self, partnership: Partnership, round: Round) -> bool:
        with acting(partnership.pk):
            own = {"partnership": partnership, "round": round}
            return SelfAssessment.objects.filter(**own).exclude(outcome=None).exists()

    def _people_and_words(self, partnership: Partnership, round: Round) -> tuple[Words, str, str]:
        area, slug = partnership.short_name, partnership.slug
        officer, chair = f"officer.{slug}@example.org", f"chair.{slug}@example.org"
        appoint_if_not(partnership, officer, f"Officer, {area}", Role.OFFICER, self.by)
        appoint_if_not(partnership, chair, f"Chair, {area}", Role.CHAIR, self.by)
        members = self._members(partnership)
        for email in members:
            appoint_if_not(partnership, email, "", Role.MEMBER, self.by)
        region = partnership.region
        office = GovernmentOffice.objects.get(region=region)
        reviewer, manager = f"reviewer.{region.slug}@example.org", f"manager.{region.slug}@example.org"
        self._appoint_to_office(reviewer, f"Reviewer, {region.name}", office, OfficeRole.REVIEWER)
        self._appoint_to_office(manager, f"Manager, {region.name}", office, OfficeRole.MANAGER)
        return words_of(partnership, round, members, reviewer, manager), officer, chair

    def _members(self, partnership: Partnership) -> list[str]:
        """Two who hold seats of organisations."""
        with acting(partnership.pk, by=self.by.person_id):
            seats = Sitting.objects.filter(partnership=partnership, ends_on=None).exclude(seat__organisation=None)
            return list(seats.order_by("pk").values_list("person__email", flat=True)[:2])

    def _appoint_to_office(self, email: str, name: str, office: GovernmentOffice | None, role: OfficeRole) -> None:
        person = Person.objects.filter(email=email).first() or Person.objects.create_user(email, name)
        if not OfficeAppointment.objects.filter(person=person, office=office, role=role).exists():
            appoint_to_office(office=office, person=person, role=role, starts_on=APPOINTED_ON, by=self.by)

    def _timed(self, step: str) -> "Timed":
        return Timed(self.seconds, step)


class Timed:
    """Adds how long something took to the seconds of a step, by the clock on the wall."""

    def __init__(self, seconds: Counter[str], step: str) -> None:
        self.seconds, self.step = seconds, step

    def __enter__(self) -> None:
        self.began = time.perf_counter()

    def __exit__(self, *exc_info: object) -> None:
        self.seconds[self.step] += time.perf_counter() - self.began  # type: ignore[assignment]


STEPS = {
    "write": "writing answers and plan",
    "score": "scoring",
    "sign": "signing off",
    "submit": "submitting",
    "claim": "taking the case",
    "review": "judging",
    "send_back": "sending back",
    "recommend": "recommending",
    "decide": "deciding",
}


def words_of(partnership: Partnership, round: Round, members: list[str], reviewer: str, manager: str) -> Words:
    """What everybody says, in the form of the demonstration's stories."""
    area = partnership.short_name
    criteria = list(Criterion.objects.filter(scheme=round.scheme_id).order_by("order"))
    with acting(partnership.pk):
        seats = Sitting.objects.filter(partnership=partnership, person__email=members[0])
        organisation = seats.values_list("seat__organisation__name", flat=True)[0]
    return {
        "answers": {criterion.code: _answer(criterion, area, members) for criterion in criteria},
        "actions": [_action(criterion, organisation) for criterion in criteria if criterion.code in WEAKER],
        "signed": members,
        "declaration": f"Example: the board of {area} has agreed this self-assessment and its action plan.",
        "review": {
            "reviewer": reviewer,
            "judgements": [
                {"section": key, "rating": 3 if key in WEAKER else 2, "comment": "Example: as the partners say."}
                for key in [*(criterion.code for criterion in criteria), "plan"]
            ],
            "recommendation": {"decided_by": manager, **_verdict(area)},
        },
    }


def _answer(criterion: Criterion, area: str, members: list[str]) -> Words:
    rating = 3 if criterion.code in WEAKER else 2
    return {
        "rating": rating,
        "agreed_because": "Example: the partners scored a step apart, and agreed on the lower.",
        "starting_point": f"Example: where {area} stood when the partnership began.",
        "narrative": f"Example: how the partnership of {area} meets the criterion “{criterion.name}”.",
        "scores": [{"who": who, "rating": rating - step, "comment": ""} for step, who in enumerate(members)],
    }


def _action(criterion: Criterion, organisation: str) -> Words:
    return {
        "criterion": criterion.code,
        "title": f"Example: strengthen “{criterion.name}”",
        "lead": organisation,
        "starts": 2,
        "ends": 26,
        "measure": "Example: one step up in the next self-assessment",
    }


def _verdict(area: str) -> Words:
    reasons = "Example: in February 2002 this partnership was {}. The reasons given then are in none of our sources."
    if area == DEFERRED:
        return {"outcome": DEFER, "reasons": reasons.format("deferred"), "next_review": REVIEW_WEEKS}
    return {"outcome": ACCREDIT, "reasons": reasons.format("accredited")}


def by_region(partnerships: QuerySet[Partnership]) -> Iterator[tuple[str, list[Partnership]]]:
    """The partnerships of each region, by name."""
    regions: dict[str, list[Partnership]] = {}
    for partnership in partnerships:
        regions.setdefault(partnership.region.name, []).append(partnership)
    yield from sorted(regions.items())
