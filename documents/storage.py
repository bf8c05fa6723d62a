"""Where private files lie: below no address of the web server, under names that nobody chose."""

import hashlib
import os
from dataclasses import dataclass
from pathlib import Path
from tempfile import NamedTemporaryFile

from django.core.files.storage import storages
from django.http import FileResponse


@dataclass(frozen=True)
class Stored:
    """A file that lies in private storage."""

    key: str
    size: int
    sha256: str


def keep(key: str, content: bytes) -> Stored:
    """Put a file under a key, whole or not at all; the same key again replaces it. Survives a crash in any moment."""
    path = Path(storages["private"].path(key))
    path.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
    with NamedTemporaryFile(dir=path.parent, delete=False) as draft:
        draft.write(content)
        draft.flush()
        os.fsync(draft.fileno())
    os.replace(draft.name, path)
    return Stored(key=key, size=len(content), sha256=hashlib.sha256(content).hexdigest())


def hand_out(key: str, *, name: str, content_type: str, inline: bool = False) -> FileResponse:
    """The file as a download (or shown by the browser), under a readable name. Raises FileNotFoundError."""
    response = FileResponse(
        storages["private"].open(key), as_attachment=not inline, filename=name, content_type=content_type
    )
    response["X-Content-Type-Options"] = "nosniff"
    return response
