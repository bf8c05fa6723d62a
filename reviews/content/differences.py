"""What has changed in a section from one submission to the next, as pages and papers show it."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Literal

from reviews.content.sections import Evidence

Op = Literal["same", "added", "removed"]
Run = tuple[Op, str]

WORD = re.compile(r"\S+[^\S\n]*|\s+")  # ends of lines stand alone: the last word of a text stays when more is written
SHOWN = 25  # words on either side of a change, when what has not changed is longer than three times that


@dataclass(frozen=True)
class FactDifference:
    """A short answer before and after; nothing where it was not asked."""

    label: str
    before: str
    after: str

    @property
    def changed(self) -> bool:
        """Whether it is another answer."""
        return self.before != self.after


@dataclass(frozen=True)
class TextDifference:
    """A long answer as runs of words. The words of a run keep the white space behind them."""

    label: str
    runs: tuple[Run, ...]

    @property
    def changed(self) -> bool:
        """Whether anything was added or removed."""
        return any(op != "same" for op, _words in self.runs)

    def shown(self) -> Iterator[tuple[Op | Literal["left_out"], str | int]]:
        """The runs; of long ones that have not changed only what is near a change, and how many words are left out."""
        last = len(self.runs) - 1
        for place, (op, run) in enumerate(self.runs):
            words = WORD.findall(run)
            if op != "same" or len(words) <= 3 * SHOWN:
                yield op, run
                continue
            before, after = (SHOWN if place > 0 else 0), (SHOWN if place < last else 0)
            if before:
                yield op, "".join(words[:before])
            yield "left_out", sum(not word.isspace() for word in words[before : len(words) - after])
            if after:
                yield op, "".join(words[-after:])


@dataclass(frozen=True)
class TableDifference:
    """The rows of a table, each with what has happened to it. A row that was rewritten was removed and added."""

    caption: str
    columns: tuple[str, ...]
    rows: tuple[tuple[Op, tuple[str, ...]], ...]

    @property
    def changed(self) -> bool:
        """Whether any row was added or removed."""
        return any(op != "same" for op, _row in self.rows)

    def labelled(self) -> Iterator[tuple[Op, tuple[tuple[str, str], ...]]]:
        """The rows that have changed, each cell behind the heading of its column."""
        for op, row in self.rows:
            if op != "same":
                yield op, tuple(zip(self.columns, row, strict=False))


@dataclass(frozen=True)
class SectionDifference:
    """Everything of one section, before and after."""

    key: str
    title: str
    facts: tuple[FactDifference, ...] = ()
    texts: tuple[TextDifference, ...] = ()
    tables: tuple[TableDifference, ...] = ()
    evidence: tuple[tuple[Op, Evidence], ...] = ()

    @property
    def changed(self) -> bool:
        """Whether anything of it has."""
        parts: Iterable[FactDifference | TextDifference | TableDifference] = (*self.facts, *self.texts, *self.tables)
        return self.evidence_changed or any(part.changed for part in parts)

    @property
    def evidence_changed(self) -> bool:
        """Whether evidence was added or taken out."""
        return any(op != "same" for op, _evidence in self.evidence)
