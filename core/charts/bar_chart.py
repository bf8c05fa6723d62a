"""Horizontal bars."""

from collections.abc import Sequence
from decimal import Decimal

from django.utils.safestring import SafeString
from django.utils.translation import gettext as _

from core.charts.drawing import PETROL, PETROL_MID, Frame, bar, figure, joined, letters, svg, width_of, wrap
from core.money import figure as in_figures
from core.refusals import Text

WIDE, NARROW = Frame("wide", 700, 17), Frame("narrow", 350, 15)


def bars(
    key: str,
    title: Text,
    unit: Text,
    rows: Sequence[tuple[Text, Decimal | int | None]],
    highlight: Text | None = None,
    source: Text = "",
) -> SafeString:
    """Horizontal bars from zero, one a row of (label, value), with the figure at the end of each.

    `title` is what the chart says, `unit` what is counted and when. `highlight` is the label of the row in full petrol;
    without it all are. A value of None is written as “No data”. `key` makes the ids on the page unique. Raises
    ValueError for a negative value, which a bar from zero cannot show.
    """
    if any(value is not None and value < 0 for _label, value in rows):
        raise ValueError("bars start at zero: a negative value needs another chart")
    words = [(str(label), value, _("No data") if value is None else in_figures(value)) for label, value in rows]
    spoken = "; ".join(f"{label}: {shown}" for label, _value, shown in words)
    largest = max((value for _label, value, _shown in words if value), default=Decimal(1))
    drawn = []
    for frame, draw in ((WIDE, _bars_wide), (NARROW, _bars_narrow)):
        room = max((width_of(shown, frame.letters) for _label, _value, shown in words), default=0) + 14
        height, parts = 4.0, []
        for label, value, shown in words:
            fill = PETROL if highlight is None or label == str(highlight) else PETROL_MID
            part, taken = draw(height, label, shown, float((value or 0) / largest), room, fill)
            parts.append(part)
            height += taken
        drawn.append(svg(key, frame, height, spoken, joined(parts)))
    return figure(title, unit, joined(drawn), source)


def _bars_wide(top: float, label: str, shown: str, share: float, room: float, fill: str) -> tuple[SafeString, float]:
    """The label, in one or two lines, in front of its bar. Gives the drawing and the height it takes."""
    start, size = 232, WIDE.letters
    lines = wrap(label, size, start - 12)
    height = 28 if len(lines) == 1 else 40
    middle = top + height / 2 + 6
    parts = [
        letters(start - 12, middle + (number - (len(lines) - 1) / 2) * 20, line, size, anchor="end")
        for number, line in enumerate(lines)
    ]
    parts.append(bar(start, top + (height - 28) / 2, share * (WIDE.width - start - room), 28, fill))
    parts.append(letters(start + share * (WIDE.width - start - room) + 9, middle, shown, size, bold=True))
    return joined(parts), height + 10


def _bars_narrow(top: float, label: str, shown: str, share: float, room: float, fill: str) -> tuple[SafeString, float]:
    """The label above its bar."""
    size = NARROW.letters
    lines = wrap(label, size, NARROW.width)
    parts = [letters(0, top + 14 + number * 19, line, size) for number, line in enumerate(lines)]
    top_of_bar, length = top + len(lines) * 19 + 2, share * (NARROW.width - room)
    parts.append(bar(0, top_of_bar, length, 20, fill))
    parts.append(letters(length + 9, top_of_bar + 16, shown, size, bold=True))
    return joined(parts), len(lines) * 19 + 34
