"""What the apps above say about the end of a partnership. They register it when they start."""

from collections.abc import Callable

from core.refusals import Text
from partnerships.models import Partnership

Word = Callable[[Partnership], Text | None]

_hindrances: list[Word] = []
_remains: list[Word] = []


def hinders(word: Word) -> None:
    """Register what must be over first: a sentence, or None when nothing stands in the way."""
    _hindrances.append(word)


def remains(word: Word) -> None:
    """Register what stays where it is, to be read, when a partnership is merged: such as “2 strategies”, or None."""
    _remains.append(word)


def hindrances(partnership: Partnership) -> list[Text]:
    """What must be over before this partnership can end today."""
    return _said(_hindrances, partnership)


def left_behind(partnership: Partnership) -> list[Text]:
    """What no merge takes over. The partnership is open."""
    return _said(_remains, partnership)


def _said(words: list[Word], partnership: Partnership) -> list[Text]:
    return [said for word in words if (said := word(partnership))]
