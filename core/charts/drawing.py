"""What every chart is drawn with: colours, shapes, letters that can be wrapped, the figure with its two drawings."""

from collections.abc import Iterable
from typing import NamedTuple

from django.forms.utils import flatatt
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _

from core.refusals import Text

PETROL, PETROL_DARK, PETROL_MID, PETROL_TINT = "#0b4f5c", "#073742", "#5f97a1", "#e3eff0"
INK, INK_SOFT, OPEN, MARIGOLD, TABLE_ON_PETROL = "#14242b", "#4b5b62", "#7a4b00", "#f0a92b", "#0f5f6e"
SANS = "'Source Sans 3', Arial, sans-serif"
SERIF = "'Source Serif 4', Georgia, serif"
NOTHING = SafeString("")


class Frame(NamedTuple):
    """A drawing surface: the class that shows it, its width, and the size of its letters."""

    name: str
    width: int
    letters: int


def width_of(text: str, size: float) -> float:
    """About how wide a text is in Source Sans 3, a little generous."""
    ems = {"narrow": 0.29, "capital": 0.62, "wide": 0.86, "other": 0.54}

    def kind(letter: str) -> str:
        if letter in "iljtfrI.,:;’'()| ":
            return "narrow"
        if letter in "mwMW—%":
            return "wide"
        return "capital" if letter.isupper() else "other"

    return size * sum(ems[kind(letter)] for letter in text)


def shorten(text: str, size: float, width: float) -> str:
    """The text, cut to fit with an ellipsis."""
    if width_of(text, size) <= width:
        return text
    while text and width_of(f"{text}…", size) > width:
        text = text[:-1]
    return f"{text.rstrip()}…"


def wrap(text: str, size: float, width: float, most: int = 2) -> list[str]:
    """The text in at most `most` lines; what does not fit is cut with an ellipsis."""
    lines = [""]
    for word in text.split():
        longer = f"{lines[-1]} {word}".strip()
        if not lines[-1] or len(lines) == most or width_of(longer, size) <= width:
            lines[-1] = longer
        else:
            lines.append(word)
    return [shorten(line, size, width) for line in lines]


def letters(
    x: float,
    y: float,
    words: object,
    size: float,
    *,
    anchor: str = "start",
    fill: str = INK,
    bold: bool = False,
    face: str = SANS,
) -> SafeString:
    """One line of text whose baseline starts, ends or has its middle at x, y."""
    return format_html(
        '<text x="{}" y="{}" text-anchor="{}" font-family="{}" font-size="{}" font-weight="{}" fill="{}">{}</text>',
        rounded(x), rounded(y), anchor, SafeString(face), size, 600 if bold else 400, fill, words,
    )  # fmt: skip


def circle(x: float, y: float, radius: float, **paint: object) -> SafeString:
    """A circle; `paint` are its attributes, `stroke_width=2` is `stroke-width="2"`."""
    shape = {"cx": rounded(x), "cy": rounded(y), "r": rounded(radius)}
    return format_html("<circle{}/>", flatatt({**shape, **{name.replace("_", "-"): of for name, of in paint.items()}}))


def bar(x: float, y: float, width: float, height: float, fill: str) -> SafeString:
    """An upright rectangle without an edge."""
    shape = {"x": rounded(x), "y": rounded(y), "width": rounded(width), "height": rounded(height), "fill": fill}
    return format_html("<rect{}/>", flatatt(shape))


def rounded(number: float) -> str:
    """To a tenth of a unit, which no eye can tell apart."""
    return f"{number:.1f}".removesuffix(".0")


def joined(parts: Iterable[SafeString]) -> SafeString:
    """Pieces of a drawing, one behind the other."""
    return format_html_join("", "{}", ((part,) for part in parts))


def svg(key: str, frame: Frame, height: float, title: str, drawing: SafeString) -> SafeString:
    """One drawing of a figure. `title` is what a screen reader says instead of it."""
    return format_html(
        '<svg class="lsp-figure__{0}" viewBox="0 0 {1} {2}" role="img" aria-labelledby="{3}-{0}">'
        '<title id="{3}-{0}">{4}</title>{5}</svg>',
        frame.name, frame.width, rounded(height), key, title, drawing,
    )  # fmt: skip


def figure(title: Text, unit: Text, drawings: SafeString, source: Text) -> SafeString:
    """The figure with what it says, what it counts, its drawings and where the numbers come from."""
    return format_html(
        '<figure class="lsp-figure">{}{}{}{}</figure>',
        format_html("<figcaption>{}</figcaption>", title) if title else NOTHING,
        format_html("<p>{}</p>", unit) if unit else NOTHING,
        drawings,
        format_html("<p>{}</p>", _("Source: %(source)s") % {"source": source}) if source else NOTHING,
    )
