"""The app of tenants."""

from typing import Any

from django.apps import AppConfig
from django.db.models.signals import post_migrate, pre_migrate
from django.utils.translation import gettext_lazy as _


def grant_permissions(sender: AppConfig, **kwargs: Any) -> None:
    """`post_migrate` of the last app that it needs: Django has made the permissions when `auth` is through."""
    from partnerships.actions.groups import grant

    if sender.name == "django.contrib.contenttypes":
        grant()


class PartnershipsConfig(AppConfig):
    """Partnerships, who belongs to them, who may do what, and the walls between them."""

    name = "partnerships"
    verbose_name = _("Partnerships")

    def ready(self) -> None:
        """Register the checks, what people look after, and the scripts that run around every migrate."""
        from partnerships.actions import contact_duty, forgetting  # noqa: F401
        from partnerships.tenancy import checks, scripts  # noqa: F401

        pre_migrate.connect(scripts.make_roles, sender=self)
        post_migrate.connect(scripts.protect_history, sender=self)
        post_migrate.connect(grant_permissions)
