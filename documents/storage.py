"""Where private files lie: below no address of the web server, under names that nobody chose."""

import hashlib
import os
from dataclasses import dataclass
from pathlib import Path

from django.core.files.storage import storages
from django.http import FileResponse


@dataclass(frozen=True)
class Stored:
    """A file that lies in private storage."""

    key: str
    size: int
    sha256: str


def keep(key: str, content: bytes) -> Stored:
    """Put a file under a key, whole or not at all; the same key again replaces it. Survives a crash in any moment.

    One process at a time writes a key (a job is held meanwhile), so the draft of a killed one is simply overwritten.
    """
    path = Path(storages["private"].path(key))
    _make_private(path.parent)
    draft = path.with_name(f"{path.name}.draft")
    try:
        with open(os.open(draft, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600), "wb") as file:
            file.write(content)
            file.flush()
            os.fsync(file.fileno())
        os.replace(draft, path)
    finally:
        draft.unlink(missing_ok=True)
    _write_through(path.parent)
    return Stored(key=key, size=len(content), sha256=hashlib.sha256(content).hexdigest())


def _make_private(folder: Path) -> None:
    """Make a folder, and those it lies in, for nobody but us."""
    if not folder.is_dir():
        _make_private(folder.parent)
        folder.mkdir(mode=0o700, exist_ok=True)


def _write_through(folder: Path) -> None:
    """Have the file's new name on disk before a row tells of it."""
    opened = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(opened)
    finally:
        os.close(opened)


def hand_out(key: str, *, name: str, content_type: str, inline: bool = False) -> FileResponse:
    """The file as a download (or shown by the browser), under a readable name. Raises FileNotFoundError."""
    response = FileResponse(
        storages["private"].open(key), as_attachment=not inline, filename=name, content_type=content_type
    )
    response["X-Content-Type-Options"] = "nosniff"
    return response


def read(key: str) -> bytes:
    """The whole file. Raises FileNotFoundError."""
    with storages["private"].open(key) as file:
        content: bytes = file.read()
    return content


def keys_before(folder: str, moment: float) -> list[str]:
    """The keys of everything below a folder that was written before a moment (seconds since 1970)."""
    root = Path(storages["private"].path(""))
    files = (path for path in Path(storages["private"].path(folder)).rglob("*") if path.is_file())
    return [str(path.relative_to(root)) for path in files if path.stat().st_mtime < moment]


def remove(key: str) -> None:
    """Take a file away; if it is gone already, that is well."""
    Path(storages["private"].path(key)).unlink(missing_ok=True)
