"""Every write of accreditation: one verb, one function."""

from accreditation.actions.answers import save_answer, save_changes_since
from accreditation.actions.evidence import add_file, add_link, remove_evidence
from accreditation.actions.plan import add_action, note_progress, remove_action, save_action
from accreditation.actions.reference import load_reference
from accreditation.actions.rounds import announce, open_round
from accreditation.actions.rules import NotNow, SectionLocked
from accreditation.actions.scores import score
from accreditation.actions.signing import sign_off
from accreditation.actions.starting import mark_streamlined, start
from accreditation.actions.submitting import WindowClosed, resubmit, submit

__all__ = [
    "NotNow",
    "SectionLocked",
    "WindowClosed",
    "add_action",
    "add_file",
    "add_link",
    "announce",
    "load_reference",
    "mark_streamlined",
    "note_progress",
    "open_round",
    "remove_action",
    "remove_evidence",
    "resubmit",
    "save_action",
    "save_answer",
    "save_changes_since",
    "score",
    "sign_off",
    "start",
    "submit",
]
