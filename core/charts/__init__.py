"""Charts drawn on the server as SVG: bars, the ring of seats, rows of seats, the ring on a cover.

Presentation attributes only and a `<title>` child, because the same drawing goes into PDFs. A figure is drawn twice,
wide and narrow, and the stylesheet shows one of them, so that letters stay readable on a phone. The table with the same
numbers is the page's own and always follows: it holds what a drawing has to shorten.
"""

from core.charts.bar_chart import bars
from core.charts.ring import Sector, seat_ring
from core.charts.seats import dots, ring_cover

__all__ = ["Sector", "bars", "dots", "ring_cover", "seat_ring"]
