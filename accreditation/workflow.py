"""The states of a self-assessment and the moves between them. What a review leads to, its case says."""

from django.utils.translation import gettext_lazy as _

from accreditation.models import SelfAssessment
from core.workflow import STAYS, Move, Workflow
from partnerships.permissions import Perm

S = SelfAssessment.State

THE_OFFICER = _("The co-ordinating officer")
THE_CHAIR = _("The chair")
EACH_MEMBER = _("The chair and each member representative")

SELF_ASSESSMENT = Workflow(
    Move(
        "write",
        {S.DRAFT, S.SENT_BACK, S.DEFERRED},
        STAYS,
        Perm.EDIT_ASSESSMENT,
        _("Write the self-assessment"),
        who=THE_OFFICER,
    ),
    Move(
        "score",
        {S.DRAFT, S.DEFERRED},
        STAYS,
        Perm.TAKE_PART,
        _("Score a criterion"),
        who=EACH_MEMBER,
    ),
    Move(
        "sign",
        {S.DRAFT, S.DEFERRED},
        STAYS,
        Perm.TAKE_PART,
        _("Sign off the self-assessment"),
        who=EACH_MEMBER,
    ),
    Move(
        "submit",
        {S.DRAFT, S.DEFERRED},
        S.SUBMITTED,
        Perm.SIGN_OFF,
        _("Submit to the Government Office"),
        who=THE_CHAIR,
        follows=_("It goes to the Government Office as a frozen copy; you can keep reading it"),
    ),
    Move(
        "resubmit",
        {S.SENT_BACK},
        S.SUBMITTED,
        Perm.SIGN_OFF,
        _("Submit again"),
        who=THE_CHAIR,
        follows=_("The Government Office sees what has changed"),
    ),
    Move(
        "note_progress",
        {S.SUBMITTED, S.SENT_BACK, S.DEFERRED, S.DECIDED},
        STAYS,
        Perm.EDIT_ASSESSMENT,
        _("Say how far an action is"),
        who=THE_OFFICER,
    ),
    Move(
        "mark_streamlined",
        {S.DRAFT},
        STAYS,
        Perm.COUNTERSIGN,
        _("Choose the streamlined path"),
        who=_("A manager of the Government Office"),
        follows=_("The partnership says what has changed since the last round; narratives may stay empty"),
    ),
)
