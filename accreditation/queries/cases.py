"""What the Government Office's queue says of a self-assessment, and what it asks of the scheme."""

from collections.abc import Sequence

from django.urls import reverse

from accreditation.models import Outcome, Rating, Scheme, SelfAssessment
from reviews import queries as reviews
from reviews.kinds import Choice
from reviews.kinds import Outcome as Verdict
from reviews.models import Case, ChangeRequest

KIND = "self_assessment"
PLAN, CHANGES = "plan", "changes"  # keys of the sections that are no criterion


def case_of(assessment: SelfAssessment) -> Case | None:
    """The last case of a self-assessment: open, decided or withdrawn."""
    return reviews.latest_case(KIND, assessment.pk, assessment.partnership)


def open_case_of(assessment: SelfAssessment) -> Case | None:
    """The case in which it is with the Government Office now."""
    case = case_of(assessment)
    return case if case is not None and case.is_open else None


def decided_case_of(assessment: SelfAssessment) -> Case | None:
    """The last case in which it was decided: the one that a further submission asks to review again."""
    cases = reviews.cases_of(KIND, assessment.pk, assessment.partnership)
    return next((case for case in cases if case.state in (Case.State.DECIDED, Case.State.APPEALED)), None)


def unlocked(assessment: SelfAssessment) -> frozenset[str] | None:
    """The sections that may be written now; None: all of them."""
    case = open_case_of(assessment) if assessment.state == SelfAssessment.State.SENT_BACK else None
    return reviews.unlocked_sections(case) if case is not None else None


def open_request_of(assessment: SelfAssessment) -> ChangeRequest | None:
    """What the Government Office asks for, while it has been sent back."""
    case = open_case_of(assessment) if assessment.state == SelfAssessment.State.SENT_BACK else None
    return reviews.open_request(case) if case is not None else None


# For reviews.kinds


def scheme_of(case: Case) -> Scheme:
    """The scheme by which a self-assessment is decided. Its partnership is open."""
    return SelfAssessment.objects.select_related("round__scheme").get(pk=case.subject_id).round.scheme


def scale(case: Case) -> Sequence[Choice]:
    """Reviewers judge on the scale on which partners rate."""
    ratings = Rating.objects.filter(scheme=scheme_of(case)).order_by("order")
    return [Choice(rating.code, rating.label, rating.hint) for rating in ratings]


def outcomes(case: Case) -> Sequence[Verdict]:
    """How the scheme decides."""
    return [
        Verdict(row.code, row.label, row.consequence, row.source, row.certifies, row.wants_review)
        for row in Outcome.objects.filter(scheme=scheme_of(case)).order_by("order")
    ]


def page(case: Case) -> str:
    """The partnership's own page of the self-assessment."""
    return reverse("accreditation:assessment", kwargs={"slug": case.partnership.slug, "pk": case.subject_id})
