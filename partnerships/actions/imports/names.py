"""When two texts mean the same."""

import re

from core.exports import UNPRINTABLE
from partnerships.queries.organisations import without_points

NUMBER = re.compile(r"[A-Z0-9-]{1,20}")


def spaced(text: str) -> str:
    """The text with single spaces."""
    return " ".join(UNPRINTABLE.sub("", text).split())


def same(text: str) -> str:
    """What two names have in common that are the same but for case and spaces."""
    return spaced(text).casefold()


def unpointed(name: str) -> str:
    """The same for names of organisations, which nobody remembers how to point: “St. Mary’s” is “St Marys”."""
    return without_points(same(name)) or same(name)
