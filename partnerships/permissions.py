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
    VIEW_ASSESSMENT = "view_assessment", _("See the self-assessment before it is submitted")
    EDIT_ASSESSMENT = "edit_assessment", _("Write the self-assessment and its action plan")
    TAKE_PART = "take_part", _("Score criteria and sign off the self-assessment")
    SIGN_OFF = "sign_off", _("Submit to the Government Office, withdraw, appeal")
    VIEW_CASES = "view_cases", _("See the cases of the Government Office")
    REVIEW = "review", _("Review what partnerships submit")
    COUNTERSIGN = "countersign", _("Assign cases and decide what reviewers recommend")
    OPEN_ROUNDS = "open_rounds", _("Open rounds for all partnerships")
    DECIDE_APPEALS = "decide_appeals", _("Decide appeals")


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
    NATIONAL_TEAM = "national_team", _("National team")


# Those of the whole country, who have no office. They look at every partnership.
NATIONAL_ROLES = frozenset({OfficeRole.NATIONAL, OfficeRole.NATIONAL_TEAM})

# What may be done in any partnership by whoever has no role in it or in its office.
NATIONAL_DEEDS = frozenset({Perm.DECIDE_APPEALS})

_EVERYBODY = frozenset({Perm.VIEW_INTERNAL})
_EVERY_MEMBER = _EVERYBODY | {Perm.VIEW_ASSESSMENT}
_PARTNER = _EVERY_MEMBER | {Perm.TAKE_PART}
_OFFICE = _EVERYBODY | {Perm.VIEW_CASES}

# What a partnership that has ended still lets people do.
OUTLASTING = frozenset(
    {Perm.VIEW_INTERNAL, Perm.VIEW_ACTIVITY, Perm.CLOSE_PARTNERSHIP, Perm.VIEW_ASSESSMENT, Perm.VIEW_CASES}
)

# Whoever holds one of these signs in with a second factor.
PROTECTED_ROLES = frozenset({Role.OFFICER, *OfficeRole})

PERMISSIONS: dict[str, frozenset[Perm]] = {
    Role.OFFICER: _EVERY_MEMBER
    | {
        Perm.VIEW_ACTIVITY,
        Perm.EDIT_STRATEGY,
        Perm.PUBLISH_STRATEGY,
        Perm.MANAGE_MEMBERS,
        Perm.EDIT_CONTACTS,
        Perm.EDIT_ASSESSMENT,
    },
    Role.CHAIR: _PARTNER | {Perm.VIEW_ACTIVITY, Perm.EDIT_STRATEGY, Perm.PUBLISH_STRATEGY, Perm.SIGN_OFF},
    Role.FINANCE: _EVERY_MEMBER | {Perm.VIEW_ACTIVITY},
    Role.MEMBER: _PARTNER,
    Role.GROUP_CHAIR: _PARTNER,
    Role.CVS: _PARTNER,
    OfficeRole.REVIEWER: _OFFICE | {Perm.REVIEW},
    OfficeRole.MANAGER: _OFFICE | {Perm.VIEW_ACTIVITY, Perm.CLOSE_PARTNERSHIP, Perm.REVIEW, Perm.COUNTERSIGN},
    OfficeRole.NATIONAL: _OFFICE | {Perm.VIEW_ACTIVITY},
    OfficeRole.NATIONAL_TEAM: _OFFICE | {Perm.VIEW_ACTIVITY, Perm.OPEN_ROUNDS, Perm.DECIDE_APPEALS},
}


def roles_with(permission: Perm) -> str:
    """The roles that hold a permission, in words: who could do what somebody else may not.

    Those of the partnership itself, where there are any; else those of its Government Office.
    """
    own = [role.label for role in Role if permission in PERMISSIONS[role]]
    offices = [role.label for role in OfficeRole if permission in PERMISSIONS[role]]
    return ", ".join(str(label) for label in own or offices)
