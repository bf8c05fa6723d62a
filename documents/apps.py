"""The app of documents."""

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class DocumentsConfig(AppConfig):
    """Generated files: made by a worker, stored privately, handed out to those who may have them."""

    name = "documents"
    verbose_name = _("Documents")

    def ready(self) -> None:
        """Register the check of the system libraries, and what is held about people."""
        from documents import checks, forgetting  # noqa: F401
