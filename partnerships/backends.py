"""Django's `has_perm`, for whoever asks it."""

from typing import Any

from django.contrib.auth.backends import BaseBackend

from partnerships.models import Partnership
from partnerships.permissions import Perm
from partnerships.tenancy.access import Access


class AccessBackend(BaseBackend):
    """`person.has_perm("partnerships.edit_strategy", partnership)`, answered by `Access`.

    guardian's own backend knows no dates: it lets in whoever was or will be appointed.
    """

    def has_perm(self, user_obj: Any, perm: str, obj: Any = None) -> bool:
        """Whether somebody holds a permission on a partnership today."""
        app, _dot, name = perm.partition(".")
        known = isinstance(obj, Partnership) and app == Partnership._meta.app_label and name in Perm.values
        return known and Access.of(user_obj).can(Perm(name), obj)
