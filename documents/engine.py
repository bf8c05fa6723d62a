"""HTML to tagged PDF. The only place that imports WeasyPrint, and only when it is used: in a worker.

Rendering takes seconds to minutes: never inside a transaction, never in a request.
"""

import logging
from collections.abc import Callable
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, Any
from urllib.parse import urlsplit
from urllib.request import url2pathname

from django.conf import settings

if TYPE_CHECKING:
    from weasyprint.urls import URLFetcher

# WeasyPrint tells its steps in a log: read and parse, styles, layout (per page), draw (per page), tags, write.
STEPS = 7


@dataclass(frozen=True)
class Pdf:
    """A rendered document."""

    content: bytes
    pages: int


def render(html: str, *, progress: Callable[[int, int], None] = lambda done, total: None) -> Pdf:
    """Make a PDF/UA-1 of a complete HTML page, whose relative addresses start at `static/`.

    `progress` is told (steps done, steps in all). What the page asks for outside `static/` is left out and logged. A
    character that no typeface of ours has becomes a box.
    """
    import weasyprint

    from documents.glyphs import drawable
    from documents.repairs import repair, settle_direction  # imports what WeasyPrint brings

    static_root = Path(settings.BASE_DIR) / "static"
    with _Steps(progress):
        page = weasyprint.HTML(
            string=settle_direction(drawable(html)), base_url=f"{static_root.as_uri()}/", url_fetcher=fetcher_class()()
        )
        document = page.render(pdf_variant="pdf/ua-1", pdf_tags=True)
        content = document.write_pdf(finisher=repair, pdf_variant="pdf/ua-1", pdf_tags=True, custom_metadata=False)
    return Pdf(content=content, pages=len(document.pages))


@cache
def fetcher_class() -> "type[URLFetcher]":
    """The class is made on first use, because its base belongs to WeasyPrint."""
    from weasyprint.urls import URLFetcher

    class StaticFilesOnly(URLFetcher):
        """Fetches `data:` and the project's own static files. Nothing else: no network, no other file, no redirect."""

        def __init__(self, **kwargs: Any) -> None:
            super().__init__(allowed_protocols=("file", "data"), allow_redirects=False, **kwargs)

        def fetch(self, url: str, headers: dict[str, str] | None = None) -> Any:
            """Raises ValueError for whatever lies outside; WeasyPrint then leaves it out."""
            parts = urlsplit(url)
            if parts.scheme == "data":
                return super().fetch(url, headers)
            root = (Path(settings.BASE_DIR) / "static").resolve()
            if parts.scheme == "file" and not parts.netloc:
                path = Path(url2pathname(parts.path)).resolve()
                if path.is_relative_to(root) and path.is_file():
                    return super().fetch(path.as_uri(), headers)
            raise ValueError(f"A document may use the project's own files only, not {url[:200]}")

    return StaticFilesOnly


class _Steps(logging.Handler):
    """Turns WeasyPrint's log of steps into progress."""

    def __init__(self, progress: Callable[[int, int], None]) -> None:
        super().__init__(level=logging.INFO)
        self._progress = progress
        self._logger = logging.getLogger("weasyprint.progress")
        self._last = 0

    def __enter__(self) -> None:
        self._logger.setLevel(logging.INFO)
        self._logger.addHandler(self)
        self._logger.propagate = False

    def __exit__(self, *exc_info: object) -> None:
        self._logger.removeHandler(self)

    def emit(self, record: logging.LogRecord) -> None:
        words = record.getMessage().split()
        if words[:1] == ["Step"] and words[1].isdigit() and int(words[1]) > self._last:
            self._last = int(words[1])
            self._progress(self._last - 1, STEPS)
