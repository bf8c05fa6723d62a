"""Cases of Southwark in every state, made by the demonstration's people, for the pages that show them."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from accounts.models import Person
from core.dates import today
from lsp.demonstration.cast import PASSWORD
from partnerships.actions.offices import appoint_to_office
from partnerships.models import Partnership
from partnerships.permissions import OfficeRole
from partnerships.tenancy.access import Access
from reviews import actions
from reviews.models import Case
from tests.reviewing import KEYS, Office

if TYPE_CHECKING:
    from tests.browser.stage import Stage

SYSTEM = Access.of_system("Test")
CAST = {
    "chair": "chair.southwark",
    "officer": "officer.southwark",
    "reviewer": "reviewer.london",
    "manager": "manager.london",
    "deputy": "manager.london",
    "national_team": "answers.national",
}


@dataclass
class Casework:
    """The numbers that stand in addresses: of a case in each state, of an entry in the dialogue of the claimed one."""

    cases: dict[str, int] = field(default_factory=dict)
    entry: int = 0


class Cast:
    """The demonstration's people under the names that the tests of the queue know them by."""

    def __init__(self, southwark: Partnership, people: dict[str, Person]) -> None:
        self.southwark, self.people = southwark, people

    def access(self, name: str) -> Access:
        """What somebody may do."""
        return Access.of(self.people[name])


def furnish_cases(stage: Stage) -> Casework:
    """One case in each state; of the claimed one a section is judged, and there were two talks about it."""
    answers = Person.objects.create_user("answers.national@example.org", "Who answers appeals", PASSWORD)
    appoint_to_office(office=None, person=answers, role=OfficeRole.NATIONAL_TEAM, starts_on=today(), by=SYSTEM)
    cast: Any = Cast(stage.partnerships["southwark"], {name: stage.person(email) for name, email in CAST.items()})
    office, made = Office(cast), Casework()
    with office.acting("reviewer"):
        for number, state in enumerate(Case.State.values, start=1):
            made.cases[state] = office.made(state, number).pk
        claimed = Case.objects.get(pk=made.cases["claimed"])
        judged = {"judgement": "strong", "comment": "Borne out by what members said.", "version": 0}
        actions.judge(case=claimed, section=KEYS[0], **judged, by=office.by("reviewer"))
        made.entry = office.talk(claimed).pk
        office.talk(claimed, confidential=True, words="The board is of two minds.")
        answered = office.made("sent_back", 100)
        office.answer(answered)
        made.cases["answered"] = answered.pk
    return made
