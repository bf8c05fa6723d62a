"""Every deed on a case."""

from reviews.actions import letters
from reviews.actions.asking import ask_changes
from reviews.actions.claiming import CannotReview, assign, claim, recuse, release, see
from reviews.actions.deciding import TheSamePerson, decide, recommend, return_recommendation
from reviews.actions.ending import OnesOwnDecision, TooLate, appeal, dismiss, uphold, withdraw
from reviews.actions.opening import LockedSections, open_case, submit_again
from reviews.actions.reviewing import judge, log_dialogue, share
from reviews.actions.rules import Interested, NotTheReviewer, hold
from reviews.actions.verdicts import Condition

__all__ = [
    "CannotReview",
    "Condition",
    "Interested",
    "LockedSections",
    "NotTheReviewer",
    "OnesOwnDecision",
    "TheSamePerson",
    "TooLate",
    "appeal",
    "ask_changes",
    "assign",
    "claim",
    "decide",
    "dismiss",
    "hold",
    "judge",
    "letters",
    "log_dialogue",
    "open_case",
    "recommend",
    "recuse",
    "release",
    "return_recommendation",
    "see",
    "share",
    "submit_again",
    "uphold",
    "withdraw",
]
