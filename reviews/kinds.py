"""What can be submitted. Apps register their kind when they start; the queue asks it what it does not know."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from core.refusals import Text

if TYPE_CHECKING:
    from partnerships.tenancy.access import Access
    from reviews.models import Case, ChangeRequest, Decision


@dataclass(frozen=True)
class Choice:
    """A step of the scale by which sections are judged."""

    code: str
    label: str
    hint: str = ""


@dataclass(frozen=True)
class Outcome:
    """How a case of this kind may be decided. `wants_review` asks for the date of the next review."""

    code: str
    label: str
    consequence: str = ""
    source: str = ""
    certifies: bool = False
    wants_review: bool = False


@dataclass(frozen=True)
class SubmissionKind:
    """One kind of submission, such as a self-assessment.

    `scale` are the judgements that a reviewer may give to a section, `outcomes` the ways to decide, both as the scheme
    of the case says; `answer_days` and `appeal_days` are its windows in working days. The last three tell the app what
    has happened to what it submitted, inside the transaction of the deed and with the case locked. `page` is the
    partnership's own page of it.
    """

    code: str
    name: Text
    scale: Callable[[Case], Sequence[Choice]]
    outcomes: Callable[[Case], Sequence[Outcome]]
    answer_days: Callable[[Case], int]
    appeal_days: Callable[[Case], int]
    page: Callable[[Case], str]
    changes_asked: Callable[[Case, ChangeRequest, Access], None]
    decided: Callable[[Case, Decision, Access], None]
    withdrawn: Callable[[Case, Access], None]


_kinds: dict[str, SubmissionKind] = {}


def register(kind: SubmissionKind) -> None:
    """Add a kind, when its app starts."""
    _kinds[kind.code] = kind


def kind_of(case: Case) -> SubmissionKind:
    """The kind of a case. Raises KeyError."""
    return _kinds[case.kind]


def all_kinds() -> list[SubmissionKind]:
    """Every kind, for filters."""
    return list(_kinds.values())
