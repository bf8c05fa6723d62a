"""Saving the agreed answers. Each save says which version its writer saw."""

from django.db import transaction

from accreditation.actions import rules
from accreditation.models import CriterionAnswer, Rating, SelfAssessment
from accreditation.queries import CHANGES
from partnerships.actions.versions import locked
from partnerships.tenancy.access import Access


@transaction.atomic
def save_answer(
    *,
    answer: CriterionAnswer,
    rating: Rating | None,
    agreed_because: str,
    starting_point: str,
    narrative: str,
    version: int,
    by: Access,
) -> CriterionAnswer:
    """What the partners agreed on about one criterion. Raises NotPermitted, NotNow, SectionLocked, Conflict."""
    rules.writing(answer.assessment, answer.criterion.code, by)
    values = {
        "rating": rating,
        "agreed_because": agreed_because,
        "starting_point": starting_point,
        "narrative": narrative,
    }
    current = locked(answer) or answer  # nothing takes an answer out
    return rules.save(current, values, verb="accreditation.answer_saved", version=version, by=by)


@transaction.atomic
def save_changes_since(*, assessment: SelfAssessment, words: str, version: int, by: Access) -> SelfAssessment:
    """What a partnership on the streamlined path says in place of narratives.

    Raises NotPermitted, NotNow, SectionLocked, Conflict.
    """
    current = rules.writing(assessment, CHANGES, by)
    values = {"changes_since": words}
    return rules.save(current, values, verb="accreditation.changes_saved", version=version, by=by)
