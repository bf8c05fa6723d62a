"""The app of themes."""

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class ThemesConfig(AppConfig):
    """The themes that strategies, groups and targets are ordered by."""

    name = "themes"
    verbose_name = _("Themes")
