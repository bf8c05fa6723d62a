"""What becomes of a self-assessment when the Government Office has acted: called by its deed, the case being held."""

from django.utils import timezone

from accreditation.models import Outcome, SelfAssessment
from accreditation.queries import KIND
from core.dates import LONDON
from partnerships.tenancy.access import Access
from reviews import queries as reviews
from reviews.models import Case, ChangeRequest, Decision

S = SelfAssessment.State


def changes_asked(case: Case, request: ChangeRequest, by: Access) -> None:
    """Its chosen sections can be written again."""
    assessment = _held(case)
    assessment.state = S.SENT_BACK
    assessment.save(update_fields=["state"])


def decided(case: Case, decision: Decision, by: Access) -> None:
    """It bears the outcome of the decision that holds: the first, that of its review, or that of an appeal.

    An appeal may be upheld while a review is under way; then the review goes on. Once a later case was decided,
    that one counts.
    """
    assessment = _held(case)
    later = [each for each in reviews.cases_of(KIND, assessment.pk, case.partnership) if each.pk > case.pk]
    if any(each.state in {Case.State.DECIDED, Case.State.APPEALED} for each in later):
        return
    assessment.outcome = Outcome.objects.get(scheme=assessment.round.scheme_id, code=decision.outcome)
    assessment.decided_on = timezone.localtime(decision.decided_at, LONDON).date()
    assessment.next_review_on = decision.next_review_on
    if not any(each.is_open for each in later):
        assessment.state = _state_of(assessment.outcome)
    assessment.save(update_fields=["outcome", "decided_on", "next_review_on", "state"])


def withdrawn(case: Case, by: Access) -> None:
    """It is as it was before it was submitted."""
    assessment = _held(case)
    assessment.state = _state_of(assessment.outcome) if assessment.outcome else S.DRAFT
    assessment.save(update_fields=["state"])


def _held(case: Case) -> SelfAssessment:
    rows = SelfAssessment.objects.select_for_update(of=("self",), no_key=True).select_related("round", "outcome")
    return rows.get(pk=case.subject_id, partnership=case.partnership_id)


def _state_of(outcome: Outcome) -> str:
    return S.DEFERRED if outcome.wants_review else S.DECIDED
