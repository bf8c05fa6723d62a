"""What has changed from one submission to the next: lines first, then the words of lines that were rewritten."""

from __future__ import annotations

from collections.abc import Hashable, Iterable, Iterator, Sequence
from difflib import SequenceMatcher
from typing import TypeVar

from reviews.content.differences import (
    WORD,
    FactDifference,
    Op,
    Run,
    SectionDifference,
    TableDifference,
    TextDifference,
)
from reviews.content.sections import Content, Evidence, Section, Table, Text

COMPARED = 2_000  # lines or words; of a longer passage only its beginning and its end are looked at
Part = TypeVar("Part", bound=Hashable)
Row = tuple[str, ...]


def differences(before: Content | None, after: Content) -> list[SectionDifference]:
    """Every section in its order, those that are gone at the end. Without a submission before, all of it is new."""
    old = {section.key: section for section in before.sections} if before else {}
    pairs = [(old.pop(section.key, Section(section.key, section.title)), section) for section in after.sections]
    return [
        _compared(one, other)
        for one, other in [*pairs, *((section, Section(section.key, section.title)) for section in old.values())]
    ]


def _compared(old: Section, new: Section) -> SectionDifference:
    return SectionDifference(
        key=new.key,
        title=new.title,
        facts=_facts(old, new),
        texts=tuple(
            TextDifference(label, tuple(runs(_words(old.texts, label), _words(new.texts, label))))
            for label in _labels(text.label for text in (*new.texts, *old.texts))
        ),
        tables=tuple(
            _table(caption, old.tables, new.tables)
            for caption in _labels(table.caption for table in (*new.tables, *old.tables))
        ),
        evidence=tuple(_evidence(old.evidence, new.evidence)),
    )


def runs(before: str, after: str) -> Iterator[Run]:
    """A text as runs of words that stayed, were removed or were added. Joined they are the text again."""
    for same, old, new in _steps(before.splitlines(keepends=True), after.splitlines(keepends=True)):
        if same:
            yield "same", "".join(new)
            continue
        for stayed, old_words, new_words in _steps(WORD.findall("".join(old)), WORD.findall("".join(new))):
            if stayed:
                yield "same", "".join(new_words)
                continue
            if old_words:
                yield "removed", "".join(old_words)
            if new_words:
                yield "added", "".join(new_words)


def _steps(before: Sequence[Part], after: Sequence[Part]) -> Iterator[tuple[bool, Sequence[Part], Sequence[Part]]]:
    """What stayed (True), and what stands in place of what, in order."""
    head = _alike(before, after)
    tail = _alike(before[head:][::-1], after[head:][::-1])
    old, new = before[head : len(before) - tail], after[head : len(after) - tail]
    if head:
        yield True, before[:head], after[:head]
    if len(old) + len(new) > COMPARED:
        yield False, old, new
    else:
        for tag, old_from, old_to, new_from, new_to in SequenceMatcher(None, old, new).get_opcodes():
            yield tag == "equal", old[old_from:old_to], new[new_from:new_to]
    if tail:
        yield True, before[len(before) - tail :], after[len(after) - tail :]


def _alike(before: Sequence[Part], after: Sequence[Part]) -> int:
    """How many parts are the same from the beginning."""
    pairs = enumerate(zip(before, after, strict=False))
    return next((place for place, (old, new) in pairs if old != new), min(len(before), len(after)))


def _labels(labels: Iterable[str]) -> list[str]:
    return list(dict.fromkeys(labels))


def _words(texts: Sequence[Text], label: str) -> str:
    return next((text.words for text in texts if text.label == label), "")


def _facts(before: Section, after: Section) -> tuple[FactDifference, ...]:
    old, new = ({fact.label: fact.value for fact in section.facts} for section in (before, after))
    return tuple(
        FactDifference(label, old.get(label, ""), new.get(label, "")) for label in _labels([*new.keys(), *old.keys()])
    )


def _table(caption: str, before: Sequence[Table], after: Sequence[Table]) -> TableDifference:
    old, new = ([table for table in tables if table.caption == caption] for tables in (before, after))
    rows: list[tuple[Op, Row]] = []
    for same, old_rows, new_rows in _steps(_rows(old), _rows(new)):
        if same:
            rows.extend(("same", row) for row in new_rows)
        else:
            rows.extend(_rewritten(old_rows, list(new_rows)))
    return TableDifference(caption, [*new, *old][0].columns, tuple(rows))


def _rewritten(old: Sequence[Row], new: list[Row]) -> Iterator[tuple[Op, Row]]:
    """Rows that were removed, each with the one below it that looks most as if it had taken its place."""
    for row in old:
        yield "removed", row
        likeness, place = max(((_alike_cells(row, other), -place) for place, other in enumerate(new)), default=(0, 0))
        if likeness:
            yield "added", new.pop(-place)
    for row in new:
        yield "added", row


def _alike_cells(row: Row, other: Row) -> int:
    return sum(one == two for one, two in zip(row, other, strict=False))


def _rows(tables: Sequence[Table]) -> list[Row]:
    return [row for table in tables for row in table.rows]


def _evidence(before: Sequence[Evidence], after: Sequence[Evidence]) -> Iterator[tuple[Op, Evidence]]:
    for each in after:
        yield "same" if each in before else "added", each
    for each in before:
        if each not in after:
            yield "removed", each
