"""The app of imports."""

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class ImportsConfig(AppConfig):
    """Members and seats from a spreadsheet: uploaded, checked, looked at, confirmed."""

    name = "imports"
    verbose_name = _("Imports")

    def ready(self) -> None:
        """Register the jobs this app can do, and how its deeds are said."""
        from imports import forgetting, tasks  # noqa: F401
        from partnerships.wording import describe

        describe(
            {
                "imports.uploaded": _("was uploaded to be checked"),
                "imports.imported": _("was imported"),
                "imports.discarded": _("was discarded, nothing of it was imported"),
            }
        )
