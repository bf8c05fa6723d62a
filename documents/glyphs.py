"""Which characters a PDF can show: those of the typefaces that ship with the product, on whatever machine it is made.

A character without a glyph would be drawn as an empty box that no reader can name, which PDF/UA-1 forbids (ISO 14289-1,
7.21.8).
"""

import re
from functools import cache
from pathlib import Path
from unicodedata import category

from django.conf import settings

MISSING = "□"
# They have no glyph and need none: they join, part and direct what stands beside them (Unicode, default ignorable).
JOINERS = re.compile(
    "[\u00ad\u034f\u061c\u180b-\u180f\u200b-\u200f\u202a-\u202e\u2060-\u206f\ufe00-\ufe0f\ufeff\U000e0000-\U000e0fff]"
)


def drawable(html: str) -> str:
    """The page with a box in place of each character that no typeface has, and without those that nobody can see."""
    return html.translate({ord(letter): _instead(letter) for letter in set(html) if not _is_drawable(letter)})


def _is_drawable(letter: str) -> bool:
    return ord(letter) in _covered() or letter in "\t\n\r" or category(letter) == "Zs" or bool(JOINERS.match(letter))


def _instead(letter: str) -> str:
    """Nothing for controls, separators and code points that are no characters; a line separator parts words."""
    kind = category(letter)
    return " " if kind in {"Zl", "Zp"} else "" if kind in {"Cc", "Cf", "Cs", "Cn"} else MISSING


@cache
def _covered() -> frozenset[int]:
    """What the typefaces of `static/print/edition.css` have glyphs for. Read once a process, in half a second."""
    from fontTools.ttLib import TTFont  # type: ignore[import-untyped]  # comes with WeasyPrint

    points: set[int] = set()
    for file in (Path(settings.BASE_DIR) / "static" / "vendor" / "fonts").glob("pdf-*.ttf"):
        with TTFont(file, lazy=True) as font:
            points.update(font.getBestCmap())
    return frozenset(point for point in points if point >= ord(" "))
