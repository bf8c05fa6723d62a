"""What is submitted, as every kind of submission says it: sections with facts, texts, tables and evidence.

The queue shows, compares, freezes and prints this, and knows nothing else of what a partnership submits.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import asdict, dataclass
from typing import Any
from urllib.parse import urlsplit


@dataclass(frozen=True)
class Fact:
    """A short answer: “Rating: Strong”."""

    label: str
    value: str

    @property
    def is_short(self) -> bool:
        """Whether it can stand in a line with others."""
        return len(self.value) <= 40 and "\n" not in self.value


@dataclass(frozen=True)
class Text:
    """A long answer, in markdown."""

    label: str
    words: str


@dataclass(frozen=True)
class Table:
    """Rows under headings, such as the scores of partners or an action plan. Every cell is text."""

    caption: str
    columns: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]

    def labelled(self) -> Iterator[tuple[tuple[str, str], ...]]:
        """The rows, each cell behind the heading of its column. Raises ValueError for a row of another width."""
        for row in self.rows:
            yield tuple(zip(self.columns, row, strict=True))

    @property
    def is_wide(self) -> bool:
        """Whether it has many columns, as an action plan has, and needs the width of a page."""
        return len(self.columns) > 5


@dataclass(frozen=True)
class Evidence:
    """A document that supports a section: a file of the partnership (`upload_id`), or an address elsewhere."""

    title: str
    url: str = ""
    upload_id: int | None = None
    file_name: str = ""
    sha256: str = ""

    @property
    def host(self) -> str:
        """The web server that an address leads to; nothing if it is no address of the web."""
        parts = urlsplit(self.url)
        return parts.hostname or "" if parts.scheme in {"http", "https"} else ""


@dataclass(frozen=True)
class Section:
    """A part that can be judged, and sent back, by itself. `key` stays the same from one submission to the next."""

    key: str
    title: str
    facts: tuple[Fact, ...] = ()
    texts: tuple[Text, ...] = ()
    tables: tuple[Table, ...] = ()
    evidence: tuple[Evidence, ...] = ()

    @property
    def short_facts(self) -> list[Fact]:
        """The facts that stand together in one line."""
        return [fact for fact in self.facts if fact.is_short]

    @property
    def long_facts(self) -> list[Fact]:
        """The facts that need a line of their own."""
        return [fact for fact in self.facts if not fact.is_short]

    @property
    def is_wide(self) -> bool:
        """Whether one of its tables needs the width of a page."""
        return any(table.is_wide for table in self.tables)


@dataclass(frozen=True)
class Content:
    """Everything that is submitted at once."""

    title: str
    sections: tuple[Section, ...]

    def as_json(self) -> dict[str, Any]:
        """As it is frozen."""
        return asdict(self)

    def section(self, key: str) -> Section | None:
        """The section of that key."""
        return next((section for section in self.sections if section.key == key), None)

    @classmethod
    def from_json(cls, frozen: Mapping[str, Any]) -> Content:
        """What was frozen."""
        return cls(title=frozen["title"], sections=tuple(_section(part) for part in frozen["sections"]))


def _section(frozen: Mapping[str, Any]) -> Section:
    return Section(
        key=frozen["key"],
        title=frozen["title"],
        facts=tuple(Fact(**fact) for fact in frozen["facts"]),
        texts=tuple(Text(**text) for text in frozen["texts"]),
        tables=tuple(
            Table(table["caption"], tuple(table["columns"]), tuple(tuple(row) for row in table["rows"]))
            for table in frozen["tables"]
        ),
        evidence=tuple(Evidence(**each) for each in frozen["evidence"]),
    )
