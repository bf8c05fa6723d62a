"""What people may do, and the roles that bundle it. The rows behind them are django-guardian's."""

from django.db import models
from django.utils.translation import gettext_lazy as _


class Perm(models.TextChoices):
    """A permission on one partnership; the value is Django's code name of it."""

    VIEW_INTERNAL = "view_internal", _("See the internal pages")
    VIEW_ACTIVITY = "view_activity", _("See who did what")
    EDIT_STRATEGY = "edit_strategy", _("Write the Community Strategy")
    PUBLISH_STRATEGY = "publish_strategy", _("Publish the Community Strategy")
    MANAGE_MEMBERS = "manage_members", _("Manage members, seats and appointments")
    EDIT_CONTACTS = "edit_contacts", _("Look after neighbourhoods and points of contact")
    CLOSE_PARTNERSHIP = "close_partnership", _("Change the areas of the partnership, end or merge it")


class Role(models.TextChoices):
    """What somebody is appointed as, in one partnership."""

    OFFICER = "officer", _("Co-ordinating officer")
    CHAIR = "chair", _("Chair")
    FINANCE = "finance", _("Finance officer")
    MEMBER = "member", _("Member representative")
    GROUP_CHAIR = "group_chair", _("Chair of a themed group")
    CVS = "cvs", _("Voluntary sector officer")


class OfficeRole(models.TextChoices):
    """What somebody is appointed as, in a Government Office or for the whole country."""

    REVIEWER = "reviewer", _("Reviewer")
    MANAGER = "manager", _("Manager")
    NATIONAL = "national", _("National viewer")


_EVERY_MEMBER = frozenset({Perm.VIEW_INTERNAL})

# What a partnership that has ended still lets people do.
OUTLASTING = frozenset({Perm.VIEW_INTERNAL, Perm.VIEW_ACTIVITY, Perm.CLOSE_PARTNERSHIP})

# Whoever holds one of these signs in with a second factor.
PROTECTED_ROLES = frozenset({Role.OFFICER, *OfficeRole})

PERMISSIONS: dict[str, frozenset[Perm]] = {
    Role.OFFICER: frozenset(Perm) - {Perm.CLOSE_PARTNERSHIP},
    Role.CHAIR: frozenset({Perm.VIEW_INTERNAL, Perm.VIEW_ACTIVITY, Perm.EDIT_STRATEGY, Perm.PUBLISH_STRATEGY}),
    Role.FINANCE: _EVERY_MEMBER | {Perm.VIEW_ACTIVITY},
    Role.MEMBER: _EVERY_MEMBER,
    Role.GROUP_CHAIR: _EVERY_MEMBER,
    Role.CVS: _EVERY_MEMBER,
    OfficeRole.REVIEWER: _EVERY_MEMBER,
    OfficeRole.MANAGER: _EVERY_MEMBER | {Perm.VIEW_ACTIVITY, Perm.CLOSE_PARTNERSHIP},
    OfficeRole.NATIONAL: _EVERY_MEMBER | {Perm.VIEW_ACTIVITY},
}


def roles_with(permission: Perm) -> str:
    """The roles that hold a permission, in words: who could do what somebody else may not.

    Those of the partnership itself, where there are any; else those of its Government Office.
    """
    own = [role.label for role in Role if permission in PERMISSIONS[role]]
    offices = [role.label for role in OfficeRole if permission in PERMISSIONS[role]]
    return ", ".join(str(label) for label in own or offices)
