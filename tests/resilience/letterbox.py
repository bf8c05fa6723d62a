"""Where letters of an installation go: into a folder, each into a file of its own."""

from pathlib import Path
from uuid import uuid4

from django.core.mail.backends import filebased


class EmailBackend(filebased.EmailBackend):
    """Django's names a file by the second and an address in memory, which processes of one pool have in common."""

    def _get_filename(self) -> str:
        if self._fname is None:
            self._fname = str(Path(self.file_path) / f"{uuid4()}.eml")
        return self._fname
