"""The demonstration's round, and six partnerships in it, each as far as `assessments/*.toml` tells."""

import tomllib
from pathlib import Path
from typing import Any

from django.db import transaction

from accounts.models import Person
from accreditation.actions import open_round
from accreditation.models import Round, Scheme
from core.dates import today
from lsp.demonstration.people import APPOINTED_ON
from lsp.demonstration.story import Story, Words, in_weeks
from partnerships.actions.roles import appoint
from partnerships.models import Appointment, Partnership
from partnerships.permissions import Role
from partnerships.tenancy.access import Access
from partnerships.tenancy.context import acting

FOLDER = Path(__file__).resolve().parent / "assessments"
SCHEME, ROUND, OPEN_WEEKS = "2005-06", "2005–06 (demonstration)", 12
NATIONAL_TEAM = "team.national@example.org"


def assess_all(by: Access) -> list[str]:
    """Open the round and tell all stories, each whole or not at all. Returns whose were told.

    What somebody has begun is left as it is, and so is everything once the round is over.
    """
    round = open_the_round()
    if round.is_over:
        return []
    partnerships = [Partnership.objects.get(slug=file.stem) for file in sorted(FOLDER.glob("*.toml"))]
    return [each.short_name for each in partnerships if tell(each, round, by)]


def tell(partnership: Partnership, round: Round, by: Access) -> bool:
    """Tell the story of one partnership, unless somebody has begun it. Whether it was told."""
    slug = partnership.slug
    words = _addressed(tomllib.loads((FOLDER / f"{slug}.toml").read_text(encoding="utf-8")))
    story = Story(partnership, round, words, _address(f"officer.{slug}"), _address(f"chair.{slug}"))
    if story.begun():
        return False
    with transaction.atomic():
        _appoint_all(story, by)
        story.tell()
    return True


def open_the_round() -> Round:
    """The round of the demonstration, open from the day on which that is loaded."""
    known = Round.objects.select_related("scheme").filter(name=ROUND).first()
    return known or open_round(
        scheme=Scheme.objects.get(code=SCHEME),
        name=ROUND,
        opens_on=today(),
        closes_on=in_weeks(OPEN_WEEKS),
        by=Access.of(Person.objects.get(email=NATIONAL_TEAM)),
    )


def _address(name: str) -> str:
    return f"{name}@example.org"


def _addressed(words: Words) -> Words:
    """Whoever is named by the first half of an address gets the whole of it."""

    def whole(part: Any, name: str = "") -> Any:
        if isinstance(part, dict):
            return {key: whole(value, key) for key, value in part.items()}
        if isinstance(part, list):
            return [whole(value, name) for value in part]
        return _address(part) if name in {"who", "signed", "reviewer", "decided_by"} else part

    return whole(words)  # type: ignore[no-any-return]


def _appoint_all(story: Story, by: Access) -> None:
    """Whom the story needs and the cast does not have: they hold a role, and nobody can sign in as them."""
    area = story.partnership.short_name
    partners = {each["who"] for answer in story.words["answers"].values() for each in answer.get("scores", [])}
    appoint_if_not(story.partnership, story.officer, f"Officer, {area}", Role.OFFICER, by)
    appoint_if_not(story.partnership, story.chair, f"Chair, {area}", Role.CHAIR, by)
    for email in sorted(partners | set(story.words.get("signed", []))):
        appoint_if_not(story.partnership, email, "", Role.MEMBER, by)


def appoint_if_not(partnership: Partnership, email: str, name: str, role: Role, by: Access) -> None:
    """Give somebody a role, unless they have one here. Without a name they are known already."""
    person = Person.objects.filter(email=email).first() or Person.objects.create_user(email, name)
    with acting(partnership.pk, by=by.person_id):
        if not Appointment.objects.filter(partnership=partnership, person=person).exists():
            appoint(partnership=partnership, person=person, role=role, starts_on=APPOINTED_ON, by=by)
