"""How much of what is sent is kept while it comes in.

A form's token is read before the page runs, and with it the whole form: so this stands in `FILE_UPLOAD_HANDLERS`, for
every form, and not in a page. What is above the limit is thrown away as it arrives, since a browser shows no answer
before it has sent everything. Above TOO_LONG nothing is read at all: nobody sends that by mistake.
"""

from typing import Any

from django.conf import settings
from django.core.exceptions import RequestDataTooBig
from django.core.files.uploadedfile import SimpleUploadedFile, UploadedFile
from django.core.files.uploadhandler import TemporaryFileUploadHandler

TOO_LONG = 20  # times the limit


class CutOff(SimpleUploadedFile):
    """A file of which nothing was kept because it is too large. `size` is what arrived."""

    def __init__(self, name: str, size: int) -> None:
        super().__init__(name, b"")
        self.size = size


class BoundedUploadHandler(TemporaryFileUploadHandler):
    """Keeps files of one request in the temporary folder, up to the limit of all of them together."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.left = settings.UPLOAD_LIMIT

    def handle_raw_input(self, input_data: Any, META: Any, content_length: int, *details: Any) -> None:  # noqa: N803
        """Raises RequestDataTooBig, which is answered without reading on."""
        if content_length > TOO_LONG * settings.UPLOAD_LIMIT:
            raise RequestDataTooBig(f"A request of {content_length} bytes")

    def receive_data_chunk(self, raw_data: bytes, start: int) -> None:
        """Once the limit is passed nothing of the file is kept, also not what came before."""
        self.left -= len(raw_data)
        if self.left >= 0:
            super().receive_data_chunk(raw_data, start)
        elif self.file.tell():
            self.file.seek(0)
            self.file.truncate()

    def file_complete(self, file_size: int) -> UploadedFile | None:
        """The file, or that it was too large."""
        if self.left >= 0:
            return super().file_complete(file_size)
        self.file.close()
        return CutOff(self.file_name or "", file_size)
