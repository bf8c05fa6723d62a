"""The app of accreditation."""

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class AccreditationConfig(AppConfig):
    """Self-assessments in rounds of a scheme, and what the Government Office decided about them."""

    name = "accreditation"
    verbose_name = _("Accreditation")
