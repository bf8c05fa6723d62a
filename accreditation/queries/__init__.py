"""Named reads of accreditation."""

from accreditation.queries.assessments import (
    PartnersScore,
    Signed,
    actions_of,
    answers_of,
    assessment,
    assessments_of,
    criteria_of,
    evidence_of,
    may_write,
    previous,
    scores_in,
    scores_of,
)
from accreditation.queries.cases import (
    CHANGES,
    KIND,
    PLAN,
    case_of,
    decided_case_of,
    open_case_of,
    open_request_of,
    unlocked,
)
from accreditation.queries.content import content_of, seal_of, sign_offs_of, title_of
from accreditation.queries.due import Due, due, due_in
from accreditation.queries.endings import kept_for_reading
from accreditation.queries.gaps import gaps, gaps_in_writing
from accreditation.queries.partners import partners_of, speaks_for
from accreditation.queries.past import PastCase, PastDecision, past_cases
from accreditation.queries.rounds import Told, open_rounds, partnerships_of, rounds, told
from accreditation.queries.standing import Standing, standing

__all__ = [
    "CHANGES",
    "KIND",
    "PLAN",
    "Due",
    "PartnersScore",
    "PastCase",
    "PastDecision",
    "Signed",
    "Standing",
    "Told",
    "actions_of",
    "answers_of",
    "assessment",
    "assessments_of",
    "case_of",
    "content_of",
    "criteria_of",
    "decided_case_of",
    "due",
    "due_in",
    "evidence_of",
    "gaps",
    "gaps_in_writing",
    "kept_for_reading",
    "may_write",
    "open_case_of",
    "open_request_of",
    "open_rounds",
    "partners_of",
    "partnerships_of",
    "past_cases",
    "previous",
    "rounds",
    "scores_in",
    "scores_of",
    "seal_of",
    "sign_offs_of",
    "speaks_for",
    "standing",
    "title_of",
    "told",
    "unlocked",
]
