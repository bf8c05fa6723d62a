"""Accreditation: schemes and rounds, self-assessments, scores, evidence, action plans."""

from accreditation.models.assessments import CriterionAnswer, Evidence, Score, SelfAssessment, SignOff
from accreditation.models.plans import ActionProgress, PlannedAction
from accreditation.models.schemes import Criterion, Outcome, Prompt, Rating, Round, Scheme

__all__ = [
    "ActionProgress",
    "Criterion",
    "CriterionAnswer",
    "Evidence",
    "Outcome",
    "PlannedAction",
    "Prompt",
    "Rating",
    "Round",
    "Scheme",
    "Score",
    "SelfAssessment",
    "SignOff",
]
