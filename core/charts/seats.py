"""Seats: a dot for each one that is held, a broken ring for each one that is open."""

from math import cos, pi, sin, tau

from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from core.charts.drawing import MARIGOLD, OPEN, PETROL, TABLE_ON_PETROL, circle, joined

ACROSS = 20  # dots in a row


def seat(x: float, y: float, radius: float, *, held: bool) -> SafeString:
    """One seat."""
    if held:
        return circle(x, y, radius, fill=PETROL)
    dashes = "4 3" if radius > 8 else "3 2"
    return circle(x, y, radius - 1, fill="#ffffff", stroke=OPEN, stroke_width=2, stroke_dasharray=dashes)


def in_words(held: int, open_: int) -> str:
    """“5 seats filled, 1 open”."""
    words = ngettext("%(count)d seat filled", "%(count)d seats filled", held) % {"count": held}
    return f"{words}, {_('%(count)d open') % {'count': open_}}" if open_ else words


def dots(held: int, open_: int = 0) -> SafeString:
    """One dot a seat, in rows of twenty, for a line of the balance of sectors."""
    count = held + open_
    seats = (seat(9 + n % ACROSS * 20, 10 + n // ACROSS * 20, 7, held=n < held) for n in range(count))
    rows = max(1, -(-count // ACROSS))
    return format_html(
        '<svg width="{0}" height="{1}" viewBox="0 0 {0} {1}" role="img"><title>{2}</title>{3}</svg>',
        20 * max(1, min(count, ACROSS)), 20 * rows, in_words(held, open_), joined(seats),
    )  # fmt: skip


def ring_cover(held: int, open_: int = 0) -> SafeString:
    """The ring of seats for a petrol cover: white seats, and always one in marigold for whoever is not there yet.

    The marigold seat stands at the left, where a cover that crops the ring still shows it.
    """
    count = held + max(open_, 1)
    step = tau / count
    radius = min(13.0, 150 * step * 0.42)
    seats = [circle(200 + 150 * cos(pi), 200, radius - 1.5, fill="none", stroke=MARIGOLD, stroke_width=4)]
    for number in range(1, count):
        x, y = 200 + 150 * cos(pi + number * step), 200 + 150 * sin(pi + number * step)
        if number <= held:
            seats.append(circle(x, y, radius, fill="#ffffff", fill_opacity=0.9))
        else:
            seats.append(circle(x, y, radius - 1, fill="none", stroke="#ffffff", stroke_width=2))
    return format_html(
        '<svg viewBox="0 0 400 400" role="img" width="400" height="400"><title>{}</title>{}{}</svg>',
        _("A ring of seats round a table, one of them open"),
        circle(200, 200, 98, fill=TABLE_ON_PETROL),
        joined(seats),
    )
