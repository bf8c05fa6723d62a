"""Named reads of the queue."""

from reviews.content.comparison import differences
from reviews.queries.cases import (
    SOON,
    case_of,
    cases_of,
    last_day_called_soon,
    latest_case,
    latest_cases,
    open_cases,
    queue,
)
from reviews.queries.clock import lapsed_claims, to_tell
from reviews.queries.figures import Figures, figures
from reviews.queries.files import files_of
from reviews.queries.people import (
    chair_and_officers,
    holds_now,
    impartial,
    interest_of,
    interests,
    office_of,
    people_with,
    reviews_still,
    staff_of,
)
from reviews.queries.submissions import (
    content_of,
    last_submission,
    open_request,
    submission_before,
    unlocked_sections,
)
from reviews.queries.talks import dialogue_of, judgements_of
from reviews.queries.verdicts import (
    appeal_of,
    decision_of,
    decisions_of,
    last_day_to_appeal,
    recommendation_of,
    recommendations_of,
)
from reviews.queries.workload import Load, workload

__all__ = [
    "SOON",
    "Figures",
    "Load",
    "appeal_of",
    "case_of",
    "cases_of",
    "chair_and_officers",
    "content_of",
    "decision_of",
    "decisions_of",
    "dialogue_of",
    "differences",
    "figures",
    "files_of",
    "holds_now",
    "impartial",
    "interest_of",
    "interests",
    "judgements_of",
    "lapsed_claims",
    "last_day_called_soon",
    "last_day_to_appeal",
    "last_submission",
    "latest_case",
    "latest_cases",
    "office_of",
    "open_cases",
    "open_request",
    "people_with",
    "queue",
    "recommendation_of",
    "recommendations_of",
    "reviews_still",
    "staff_of",
    "submission_before",
    "to_tell",
    "unlocked_sections",
    "workload",
]
