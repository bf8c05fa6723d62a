"""What documents need of the machine and of the settings: said when a worker starts or a deployment is checked."""

from typing import Any

from django.conf import settings
from django.core.checks import CheckMessage, Error, Warning, register

from documents import scanner

PACKAGES = "libpango-1.0-0 libpangoft2-1.0-0 libharfbuzz-subset0"


@register("documents", deploy=True)
def pdf_engine_can_be_loaded(**kwargs: Any) -> list[CheckMessage]:
    """WeasyPrint needs Pango, which no wheel brings. Not for every command: loading it takes most of a second."""
    try:
        import weasyprint  # noqa: F401
    except OSError as error:
        return [
            Error(
                f"PDFs cannot be made: {error}",
                hint=f"Install Pango. On Debian and Ubuntu: apt-get install {PACKAGES}",
                id="documents.E001",
            )
        ]
    return []


@register("documents", deploy=True)
def uploads_are_scanned(**kwargs: Any) -> list[CheckMessage]:
    """On a server somebody decides whether files are scanned for viruses, and by what."""
    hint = "Set it to clamd://host:3310 or clamd:///run/clamav/clamd.sock. See docs/running.md, “Uploaded files”."
    if settings.SCANNER not in {"", scanner.NONE}:
        try:
            scanner.address_of(settings.SCANNER)
        except ValueError as error:
            return [Error(str(error), hint=hint, id="documents.E002")]
        return []
    if settings.DEMONSTRATION:
        return []
    if settings.SCANNER == scanner.NONE:
        return [Warning("LSP_SCANNER is none: uploaded files are not scanned.", hint=hint, id="documents.W002")]
    return [Warning("LSP_SCANNER is not set: no uploaded file can be opened.", hint=hint, id="documents.W001")]
