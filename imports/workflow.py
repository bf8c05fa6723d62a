"""The states of an import and the moves between them."""

from django.utils.translation import gettext_lazy as _

from core.workflow import Move, Workflow
from imports.models import MemberImport
from partnerships.permissions import Perm, roles_with

S = MemberImport.State
WHO = roles_with(Perm.MANAGE_MEMBERS)

IMPORT = Workflow(
    Move("accept", {S.CHECKING, S.ENTERING}, S.READY, Perm.MANAGE_MEMBERS, _("Find it in order"), who=WHO),
    Move("refuse", {S.CHECKING, S.ENTERING}, S.REFUSED, Perm.MANAGE_MEMBERS, _("Find errors"), who=WHO),
    Move(
        "confirm",
        {S.READY},
        S.ENTERING,
        Perm.MANAGE_MEMBERS,
        _("Import"),
        who=WHO,
        follows=_("All rows are entered, or none."),
    ),
    Move("finish", {S.ENTERING}, S.DONE, Perm.MANAGE_MEMBERS, _("Enter the rows"), who=WHO),
    Move(
        "discard",
        {S.CHECKING, S.READY, S.REFUSED, S.ENTERING},
        S.DISCARDED,
        Perm.MANAGE_MEMBERS,
        _("Discard"),
        who=WHO,
    ),
)
