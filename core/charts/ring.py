"""The ring of seats: who sits at the table, sector by sector."""

from collections.abc import Sequence
from math import cos, pi, sin, sqrt, tau
from typing import NamedTuple

from django.utils.safestring import SafeString
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from core.charts.drawing import (
    INK,
    INK_SOFT,
    PETROL,
    PETROL_DARK,
    PETROL_TINT,
    SERIF,
    Frame,
    circle,
    figure,
    joined,
    letters,
    svg,
    wrap,
)
from core.charts.seats import in_words, seat
from core.refusals import Text


class Sector(NamedTuple):
    """One side of the table: its name, a name for narrow drawings, seats that are held and seats that are open."""

    label: Text
    short_label: Text
    held: int
    open: int


class Ring(NamedTuple):
    """Where a ring is drawn: its frame, centre, radius to the middle of the seats, and radius of the table."""

    frame: Frame
    x: int
    y: int
    radius: int
    table: int


WIDE = Ring(Frame("wide", 600, 18), 300, 215, 140, 92)
NARROW = Ring(Frame("narrow", 350, 15), 175, 185, 90, 58)


class Label(NamedTuple):
    """The lines beside a sector, the first one bold, and the angle at which the sector has its middle."""

    angle: float
    lines: list[str]


def seat_ring(key: str, sectors: Sequence[Sector | tuple[Text, Text, int, int]]) -> SafeString:
    """All seats round one table, clockwise from the top, with the number of held seats in the middle."""
    shown = [sector for sector in (Sector(*one) for one in sectors) if sector.held + sector.open]
    held = sum(sector.held for sector in shown)
    title = ngettext("%(count)d seat round one table", "%(count)d seats round one table", held) % {"count": held}
    if shown:
        title += ". " + "; ".join(f"{sector.label}: {in_words(sector.held, sector.open)}" for sector in shown)
    drawings = [svg(key, ring.frame, 2 * ring.y, title, _ring(shown, held, ring)) for ring in (WIDE, NARROW)]
    return figure("", "", joined(drawings), "")


def _ring(sectors: Sequence[Sector], held: int, ring: Ring) -> SafeString:
    """Seats are a step apart, sectors two; with many seats the dots shrink so that they never touch."""
    step = tau / max(sum(sector.held + sector.open + 1 for sector in sectors), 1)
    dot = min(ring.radius / 11.7, ring.radius * step * 0.46)
    parts = [circle(ring.x, ring.y, ring.table, fill=PETROL_TINT), _number(held, ring)]
    labels = []
    angle = step - pi / 2
    for sector in sectors:
        seats = sector.held + sector.open
        for number in range(seats):
            at = angle + number * step
            x, y = ring.x + ring.radius * cos(at), ring.y + ring.radius * sin(at)
            parts.append(seat(x, y, dot, held=number < sector.held))
        labels.append(Label(angle + (seats - 1) / 2 * step, _lines(sector, ring, dot)))
        angle += (seats + 1) * step
    for right in (True, False):
        side = [label for label in labels if (cos(label.angle) >= 0) is right]
        parts.append(_labels(side, ring, ring.radius + dot, right=right))
    return joined(parts)


def _number(held: int, ring: Ring) -> SafeString:
    size = round(ring.table * 0.6)
    base = ring.y + size * 0.1
    return joined([
        letters(ring.x, base, held, size, anchor="middle", fill=PETROL, bold=True, face=SERIF),
        letters(
            ring.x, base + ring.frame.letters * 1.6, ngettext("seat", "seats", held), ring.frame.letters,
            anchor="middle", fill=PETROL_DARK,
        ),
    ])  # fmt: skip


def _lines(sector: Sector, ring: Ring, dot: float) -> list[str]:
    room = ring.frame.width - ring.x - ring.radius - dot - 12
    name = str(sector.label if ring is WIDE else sector.short_label)
    lines = [str(sector.held), *wrap(name, ring.frame.letters, room)]
    return [*lines, _("%(count)d open") % {"count": sector.open}] if sector.open else lines


def _labels(labels: Sequence[Label], ring: Ring, edge: float, *, right: bool) -> SafeString:
    """The labels of one side, each as near to its sector as the others allow, just outside the ring."""
    line = ring.frame.letters + 2
    labels = sorted(labels, key=lambda label: sin(label.angle))
    heights = [line * len(label.lines) for label in labels]
    wishes = [
        ring.y + (edge + 14) * sin(label.angle) - height * (1 - sin(label.angle)) / 2
        for label, height in zip(labels, heights, strict=True)
    ]
    parts = []
    for label, top, height in zip(labels, _apart(wishes, heights, 2 * ring.y), heights, strict=True):
        nearest = max(top - ring.y, ring.y - top - height, 0)  # from the height of the centre
        reach = sqrt(max(edge**2 - nearest**2, 0)) + 12
        x, anchor = (ring.x + reach, "start") if right else (ring.x - reach, "end")
        for number, words in enumerate(label.lines):
            y, bold = top + line * (number + 0.8), number == 0
            fill = INK if bold else INK_SOFT
            parts.append(letters(x, y, words, ring.frame.letters, anchor=anchor, bold=bold, fill=fill))
    return joined(parts)


def _apart(wishes: Sequence[float], heights: Sequence[float], bottom: float, gap: float = 6) -> list[float]:
    """Tops of blocks that are near the tops wished for, moved down and then up until none covers another."""
    tops: list[float] = []
    free = 0.0
    for wish, height in zip(wishes, heights, strict=True):
        tops.append(max(wish, free))
        free = tops[-1] + height + gap
    limit = bottom
    for number in reversed(range(len(tops))):
        tops[number] = min(tops[number], limit - heights[number])
        limit = tops[number] - gap
    return tops
