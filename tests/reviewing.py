"""A kind of submission for the tests of the queue, and cases of it in every state.

The queue knows nothing of what is submitted: here it is a paper with six sections and a plan.
"""

import datetime
from typing import Any

from core.dates import today
from core.working_days import working_days_after
from partnerships.tenancy.access import Access
from partnerships.tenancy.context import acting
from reviews import actions
from reviews.actions import Condition
from reviews.content import Content, Evidence, Fact, Section, Table, Text
from reviews.kinds import Choice, Outcome, SubmissionKind, register
from reviews.models import Case, CaseFile
from tests.world import World

KIND = "test_kind"
TOLD: list[tuple[str, int]] = []  # what the app that submits has been told: which deed, about which thing

CRITERIA = ("Strategic", "Inclusive", "Action-focused", "Performance managed", "Efficient", "Learning")
KEYS = (*(name.lower().replace(" ", "-") for name in CRITERIA), "plan")

GREEN = Outcome("green", "Green", "It is accredited.", "A source", certifies=True)
RED = Outcome("red", "Red", "It is reviewed again.", "A source", wants_review=True)

register(
    SubmissionKind(
        code=KIND,
        name="Paper",
        scale=lambda case: [Choice("strong", "Strong"), Choice("weak", "Weak")],
        outcomes=lambda case: [GREEN, RED],
        answer_days=lambda case: 10,
        appeal_days=lambda case: 20,
        page=lambda case: f"/p/{case.partnership.slug}/manage/paper/",
        changes_asked=lambda case, request, by: TOLD.append(("changes_asked", case.subject_id)),
        decided=lambda case, decision, by: TOLD.append((f"decided {decision.outcome}", case.subject_id)),
        withdrawn=lambda case, by: TOLD.append(("withdrawn", case.subject_id)),
    )
)


def content(**words: str) -> Content:
    """Six sections and a plan. `words` are those of sections, by their keys (with _ for -)."""
    said = {key.replace("_", "-"): text for key, text in words.items()}
    sections = [
        Section(
            key=key,
            title=name,
            facts=(Fact("Rating", "Strong"),),
            texts=(Text("Narrative", said.get(key, f"What we do to be {name.lower()}.")),),
            evidence=(Evidence(f"Report on {name}", url="https://example.org/report"),),
        )
        for key, name in zip(KEYS, CRITERIA, strict=False)
    ]
    plan = Table("Action plan", ("Action", "Lead"), (("Meet earlier", said.get("plan", "The council")),))
    return Content("Paper 2005–06", (*sections, Section("plan", "Action plan", tables=(plan,))))


def days(count: int) -> datetime.date:
    """So many days from today."""
    return today() + datetime.timedelta(days=count)


def keep_a_file(case: Case, kind: str = CaseFile.Kind.SUBMISSION, key: str = "nowhere.pdf") -> CaseFile:
    """A PDF of a case, of which nothing lies in storage unless `key` says where."""
    return CaseFile.objects.create(
        partnership_id=case.partnership_id,
        case=case,
        kind=kind,
        number=1,
        key=key,
        name="paper.pdf",
        size=1,
        pages=1,
        sha256="0" * 64,
    )


class Office:
    """What the people of Southwark and of its Government Office do with one case, each in their own name.

    `made` opens a case and brings it into a state by the deeds that lead there.
    """

    def __init__(self, world: World) -> None:
        self.world = world
        self.holder = "reviewer"
        self._known: dict[str, Access] = {}

    def by(self, name: str) -> Access:
        """The access of somebody of the cast, read once."""
        if name not in self._known:
            self._known[name] = self.world.access(name)
        return self._known[name]

    def acting(self, name: str = "officer") -> Any:
        """Southwark opened for somebody."""
        return acting(self.world.southwark.pk, by=self.world.people[name].pk)

    def submit(self, subject_id: int = 1, **values: Any) -> Case:
        """The chair submits the paper of that number."""
        given = {
            "title": "Paper 2005–06",
            "content": content(),
            "declaration": "We agree.",
            "decide_within": 30,
            "by": self.by("chair"),
        }
        submission = actions.open_case(
            kind=KIND, subject_id=subject_id, partnership=self.world.southwark, **{**given, **values}
        )
        return submission.case

    def claim(self, case: Case, who: str = "") -> Case:
        """The reviewer takes it, or somebody else."""
        return actions.claim(case=case, no_interest=True, by=self.by(who or self.holder))

    def ask(self, case: Case, *sections: str) -> Any:
        """The reviewer sends sections back: the fourth, unless others are named."""
        return actions.ask_changes(
            case=case,
            sections=sections or (KEYS[3],),
            words="Say how it is measured.",
            answer_by=working_days_after(today(), 10),
            by=self.by(self.holder),
        )

    def answer(self, case: Case, **words: str) -> Any:
        """The chair submits again, with other words in the fourth section unless others are given."""
        said = words or {"performance_managed": "Quarterly."}
        return actions.submit_again(case=case, content=content(**said), declaration="", by=self.by("chair"))

    def talk(self, case: Case, **values: Any) -> Any:
        """The reviewer records a conversation."""
        said = {
            "on": today(),
            "way": "telephone",
            "with_whom": "The director",
            "role": "director of the CVS",
            "words": "Papers come late.",
            "confidential": False,
            "by": self.by("reviewer"),
        }
        return actions.log_dialogue(case=case, **{**said, **values})

    def recommend(self, case: Case, **values: Any) -> Any:
        """The reviewer recommends green."""
        verdict = {
            "outcome": "green",
            "reasons": "It works.",
            "concerns": "",
            "conditions": [Condition("Meet earlier", days(90))],
            "next_review_on": None,
            "submission": 1,
            "by": self.by(self.holder),
        }
        return actions.recommend(case=case, **{**verdict, **values})

    def decide(self, case: Case, who: str = "deputy", recommendation: int = 1) -> Any:
        """A manager countersigns."""
        return actions.decide(case=case, recommendation=recommendation, by=self.by(who))

    def appeal(self, case: Case) -> Any:
        """The chair appeals."""
        return actions.appeal(case=case, grounds="You overlooked the plan.", by=self.by("chair"))

    def uphold(self, appeal: Any, **values: Any) -> Any:
        """The national team decides anew."""
        verdict = {
            "outcome": "green",
            "reasons": "The plan was overlooked.",
            "concerns": "",
            "conditions": [],
            "next_review_on": None,
            "by": self.by("national_team"),
        }
        return actions.uphold(appeal=appeal, **{**verdict, **values})

    def made(self, state: str, subject_id: int = 1, holder: str = "reviewer") -> Case:
        """A case in a state, as the deeds of people lead there; `holder` reviews it. Southwark is open."""
        self.holder = holder
        case = self.submit(subject_id)
        steps = {
            Case.State.QUEUED: (),
            Case.State.CLAIMED: (self.claim,),
            Case.State.SENT_BACK: (self.claim, self.ask),
            Case.State.RECOMMENDED: (self.claim, self.recommend),
            Case.State.DECIDED: (self.claim, self.recommend, self.decide),
            Case.State.APPEALED: (self.claim, self.recommend, self.decide, self.appeal),
            Case.State.WITHDRAWN: (self._withdraw,),
        }
        for step in steps[Case.State(state)]:
            step(case)
        return actions.hold(case)

    def _withdraw(self, case: Case) -> Case:
        return actions.withdraw(case=case, reason="Too early.", by=self.by("chair"))
