"""Strategies as they are written, and editions as they were published."""

from strategies.models.editions import Edition, EditionFile
from strategies.models.parts import Action, ActionPartner, Issue, Objective, Part, Priority, Text
from strategies.models.strategies import Strategy

__all__ = [
    "Action",
    "ActionPartner",
    "Edition",
    "EditionFile",
    "Issue",
    "Objective",
    "Part",
    "Priority",
    "Strategy",
    "Text",
]
