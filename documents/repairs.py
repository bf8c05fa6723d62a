"""What WeasyPrint 70 leaves undone of right-to-left text and of PDF/UA-1, done before and after it renders.

Each repair goes when a later WeasyPrint makes `tests/look/test_publication.py` pass without it."""

import re
from typing import Any
from unicodedata import bidirectional

import pydyf

# Stands for the later glyphs of a cluster (an Arabic mark, a Hindi vowel sign), which have no letter of their own: each
# glyph must map to something (ISO 14289-1, 7.21.7), and U+2060 is neither seen nor heard, nor does it part a word.
WORD_JOINER = b"<2060>"
AUTO = re.compile(r'<(\w+)([^<>]*?)\sdir="auto"([^<>]*)>')
TAG = re.compile(r"<[^>]*>")


def settle_direction(html: str) -> str:
    """WeasyPrint knows no `dir="auto"`: the first letter with a direction decides, as in a browser (HTML, 3.2.6.4)."""

    def settled(found: re.Match[str]) -> str:
        end = html.find(f"</{found[1]}", found.end())
        inside = html[found.end() : end if end >= 0 else None]
        directions = (bidirectional(letter) for letter in TAG.sub("", inside))
        first = next((direction for direction in directions if direction in {"L", "R", "AL"}), "L")
        return f'<{found[1]}{found[2]} dir="{"ltr" if first == "L" else "rtl"}"{found[3]}>'

    return AUTO.sub(settled, html)


def repair(_document: Any, pdf: pydyf.PDF) -> None:
    """The `finisher` of `write_pdf`: every glyph maps to a character, and only links have annotations of links."""
    links = {item.reference for item in pdf.objects if _is(item, "Annot") and item["Subtype"] == "/Link"}
    targets = {item.reference: item["Obj"] for item in pdf.objects if _is(item, "OBJR")}
    doubled = set()
    for item in pdf.objects:
        if isinstance(item, pydyf.Stream):
            item.stream = [line[:-2] + WORD_JOINER if _maps_to_nothing(line) else line for line in item.stream]
        elif _is(item, "StructElem") and item["S"] != "/Link":
            # An element inside a link is given an annotation of its own, over that of the link and outside its tag.
            kids = {kid for kid in item["K"] if targets.get(kid) in links}
            doubled |= {targets[kid] for kid in kids}
            item["K"] = pydyf.Array(kid for kid in item["K"] if kid not in kids)
    for item in pdf.objects:
        if _is(item, "Page") and "Annots" in item:
            item["Annots"] = pydyf.Array(note for note in item["Annots"] if note not in doubled)


def _is(item: Any, kind: str) -> bool:
    return isinstance(item, pydyf.Dictionary) and item.get("Type") == f"/{kind}"


def _maps_to_nothing(line: Any) -> bool:
    """A line of a ToUnicode map that gives a glyph no character: `<0032> <>`."""
    return isinstance(line, bytes) and line.startswith(b"<") and line.endswith(b"> <>")
