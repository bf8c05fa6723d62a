"""Finding rows through the partnership the reader has open; anything else is 404."""

from typing import TypeVar

from django.db.models import Model
from django.http import Http404

from accreditation import queries
from accreditation.actions.plan import REMOVED
from accreditation.models import Criterion, CriterionAnswer, Evidence, PlannedAction, SelfAssessment
from core.refusals import Removed
from partnerships.models import Partnership
from partnerships.queries.deeds import last_deed_of
from reviews import queries as reviews
from reviews.models import Case, Submission

Row = TypeVar("Row", bound=Model)


def found(row: Row | None) -> Row:
    """The row. Raises Http404."""
    if row is None:
        raise Http404
    return row


def find_assessment(partnership: Partnership, pk: int) -> SelfAssessment:
    """Raises Http404."""
    return found(queries.assessment(partnership, pk))


def find_criterion(assessment: SelfAssessment, code: str) -> Criterion:
    """A criterion of its scheme, with its prompts. Raises Http404."""
    return found(queries.criteria_of(assessment).filter(code=code).first())


def find_answer(assessment: SelfAssessment, criterion: Criterion) -> CriterionAnswer:
    """Raises Http404."""
    return found(queries.answers_of(assessment).filter(criterion=criterion).first())


def find_evidence(assessment: SelfAssessment, pk: int) -> Evidence:
    """A piece of evidence, be it taken out: what was submitted with it keeps it. Raises Http404."""
    rows = Evidence.objects.filter(assessment=assessment, partnership=assessment.partnership_id, pk=pk)
    return found(rows.select_related("partnership", "criterion", "upload", "assessment__partnership").first())


def find_action(assessment: SelfAssessment, pk: int) -> PlannedAction:
    """An action of the plan, be it taken out: then its pages say by whom. Raises Http404."""
    rows = PlannedAction.objects.filter(assessment=assessment, partnership=assessment.partnership_id, pk=pk)
    wanted = ("partnership", "criterion", "lead", "saved_by", "assessment__partnership", "assessment__round")
    return found(rows.select_related(*wanted).first())


def removal_of(action: PlannedAction) -> str:
    """Who has taken an action out, and when, in words."""
    deed = last_deed_of(action, REMOVED)
    return Removed(deed.who, deed.at).sentence()


def find_case(partnership: Partnership, pk: int) -> tuple[Case, SelfAssessment]:
    """A case of accreditation, and what it is about. Raises Http404."""
    case = found(reviews.case_of(partnership, pk))
    if case.kind != queries.KIND:
        raise Http404
    return case, find_assessment(partnership, case.subject_id)


def find_submission(case: Case, number: int) -> Submission:
    """Raises Http404."""
    rows = Submission.objects.filter(partnership=case.partnership_id, case=case, number=number)
    return found(rows.select_related("case__previous", "submitted_by").first())
