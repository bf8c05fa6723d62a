"""PDF (ISO 32000): no scripts, no deeds, no files inside, looked for in two ways, because readers disagree.

Readers find objects by the file's own table, or, where that is broken, by going through all bytes. So all bytes are
searched for names, and so is what is packed in streams of objects: those that pypdf reaches by the table, however they
are packed, and those that only a reader finds which goes through the bytes. Names that may mean something harmless have
the objects themselves looked at.
"""

import re
import zlib
from collections.abc import Iterator
from dataclasses import dataclass
from io import BytesIO
from typing import Any

from pypdf import PdfReader
from pypdf.generic import ArrayObject, DictionaryObject, IndirectObject

from documents.judges.flaws import Flaw, Flawed

MAX_OBJECTS = 300_000
MAX_STREAMS = 100_000
MAX_UNPACKED = 100 * 1024 * 1024  # of streams of objects, all together
HEAD, PIECE = 512, 64 * 1024

ENDS = re.compile(rb"%%EOF[\s\0]*\Z")
HEX = re.compile(rb"#([0-9A-Fa-f]{2})")
STREAM = re.compile(rb"stream\r?\n")
OBJECTS = re.compile(rb"\s*\d+\s+\d+\s+")  # as a stream of objects begins: numbers and places
NAMES = re.compile(
    rb"/(JavaScript|Launch|SubmitForm|ImportData|GoToE|GoToR|GoTo3DView|Rendition|EmbeddedFiles?|FileAttachment"
    rb"|RichMedia\w*|3DD|XFA)(?![\w-])"
)
# With what must follow the short ones, since any three letters stand somewhere in twenty megabytes of pictures.
DOUBTFUL = re.compile(
    rb"/(?:(?:OpenAction|AA|JS|EF)[\s\0]*(?:[<(%]|\d+[\s\0]+\d+[\s\0]+R)|(?:Movie|Sound|Screen)(?![\w-]))"
)
PAGE = re.compile(rb"/Type[\s\0]*/Page(?![\w-])")

# By the kind of action (ISO 32000-2, table 201); of the others one leads within the file, one to an address.
ACTIONS = {
    "/JavaScript": Flaw.SCRIPT,
    **dict.fromkeys(("/Launch", "/SubmitForm", "/ImportData", "/GoToE", "/GoToR"), Flaw.DEEDS),
    **dict.fromkeys(("/Rendition", "/Movie", "/Sound", "/RichMediaExecute", "/GoTo3DView"), Flaw.MEDIA),
}
KEYS = {
    **dict.fromkeys(("/JS", "/JavaScript"), Flaw.SCRIPT),
    **dict.fromkeys(("/EmbeddedFiles", "/EF"), Flaw.ATTACHMENTS),
    "/XFA": Flaw.FORMS,
    **dict.fromkeys(("/RichMediaContent", "/3DD"), Flaw.MEDIA),
}
TYPES = {
    **dict.fromkeys(("/EmbeddedFile", "/FileAttachment"), Flaw.ATTACHMENTS),
    **dict.fromkeys(("/RichMedia", "/Screen", "/Movie", "/Sound", "/3D"), Flaw.MEDIA),
}
BY_ITSELF = frozenset({"/GoTo", "/Named"})  # what may happen when a file or a page is opened
FLAWS = {name.removeprefix("/").encode(): flaw for name, flaw in {**TYPES, **KEYS, **ACTIONS}.items()}


def judge(content: bytes) -> None:
    """Raises Flawed."""
    if not ENDS.search(content[-2048:]):
        raise Flawed(Flaw.SURROUNDED if b"%%EOF" in content else Flaw.DAMAGED)
    found = _Names()
    found.add(content)
    for unpacked in _streams_of_objects(content):
        found.add(unpacked)
    _follow(content, found)
    if not found.pages:
        raise Flawed(Flaw.DAMAGED)


@dataclass
class _Names:
    """What the names say so far: whether there are pages, and names that may mean something harmless."""

    pages: bool = False
    doubtful: bool = False

    def add(self, content: bytes) -> None:
        """Raises Flawed at a name that means harm. A name may spell any of its letters as #4a."""
        plain = HEX.sub(lambda code: bytes([int(code[1], 16)]), content)
        if harm := NAMES.search(plain):
            raise Flawed(Flaw.MEDIA if harm[1].startswith(b"RichMedia") else FLAWS[harm[1]])
        self.pages = self.pages or bool(PAGE.search(plain))
        self.doubtful = self.doubtful or bool(DOUBTFUL.search(plain))


def _streams_of_objects(content: bytes) -> Iterator[bytes]:
    """Whatever is packed and begins like a stream of objects, wherever it lies and whatever its dictionary says."""
    left = MAX_UNPACKED
    for number, found in enumerate(STREAM.finditer(content)):
        if number > MAX_STREAMS:
            raise Flawed(Flaw.TOO_MUCH)
        start = found.end()
        if content[start : start + 1] and content[start] & 0x0F == zlib.DEFLATED:
            unpacked = _unpacked(content, start, left)
            left -= len(unpacked)
            yield unpacked


def _unpacked(content: bytes, start: int, limit: int) -> bytes:
    """Unpack from a place, however long the file says that it is; nothing, if it is no stream of objects."""
    flate = zlib.decompressobj()
    try:
        head = flate.decompress(content[start : start + HEAD], HEAD)
        if not OBJECTS.match(head):
            return b""
        pieces, size, at = [head], len(head), start + HEAD
        tail = flate.unconsumed_tail
        while not flate.eof and (tail or at < len(content)):
            piece = flate.decompress(tail or content[at : at + PIECE], PIECE)
            at += 0 if tail else PIECE
            tail = flate.unconsumed_tail
            pieces.append(piece)
            size += len(piece)
            if size > limit:
                raise Flawed(Flaw.TOO_MUCH)
    except zlib.error:
        return b""
    return b"".join(pieces)


def _follow(content: bytes, found: _Names) -> None:
    """What the file's own table names: the streams of objects, and in doubt every object."""
    try:
        reader = PdfReader(BytesIO(content))
        _look_through(reader, found)
    except (Flawed, MemoryError):
        raise
    except Exception as error:  # pypdf raises whatever it meets
        raise Flawed(Flaw.DAMAGED) from error


def _look_through(reader: PdfReader, found: _Names) -> None:
    if reader.is_encrypted:
        raise Flawed(Flaw.PASSWORD)
    numbers = [(number, 0) for number in reader.xref_objStm]
    numbers += [(number, generation) for generation, places in reader.xref.items() for number in places]
    if len(numbers) > MAX_OBJECTS:
        raise Flawed(Flaw.TOO_MUCH)
    for number in {stream for stream, _place in reader.xref_objStm.values()}:
        found.add(reader.get_object(number).get_data())  # type: ignore[union-attr]
    for number, generation in numbers if found.doubtful else []:
        _look_at(reader.get_object(IndirectObject(number, generation, reader)))


def _look_at(found: Any) -> None:
    """One object with what stands in it; what it refers to is looked at by itself."""
    waiting = [found]
    while waiting:
        here = waiting.pop()
        if isinstance(here, DictionaryObject):
            _judge_dictionary(here)
            waiting.extend(dict.values(here))
        elif isinstance(here, ArrayObject):
            waiting.extend(list.__iter__(here))


def _judge_dictionary(found: DictionaryObject) -> None:
    entries = {_name(key): value for key, value in dict.items(found)}
    for key, flaw in KEYS.items():
        if key in entries:
            raise Flawed(flaw)
    for key, table in (("/S", ACTIONS), ("/Type", TYPES), ("/Subtype", TYPES)):
        if (value := _name(_here(entries.get(key)))) in table:
            raise Flawed(table[value])
    for action in _done_by_itself(entries):
        if isinstance(action, DictionaryObject) and _name(_here(action.get("/S", "/GoTo"))) not in BY_ITSELF:
            raise Flawed(Flaw.DEEDS)


def _done_by_itself(entries: dict[str, Any]) -> list[Any]:
    """What happens without anybody pressing anything: on opening the file, on turning to a page."""
    events = _here(entries.get("/AA"))
    occasions = list(dict.values(events)) if isinstance(events, DictionaryObject) else []
    return [_here(each) for each in (entries.get("/OpenAction"), *occasions)]


def _name(found: object) -> str:
    """A name as it is meant: a zero byte behind it is a blank, which pypdf takes for a letter."""
    return str(found).rstrip("\0")


def _here(found: Any) -> Any:
    """What a reference refers to; anything else as it is."""
    return found.get_object() if isinstance(found, IndirectObject) else found
