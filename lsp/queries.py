"""What the tables of regions and of England are made of: where each partnership stands in a round, counted."""

from __future__ import annotations

import datetime
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from django.db import models
from django.db.models import QuerySet
from django.utils.translation import gettext_lazy as _

from accreditation import queries as accreditation
from accreditation.models import CriterionAnswer, Outcome, PlannedAction, Round, Score, SelfAssessment
from core.dates import LONDON, today
from core.refusals import Text
from partnerships.models import Partnership, Region
from reviews.models import Appeal, Case

Columns = list[tuple[str, Text]]


class Step(models.TextChoices):
    """How far somebody is who has no outcome yet."""

    NOT_ASKED = "not_asked", _("Not asked")
    NOT_BEGUN = "not_begun", _("Not begun")
    WRITING = "writing", _("Writing")
    WITH_OFFICE = "with_office", _("With the office")
    SENT_BACK = "sent_back", _("Sent back")


ON_THE_WAY = (Step.NOT_BEGUN, Step.WRITING, Step.WITH_OFFICE, Step.SENT_BACK)

_STEPS = {
    SelfAssessment.State.SUBMITTED: Step.WITH_OFFICE,
    SelfAssessment.State.SENT_BACK: Step.SENT_BACK,
}


@dataclass(frozen=True)
class Stand:
    """One partnership in one round. An outcome that holds says more than the step: it counts under the outcome.

    `case` is the last that was opened; `begun` whether anything is written or scored.
    """

    partnership: Partnership
    assessment: SelfAssessment | None = None
    case: Case | None = None
    asked: bool = True
    begun: bool = False

    @property
    def name(self) -> str:
        """By which it is sorted, without regard to case."""
        return self.partnership.short_name.casefold()

    @property
    def region_name(self) -> str:
        """By which it is sorted."""
        return self.partnership.region.name

    @property
    def outcome(self) -> Outcome | None:
        """The outcome that holds."""
        return self.assessment.outcome if self.assessment else None

    @property
    def step(self) -> Step:
        """How far it is, on the way to the first outcome or to the next."""
        if self.assessment is None or not self.asked:
            return Step.NOT_BEGUN if self.asked else Step.NOT_ASKED
        writing = Step.WRITING if self.begun or self.outcome else Step.NOT_BEGUN
        return _STEPS.get(SelfAssessment.State(self.assessment.state), writing)

    @property
    def key(self) -> str:
        """Under which it counts: the code of the outcome, else the step."""
        return self.outcome.code if self.outcome else self.step

    @property
    def on_the_way(self) -> bool:
        """Whether its step is still of interest: there is no outcome, or a further review has begun."""
        return self.outcome is None or self.step in (Step.WITH_OFFICE, Step.SENT_BACK)

    @property
    def streamlined(self) -> bool:
        """Whether it is on the streamlined path."""
        return bool(self.assessment and self.assessment.streamlined)

    @property
    def may_be_marked(self) -> bool:
        """Whether it can still be put on the streamlined path, or taken off it."""
        return self.assessment is not None and self.assessment.state == SelfAssessment.State.DRAFT

    @property
    def decided_on(self) -> datetime.date | None:
        """The day of the decision that holds."""
        return self.assessment.decided_on if self.assessment else None

    @property
    def next_review_on(self) -> datetime.date | None:
        """The day of the next review, where the decision names one."""
        return self.assessment.next_review_on if self.assessment else None

    @property
    def open_case(self) -> Case | None:
        """What the Government Office has to decide."""
        return self.case if self.case is not None and self.case.is_open else None

    @property
    def due_on(self) -> datetime.date | None:
        """When it is to be decided."""
        return self.open_case.due_on if self.open_case else None

    @property
    def days_late(self) -> int:
        """By how many days the decision is late."""
        return self.open_case.days_late if self.open_case else 0

    @property
    def reviewer_name(self) -> str:
        """Who has taken it; nobody where it waits, or is decided."""
        reviewer = self.open_case.reviewer if self.open_case else None
        return reviewer.name if reviewer else ""


def stands(round: Round, region: Region | None = None) -> list[Stand]:
    """Where the partnerships of a region, or of all, stand in a round, by name; also those that are not asked.

    One that had ended before it was asked is left out. Five statements, however many there are.
    """
    asked = {row.partnership.pk: row for row in accreditation.standing(region, round)}
    begun = _begun(row.assessment.pk for row in asked.values() if row.assessment)
    partnerships = Partnership.objects.select_related("region").in_order()
    if region is not None:
        partnerships = partnerships.filter(region=region)
    return [
        Stand(each, row.assessment, row.case, begun=bool(row.assessment and row.assessment.pk in begun))
        if (row := asked.get(each.pk))
        else Stand(each, asked=False)
        for each in partnerships
        if each.pk in asked or not each.is_over
    ]


def _begun(assessments: Iterable[int]) -> set[int]:
    """Those of the self-assessments in which somebody has written or scored something."""
    own = {"assessment__in": list(assessments)}
    answers = CriterionAnswer.objects.filter(version__gt=1, **own).values_list("assessment_id")
    scores = Score.objects.filter(**own).values_list("assessment_id")
    actions = PlannedAction.objects.filter(**own).values_list("assessment_id")
    return {pk for (pk,) in answers.union(scores, actions)}


@dataclass(frozen=True)
class Line:
    """One region, or England, counted: how many are asked, and how many of them stand where (key, label, count)."""

    region: Region | None
    asked: int
    cells: Sequence[tuple[str, Text, int]]
    late: int

    @property
    def decided(self) -> int:
        """How many have an outcome."""
        return self.asked - sum(count for key, _label, count in self.cells if key in ON_THE_WAY)

    @property
    def depth(self) -> int:
        """One of four depths of petrol, which repeat the printed number: none, fewer than half, most, all."""
        if not self.decided:
            return 1
        return 4 if self.decided == self.asked else 3 if 2 * self.decided >= self.asked else 2

    def count(self, key: str) -> int:
        """How many stand there."""
        return next(count for known, _label, count in self.cells if known == key)


def columns(outcomes: Iterable[Outcome]) -> Columns:
    """What is counted, in order: the steps, then the outcomes in the scheme's own words."""
    steps: Columns = [(step.value, step.label) for step in ON_THE_WAY]
    return [*steps, *((outcome.code, outcome.label) for outcome in outcomes)]


def line(region: Region | None, rows: Iterable[Stand], columns: Columns) -> Line:
    """The rows of whoever is asked, counted by where they stand."""
    asked = [row for row in rows if row.asked]
    counts = Counter(row.key for row in asked)
    cells = [(key, label, counts[key]) for key, label in columns]
    return Line(region, len(asked), cells, sum(row.days_late > 0 for row in asked))


def lines(rows: Sequence[Stand], columns: Columns) -> list[Line]:
    """A line for each of the nine regions, by name."""
    by_region: dict[int, list[Stand]] = {}
    for row in rows:
        by_region.setdefault(row.partnership.region_id, []).append(row)
    return [line(region, by_region.get(region.pk, []), columns) for region in Region.objects.order_by("name")]


def open_appeals() -> QuerySet[Appeal]:
    """Appeals that the national team has to decide, the oldest first."""
    appeals = Appeal.objects.filter(state=Appeal.State.OPEN)
    return appeals.select_related("case__partnership__region", "decision").order_by("made_at", "pk")


def days_since(moment: datetime.datetime) -> int:
    """How many days ago it was, by the calendar of London."""
    return (today() - moment.astimezone(LONDON).date()).days
