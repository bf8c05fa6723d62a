"""The Government Office's queue: cases, what was submitted, what was said about it, what was decided."""

from reviews.models.cases import Case, CaseFile, ChangeRequest, Recusal, Submission
from reviews.models.decisions import Appeal, Decision, Recommendation, Return
from reviews.models.letters import Letter, Notice
from reviews.models.talks import DialogueEntry, Judgement

__all__ = [
    "Appeal",
    "Case",
    "CaseFile",
    "ChangeRequest",
    "Decision",
    "DialogueEntry",
    "Judgement",
    "Letter",
    "Notice",
    "Recommendation",
    "Recusal",
    "Return",
    "Submission",
]
