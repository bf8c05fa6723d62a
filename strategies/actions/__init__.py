"""Every write of a strategy: starting, saving parts, publishing."""

from strategies.actions.parts import (
    add_action,
    add_issue,
    add_objective,
    add_priority,
    move_part,
    remove_part,
    save_action,
    save_details,
    save_issue,
    save_objective,
    save_priority,
    save_text,
)
from strategies.actions.publishing import draft_seal, publish, request_draft_pdf
from strategies.actions.starting import start

__all__ = [
    "add_action",
    "add_issue",
    "add_objective",
    "add_priority",
    "draft_seal",
    "move_part",
    "publish",
    "remove_part",
    "request_draft_pdf",
    "save_action",
    "save_details",
    "save_issue",
    "save_objective",
    "save_priority",
    "save_text",
    "start",
]
