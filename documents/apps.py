"""The app of documents."""

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class DocumentsConfig(AppConfig):
    """Files: made by a worker or uploaded, stored privately, handed out to those who may have them."""

    name = "documents"
    verbose_name = _("Documents")

    def ready(self) -> None:
        """Register the checks, the scan of uploads, what is held about people, and the words for deeds."""
        from documents import checks, forgetting, tasks  # noqa: F401
        from partnerships.wording import describe

        describe({"documents.upload_refused": _("was refused: it did not pass the check")})
