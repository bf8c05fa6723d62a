"""Reads of self-assessments and of what is written in them."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from django.db.models import F, Prefetch, QuerySet

from accreditation.models import (
    ActionProgress,
    Criterion,
    CriterionAnswer,
    Evidence,
    PlannedAction,
    Prompt,
    Score,
    SelfAssessment,
    SignOff,
)
from accreditation.queries.cases import unlocked
from accreditation.queries.partners import labels
from accreditation.workflow import SELF_ASSESSMENT
from partnerships.models import Partnership
from partnerships.permissions import Perm
from partnerships.tenancy.access import Access

S = SelfAssessment.State


def assessments_of(partnership: Partnership) -> QuerySet[SelfAssessment]:
    """The self-assessments of a partnership, that of the latest round first."""
    return (
        SelfAssessment.objects.filter(partnership=partnership)
        .select_related("partnership", "round__scheme", "outcome", "saved_by")
        .order_by("-round__closes_on", "-pk")
    )


def assessment(partnership: Partnership, pk: int) -> SelfAssessment | None:
    """One of them."""
    return assessments_of(partnership).filter(pk=pk).first()


def previous(assessment: SelfAssessment) -> SelfAssessment | None:
    """The last round before this one in which the partnership was decided about."""
    before = assessments_of(assessment.partnership).filter(round__closes_on__lt=assessment.round.closes_on)
    return before.exclude(outcome=None).first()


def criteria_of(assessment: SelfAssessment) -> QuerySet[Criterion]:
    """The criteria of its scheme with their prompts, in order; two queries."""
    prompts = Prefetch("prompts", Prompt.objects.order_by("order"))
    return Criterion.objects.filter(scheme=assessment.round.scheme_id).prefetch_related(prompts).order_by("order")


def answers_of(assessment: SelfAssessment) -> QuerySet[CriterionAnswer]:
    """The answers in the order of the criteria, each with its criterion and agreed rating."""
    return (
        CriterionAnswer.objects.filter(assessment=assessment, partnership=assessment.partnership_id)
        .select_related("partnership", "assessment__round", "criterion", "rating", "saved_by")
        .order_by("criterion__order")
    )


def evidence_of(assessment: SelfAssessment, criterion: Criterion | None = None) -> QuerySet[Evidence]:
    """What supports it and has not been taken out, by criterion; each with its file."""
    rows = Evidence.objects.filter(assessment=assessment, partnership=assessment.partnership_id, removed_at=None)
    rows = rows.filter(criterion=criterion) if criterion else rows
    return rows.select_related("partnership", "criterion", "upload").order_by("criterion__order", "pk")


def actions_of(assessment: SelfAssessment) -> QuerySet[Any]:
    """The action plan by criterion. `progress_noted` has what was said of each action, the last first; two queries."""
    noted = ActionProgress.objects.select_related("noted_by").order_by("-noted_at", "-pk")
    return (
        PlannedAction.objects.filter(assessment=assessment, partnership=assessment.partnership_id, removed_at=None)
        .select_related("partnership", "criterion", "lead", "saved_by")
        .prefetch_related(Prefetch("progress", noted, to_attr="progress_noted"))
        .order_by("criterion__order", F("starts_on").asc(nulls_last=True), "pk")
    )


@dataclass(frozen=True)
class PartnersScore:
    """What one partner thinks, under the name by which they stand on paper."""

    score: Score
    partner: str
    own: bool


def scores_in(assessment: SelfAssessment, by: Access | None = None) -> dict[int, list[PartnersScore]]:
    """Criterion → what all partners think of it, in the order in which they said so. Two queries."""
    rows = list(
        Score.objects.filter(assessment=assessment, partnership=assessment.partnership_id)
        .select_related("rating", "organisation", "criterion")
        .order_by("criterion__order", "pk")
    )
    names = labels(assessment, rows, lambda row: row.scored_at)
    found: dict[int, list[PartnersScore]] = {}
    for row in rows:
        own = by is not None and row.person_id == by.person_id
        found.setdefault(row.criterion_id, []).append(PartnersScore(row, names[row.pk], own))
    return found


def scores_of(assessment: SelfAssessment, criterion: Criterion, by: Access) -> Sequence[PartnersScore]:
    """The scores of a criterion that somebody may see. Those of others show once one has given one's own.

    To whoever writes the self-assessment, and to everybody once it is submitted, all of them show.
    """
    scores = scores_in(assessment, by).get(criterion.pk, [])
    sees_all = (
        assessment.state != S.DRAFT
        or by.can(Perm.EDIT_ASSESSMENT, assessment.partnership)
        or any(each.own for each in scores)
    )
    return scores if sees_all else []


@dataclass(frozen=True)
class Signed:
    """A sign-off, under the name by which the partner stands on paper. `holds`: it is of what is written now."""

    sign_off: SignOff
    partner: str
    holds: bool


def signed(assessment: SelfAssessment, seal: str) -> list[Signed]:
    """Who has signed off, the first first; `seal` is that of what is written now. Two queries."""
    rows = list(
        SignOff.objects.filter(assessment=assessment, partnership=assessment.partnership_id)
        .select_related("organisation")
        .order_by("signed_at", "pk")
    )
    names = labels(assessment, rows, lambda row: row.signed_at)
    return [Signed(row, names[row.pk], row.seal == seal) for row in rows]


def may_write(assessment: SelfAssessment, section: str, by: Access) -> bool:
    """Whether somebody may write a section now: a criterion by its code, the plan, the changes."""
    move = SELF_ASSESSMENT["write"]
    if assessment.state not in move.from_states or not by.can(Perm.EDIT_ASSESSMENT, assessment.partnership):
        return False
    keys = unlocked(assessment)
    return keys is None or section in keys
