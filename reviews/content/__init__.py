"""What is submitted, as every kind of submission says it, and what has changed from one submission to the next."""

from reviews.content.sections import Content, Evidence, Fact, Section, Table, Text

__all__ = ["Content", "Evidence", "Fact", "Section", "Table", "Text"]
