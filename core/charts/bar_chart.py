"""Horizontal bars."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from decimal import Decimal

from django.utils.safestring import SafeString
from django.utils.translation import gettext as _

from core.charts.drawing import PETROL, PETROL_MID, Frame, bar, figure, joined, letters, svg, width_of, wrap
from core.money import figure as in_figures
from core.refusals import Text

WIDE, NARROW = Frame("wide", 700, 17), Frame("narrow", 350, 15)
LONGEST_LABEL = 220  # wide letters in front of a bar; a longer label takes two lines


@dataclass(frozen=True)
class Row:
    """One bar: its label, its value in words, its length as a share of the longest, its colour."""

    label: str
    shown: str
    share: float
    fill: str


def bars(
    key: str,
    title: Text,
    unit: Text,
    values: Sequence[tuple[Text, Decimal | int | None]],
    highlight: Collection[Text] = (),
    source: Text = "",
) -> SafeString:
    """Horizontal bars from zero, one a pair of (label, value), with the figure at the end of each.

    `title` is what the chart says, `unit` what is counted and when. `highlight` are the labels of the bars in full
    petrol; without it all are. A value of None is written as “No data”. `key` makes the ids on the page unique. Raises
    ValueError for a negative value, which a bar from zero cannot show.
    """
    if any(value is not None and value < 0 for _label, value in values):
        raise ValueError("bars start at zero: a negative value needs another chart")
    strong = {str(label) for label in highlight}
    largest = max((value for _label, value in values if value), default=Decimal(1))
    rows = [
        Row(
            label=str(label),
            shown=_("No data") if value is None else in_figures(value),
            share=float((value or 0) / largest),
            fill=PETROL if not strong or str(label) in strong else PETROL_MID,
        )
        for label, value in values
    ]
    spoken = "; ".join(f"{row.label}: {row.shown}" for row in rows)
    drawings = [
        svg(key, frame, height, spoken, drawing)
        for frame, (height, drawing) in ((WIDE, _wide(rows)), (NARROW, _narrow(rows)))
    ]
    return figure(title, unit, joined(drawings), source)


def _room(rows: Sequence[Row], frame: Frame) -> float:
    """What the longest figure takes behind its bar."""
    return max((width_of(row.shown, frame.letters) for row in rows), default=0) + 14


def _wide(rows: Sequence[Row]) -> tuple[float, SafeString]:
    """Labels, in one or two lines, in front of their bars. Gives the height of the drawing and the drawing."""
    size = WIDE.letters
    start = min(LONGEST_LABEL, max((width_of(row.label, size) for row in rows), default=0)) + 12
    longest = WIDE.width - start - _room(rows, WIDE)
    top, parts = 4.0, []
    for row in rows:
        lines = wrap(row.label, size, LONGEST_LABEL)
        height = 28 if len(lines) == 1 else 40
        middle = top + height / 2 + 6
        for number, line in enumerate(lines):
            parts.append(letters(start - 12, middle + (number - (len(lines) - 1) / 2) * 20, line, size, anchor="end"))
        parts.append(bar(start, top + (height - 28) / 2, row.share * longest, 28, row.fill))
        parts.append(letters(start + row.share * longest + 9, middle, row.shown, size, bold=True))
        top += height + 10
    return top, joined(parts)


def _narrow(rows: Sequence[Row]) -> tuple[float, SafeString]:
    """Labels above their bars."""
    size, longest = NARROW.letters, NARROW.width - _room(rows, NARROW)
    top, parts = 4.0, []
    for row in rows:
        lines = wrap(row.label, size, NARROW.width)
        parts += [letters(0, top + 14 + number * 19, line, size) for number, line in enumerate(lines)]
        top_of_bar = top + len(lines) * 19 + 2
        parts.append(bar(0, top_of_bar, row.share * longest, 20, row.fill))
        parts.append(letters(row.share * longest + 9, top_of_bar + 16, row.shown, size, bold=True))
        top = top_of_bar + 32
    return top, joined(parts)
