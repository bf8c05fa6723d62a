"""The app of people and sign-in."""

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class AccountsConfig(AppConfig):
    """People, sign-in and what belongs to a person alone."""

    name = "accounts"
    verbose_name = _("Accounts")
