"""A worker without Pango cannot make PDFs: said when it starts and when a deployment is checked, with the packages."""

from typing import Any

from django.core.checks import CheckMessage, Error, register

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
