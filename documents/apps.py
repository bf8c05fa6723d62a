"""The app of documents."""

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class DocumentsConfig(AppConfig):
    """Generated files: made by a worker, stored privately, handed out to those who may have them."""

    name = "documents"
    verbose_name = _("Documents")

    def ready(self) -> None:
        """Register the check of the system libraries."""
        from documents import checks  # noqa: F401
