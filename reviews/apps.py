"""The app of reviews."""

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class ReviewsConfig(AppConfig):
    """The Government Office's queue: one way to claim, question and decide, whatever was submitted."""

    name = "reviews"
    verbose_name = _("Reviews")
