"""The XML in office files: read once, strictly, without declarations."""

from collections.abc import Callable, Iterable, Mapping
from typing import Any
from xml.parsers import expat

from documents.judges.flaws import Flaw, Flawed

Element = Callable[[str, Mapping[str, str]], None]
Text = Callable[[str], None]

XML = (b"<", b"\xef\xbb\xbf<", b"\xff\xfe<\x00", b"\xfe\xff\x00<")
# How letters can stand apart or in numbers, and that every second byte is a zero.
OTHER_WAYS = (b"&#", b"<!", b"\0")
SVG_THAT_ACTS = frozenset({"script", "foreignObject", "iframe"})


def is_markup(name: str, data: bytes) -> bool:
    """Whether a part is XML, by its name or by how it begins. LibreOffice writes some of them empty."""
    if not data:
        return False
    return name.casefold().endswith((".xml", ".rels", ".vml", ".rdf", ".svg")) or data[:8].lstrip().startswith(XML)


def may_say(data: bytes, words: Iterable[bytes]) -> bool:
    """Whether one of the words, given in small letters, can be in a part, be it written in another way.

    A sheet of a million cells in which none of them stands is only read and not listened to: that takes a tenth.
    """
    small = data.lower()
    return data.count(b"<?") > 1 or any(way in small for way in (*words, *OTHER_WAYS))


def read(data: bytes, *, element: Element | None = None, text: Text | None = None) -> None:
    """Go through a part; `element` is given each local name with its attributes by local name. Raises Flawed.

    A document type is never needed, and is how entities grow and reach outside.
    """
    parser = expat.ParserCreate(namespace_separator=" ")
    parser.StartDoctypeDeclHandler = _declared
    if element is not None:
        parser.StartElementHandler = _by_local_name(element)
    if text is not None:
        parser.buffer_text = True
        parser.CharacterDataHandler = text
    try:
        parser.Parse(data, True)
    except expat.ExpatError as error:
        raise Flawed(Flaw.DAMAGED) from error


def _declared(*details: Any) -> None:
    raise Flawed(Flaw.ENTITIES)


def _by_local_name(element: Element) -> Callable[[str, dict[str, str]], None]:
    def started(name: str, attributes: dict[str, str]) -> None:
        element(name.rpartition(" ")[2], {key.rpartition(" ")[2]: value for key, value in attributes.items()})

    return started


def read_svg(data: bytes) -> None:
    """A drawing inside of a document: it is only looked at."""

    def element(name: str, attributes: Mapping[str, str]) -> None:
        if name in SVG_THAT_ACTS or any(key.casefold().startswith("on") for key in attributes):
            raise Flawed(Flaw.EMBEDDED)

    read(data, element=element)
