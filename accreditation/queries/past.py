"""What became of self-assessments: their cases with everything that was submitted, asked, decided and put on paper."""

from __future__ import annotations

import datetime
from collections.abc import Iterable
from dataclasses import dataclass

from django.db.models import Prefetch

from accreditation.models import SelfAssessment
from accreditation.queries.cases import KIND
from core.refusals import Text
from partnerships.models import Partnership
from reviews.models import Appeal, Case, CaseFile, ChangeRequest, Decision, Submission


@dataclass(frozen=True)
class PastDecision:
    """One decision with its papers, once they are made, and what was said against it."""

    case: Case
    decision: Decision
    letter: CaseFile | None
    certificate: CaseFile | None
    appeal: Appeal | None

    @property
    def conditions(self) -> list[tuple[str, datetime.date | None]]:
        """What the partnership has to do, each with its day."""
        return [
            (each["words"], datetime.date.fromisoformat(each["due_on"]) if each["due_on"] else None)
            for each in self.decision.conditions
        ]


@dataclass(frozen=True)
class PastCase:
    """One case with all that happened in it, each in its order."""

    case: Case
    submissions: list[Submission]
    requests: list[ChangeRequest]
    decisions: list[Decision]
    appeals: list[Appeal]
    papers: list[CaseFile]

    @property
    def last(self) -> Submission | None:
        """What was submitted last."""
        return self.submissions[-1] if self.submissions else None

    @property
    def decision(self) -> Decision | None:
        """The decision that holds."""
        return self.decisions[-1] if self.decisions else None

    @property
    def request(self) -> ChangeRequest | None:
        """What is asked for and not answered yet."""
        return next((each for each in self.requests if each.ended_at is None), None)

    @property
    def appeal(self) -> Appeal | None:
        """The appeal against its decision."""
        return self.appeals[-1] if self.appeals else None

    @property
    def decided(self) -> list[PastDecision]:
        """Every decision, the first first: it stays to be seen when another takes its place."""
        return [
            PastDecision(
                self.case,
                decision,
                self.paper(CaseFile.Kind.LETTER, decision.number),
                self.paper(CaseFile.Kind.CERTIFICATE, decision.number),
                next((each for each in self.appeals if each.decision_id == decision.pk), None),
            )
            for decision in self.decisions
        ]

    def paper(self, kind: Text, number: int) -> CaseFile | None:
        """A PDF, once it is made."""
        return next((each for each in self.papers if each.kind == kind and each.number == number), None)


def past_cases(partnership: Partnership, assessments: Iterable[SelfAssessment]) -> dict[int, list[PastCase]]:
    """Self-assessment → its cases, the first first. Six queries, however many."""
    ids = [each.pk for each in assessments]
    cases = (
        Case.objects.filter(partnership=partnership, kind=KIND, subject_id__in=ids)
        .select_related("partnership", "reviewer")
        .prefetch_related(
            Prefetch(
                "submissions", Submission.objects.defer("content").select_related("submitted_by").order_by("number")
            ),
            Prefetch("change_requests", ChangeRequest.objects.order_by("asked_at", "pk")),
            Prefetch("decisions", Decision.objects.order_by("number")),
            Prefetch("appeals", Appeal.objects.order_by("pk")),
            Prefetch("files", CaseFile.objects.order_by("pk")),
        )
        .order_by("pk")
    )
    found: dict[int, list[PastCase]] = {pk: [] for pk in ids}
    for case in cases:
        found[case.subject_id].append(
            PastCase(
                case,
                list(case.submissions.all()),
                list(case.change_requests.all()),
                list(case.decisions.all()),
                list(case.appeals.all()),
                list(case.files.all()),
            )
        )
    return found
