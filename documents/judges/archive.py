"""ZIP archives, which every new office file is: what stands in the list is what lies in the file, and nothing else.

Programs disagree about archives that contradict themselves; such an archive is refused, so that what was judged is what
is opened later.
"""

import re
import struct
import zipfile
import zlib
from collections.abc import Iterator
from dataclasses import dataclass
from io import BytesIO

from documents.judges.flaws import Flaw, Flawed

MAX_PARTS = 5_000
MAX_UNPACKED = 200 * 1024 * 1024
MAX_PART = 100 * 1024 * 1024
MAX_RATIO = 150  # of what is larger than PLAIN; deflate reaches 1,032
PLAIN = 4 * 1024 * 1024

END, LOCAL = b"PK\x05\x06", b"PK\x03\x04"
END_LENGTH, LOCAL_LENGTH = 22, 30
DESCRIPTORS = {0, 12, 16, 20, 24}  # bytes that may follow a part which was written as it came
ENCRYPTED, STREAMED = 0x1, 0x8
SYMLINK, KIND_OF_FILE = 0o120000, 0o170000
DRIVE = re.compile(r"[A-Za-z]:")
RUNS = (
    *(".exe", ".dll", ".com", ".scr", ".msi", ".bat", ".cmd", ".ps1", ".sh", ".js", ".vbs", ".hta", ".lnk", ".jar"),
    *(".class", ".html", ".htm", ".mht", ".php", ".reg", ".py", ".swf"),
)
PROGRAMS = (b"MZ", b"\x7fELF", b"#!", b"\xcf\xfa\xed\xfe", b"\xca\xfe\xba\xbe")
OLE = b"\xd0\xcf\x11\xe0"
ARCHIVES = (LOCAL, b"Rar!", b"7z\xbc\xaf\x27\x1c", b"\xfd7zXZ", b"BZh", b"MSCF")

# What zipfile raises at an archive that is none, lies about itself, or is made by methods it does not know.
UNREADABLE = (zipfile.BadZipFile, zlib.error, struct.error, EOFError, NotImplementedError, RuntimeError, ValueError)


@dataclass
class Budget:
    """What a file may still unpack to, with everything that lies in it."""

    parts: int = MAX_PARTS
    unpacked: int = MAX_UNPACKED

    def spend(self, parts: list[zipfile.ZipInfo]) -> None:
        """Raises Flawed when it is used up."""
        self.parts -= len(parts)
        self.unpacked -= sum(part.file_size for part in parts)
        if self.parts < 0 or self.unpacked < 0:
            raise Flawed(Flaw.TOO_MUCH)


def parts_of(content: bytes, budget: Budget) -> Iterator[tuple[str, bytes]]:
    """Name and content of each part, one after the other. Raises Flawed."""
    starts_at = _directory(content)
    try:
        with zipfile.ZipFile(BytesIO(content)) as archive:
            parts = archive.infolist()
            _judge_names(parts)
            for part in parts:
                _judge_part(part)
            budget.spend(parts)
            _judge_layout(content, parts, starts_at)
            for part in parts:
                if not part.is_dir():
                    yield part.filename, archive.read(part)
    except UNREADABLE as error:
        raise Flawed(Flaw.DAMAGED) from error


def _directory(content: bytes) -> int:
    """Where the list of parts begins. It ends where the file ends, without a comment behind it."""
    if content[-END_LENGTH : -END_LENGTH + 4] != END:
        raise Flawed(Flaw.SURROUNDED if END in content else Flaw.DAMAGED)
    disk, first, here, parts, size, starts_at, comment = struct.unpack("<4xHHHHIIH", content[-END_LENGTH:])
    if disk or first or here != parts or comment or starts_at + size != len(content) - END_LENGTH:
        raise Flawed(Flaw.SURROUNDED)
    return int(starts_at)


def _judge_names(parts: list[zipfile.ZipInfo]) -> None:
    names = [part.filename for part in parts]
    if len({name.casefold() for name in names}) != len(names):
        raise Flawed(Flaw.PATHS)
    for part in parts:
        name, steps = part.orig_filename, part.orig_filename.rstrip("/").split("/")
        if "\\" in name or "\0" in name or "" in steps or ".." in steps or "." in steps or DRIVE.match(name):
            raise Flawed(Flaw.PATHS)
        if (part.external_attr >> 16) & KIND_OF_FILE == SYMLINK:
            raise Flawed(Flaw.PATHS)
        if name.casefold().endswith(RUNS):
            raise Flawed(Flaw.EMBEDDED)


def _judge_part(part: zipfile.ZipInfo) -> None:
    if part.flag_bits & ENCRYPTED:
        raise Flawed(Flaw.PASSWORD)
    if part.compress_type not in {zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED}:
        raise Flawed(Flaw.DAMAGED)
    too_dense = part.file_size > PLAIN and part.file_size > MAX_RATIO * max(part.compress_size, 1)
    if part.file_size > MAX_PART or too_dense:
        raise Flawed(Flaw.TOO_MUCH)


def _judge_layout(content: bytes, parts: list[zipfile.ZipInfo], ends_at: int) -> None:
    """The parts lie one behind the other from the first byte to the list: none shares bytes, nothing lies between."""
    ordered = sorted(parts, key=lambda part: part.header_offset)
    starts = [part.header_offset for part in ordered]
    if not ordered or starts[0] != 0:
        raise Flawed(Flaw.SURROUNDED)
    for part, following in zip(ordered, [*starts[1:], ends_at], strict=True):
        header = content[part.header_offset : part.header_offset + LOCAL_LENGTH]
        flags, name, extra = (struct.unpack("<H", header[at : at + 2])[0] for at in (6, 26, 28))
        over = following - (part.header_offset + LOCAL_LENGTH + name + extra + part.compress_size)
        if over not in (DESCRIPTORS if flags & STREAMED else {0}):
            raise Flawed(Flaw.SURROUNDED)


def judge_content(data: bytes) -> None:
    """A part that is neither text nor a package of its own: no program, no object of another one, no archive."""
    if data.startswith(OLE):
        raise Flawed(Flaw.EMBEDDED)
    if data.startswith(PROGRAMS):
        raise Flawed(Flaw.EMBEDDED)
    if data.startswith(ARCHIVES):
        raise Flawed(Flaw.ARCHIVE)
