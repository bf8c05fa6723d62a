"""PNG and JPEG: followed from the first byte to the last, and drawn once, so that it is a picture and nothing else."""

import re
import struct
import warnings
import zlib
from io import BytesIO

from PIL import Image

from documents.judges.flaws import Flaw, Flawed

MAX_PIXELS = 50_000_000
FORMATS = {"png": "PNG", "jpg": "JPEG"}
SCRIPTED = re.compile(rb"<script|<\?php|<html|<svg", re.IGNORECASE)
PNG_BEGINS = 8
STANDALONE = {0x01, *range(0xD0, 0xD8)}
SOI, EOI, SOS = 0xD8, 0xD9, 0xDA
MARKER = re.compile(rb"\xff+[^\x00\xd0-\xd7\xff]")  # ends what is coded: neither a stuffed byte nor a restart
MORE_PICTURES = 8  # behind the first: previews and the like that cameras write (CIPA DC-007)


def judge(extension: str, content: bytes) -> None:
    """Raises Flawed."""
    if extension == "png":
        _follow_png(content)
    else:
        _follow_jpegs(content)
    if SCRIPTED.search(content):
        raise Flawed(Flaw.SURROUNDED)
    _draw(FORMATS[extension], content)


def _follow_png(content: bytes) -> None:
    """Chunk by chunk, with its sums; IEND is the end."""
    at, name = PNG_BEGINS, b""
    while name != b"IEND":
        header = content[at : at + 8]
        if len(header) < 8:
            raise Flawed(Flaw.DAMAGED)
        length, name = struct.unpack(">I4s", header)
        data, total = content[at + 4 : at + 8 + length], content[at + 8 + length : at + 12 + length]
        if len(total) < 4 or zlib.crc32(data) != struct.unpack(">I", total)[0]:
            raise Flawed(Flaw.DAMAGED)
        if name == b"acTL":
            raise Flawed(Flaw.ANIMATED)
        at += 12 + length
    if at != len(content):
        raise Flawed(Flaw.SURROUNDED)


def _follow_jpegs(content: bytes) -> None:
    """One picture, or several one behind the other."""
    at, pictures = _follow_jpeg(content, 0), 1
    while at < len(content):
        if content[at : at + 3] != b"\xff\xd8\xff" or pictures > MORE_PICTURES:
            raise Flawed(Flaw.SURROUNDED)
        at, pictures = _follow_jpeg(content, at), pictures + 1


def _follow_jpeg(content: bytes, at: int) -> int:
    """From SOI at this place to behind EOI."""
    at += 2
    while True:
        if content[at : at + 1] != b"\xff" or at + 1 >= len(content):
            raise Flawed(Flaw.DAMAGED)
        marker = content[at + 1]
        at += 1 if marker == 0xFF else 2  # a marker may be filled up in front
        if marker == EOI:
            return at
        if marker in STANDALONE or marker == 0xFF:
            continue
        if marker == SOI or at + 2 > len(content):
            raise Flawed(Flaw.DAMAGED)
        at += struct.unpack(">H", content[at : at + 2])[0]
        if marker == SOS:
            found = MARKER.search(content, at)
            if found is None:
                raise Flawed(Flaw.DAMAGED)
            at = found.start()


def _draw(format_name: str, content: bytes) -> None:
    Image.MAX_IMAGE_PIXELS = None  # they are counted here, before anything is drawn
    too_many = False
    try:
        with warnings.catch_warnings(), Image.open(BytesIO(content), formats=[format_name]) as picture:
            warnings.simplefilter("ignore")
            too_many = picture.width * picture.height > MAX_PIXELS
            if not too_many:
                picture.load()
    except MemoryError:
        too_many = True
    except Exception as error:  # Pillow raises whatever its readers meet
        raise Flawed(Flaw.DAMAGED) from error
    if too_many:
        raise Flawed(Flaw.PIXELS)
