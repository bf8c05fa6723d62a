"""The states of a case and the moves between them. Who of several people of a role may, the actions say besides."""

from django.utils.translation import gettext_lazy as _

from core.workflow import STAYS, Move, Workflow
from partnerships.permissions import Perm
from reviews.models import Case

S = Case.State

THE_REVIEWER = _("The reviewer who has taken the case")
A_MANAGER = _("A manager of the Government Office")
THE_CHAIR = _("The chair of the partnership")
NATIONAL_TEAM = _("The national team")

CASE = Workflow(
    Move(
        "claim",
        {S.QUEUED},
        S.CLAIMED,
        Perm.REVIEW,
        _("Take the case"),
        who=_("A reviewer of the Government Office"),
        follows=_("You review it; nobody else does, unless you hand it back"),
    ),
    Move(
        "assign",
        {S.QUEUED, S.CLAIMED},
        S.CLAIMED,
        Perm.COUNTERSIGN,
        _("Assign the case"),
        who=A_MANAGER,
        follows=_("Whoever is chosen reviews it"),
    ),
    Move(
        "release",
        {S.CLAIMED},
        S.QUEUED,
        Perm.REVIEW,
        _("Hand the case back"),
        who=THE_REVIEWER,
        follows=_("It waits in the queue for somebody else; its due date stays"),
    ),
    Move(
        "recuse",
        {S.QUEUED, S.CLAIMED, S.SENT_BACK, S.RECOMMENDED},
        S.QUEUED,  # what somebody else has, or the partnership, stays where it is
        Perm.REVIEW,
        _("Stand aside"),
        who=_("Whoever has an interest in the partnership"),
        follows=_("You take no part in this case any more"),
    ),
    Move(
        "ask_changes",
        {S.CLAIMED},
        S.SENT_BACK,
        Perm.REVIEW,
        _("Ask for changes"),
        who=THE_REVIEWER,
        follows=_("The partnership can change the sections you choose, and submits again"),
    ),
    Move(
        "answer",
        {S.SENT_BACK},
        S.CLAIMED,
        Perm.SIGN_OFF,
        _("Submit again"),
        who=THE_CHAIR,
        follows=_("The Government Office sees what has changed"),
    ),
    Move(
        "recommend",
        {S.CLAIMED, S.RECOMMENDED},
        S.RECOMMENDED,
        Perm.REVIEW,
        _("Recommend an outcome"),
        who=THE_REVIEWER,
        follows=_("A manager countersigns before the partnership hears; you can change it until then"),
    ),
    Move(
        "return",
        {S.RECOMMENDED},
        S.CLAIMED,
        Perm.COUNTERSIGN,
        _("Return the recommendation"),
        who=A_MANAGER,
        follows=_("The reviewer reads why, and recommends again"),
    ),
    Move(
        "decide",
        {S.RECOMMENDED},
        S.DECIDED,
        Perm.COUNTERSIGN,
        _("Countersign and decide"),
        who=_("A manager of the Government Office who did not recommend it"),
        follows=_("The partnership is sent the letter; this cannot be undone"),
    ),
    Move(
        "withdraw",
        {S.QUEUED, S.CLAIMED, S.SENT_BACK},
        S.WITHDRAWN,
        Perm.SIGN_OFF,
        _("Withdraw the submission"),
        who=THE_CHAIR,
        follows=_("The Government Office stops its review; what was submitted stays to be read"),
    ),
    Move(
        "appeal",
        {S.DECIDED},
        S.APPEALED,
        Perm.SIGN_OFF,
        _("Appeal"),
        who=THE_CHAIR,
        follows=_("The national team looks at the decision again"),
    ),
    Move(
        "uphold",
        {S.APPEALED},
        S.DECIDED,
        Perm.DECIDE_APPEALS,
        _("Uphold the appeal"),
        who=NATIONAL_TEAM,
        follows=_("Your decision takes the place of the first, which stays to be seen"),
    ),
    Move(
        "dismiss",
        {S.APPEALED},
        S.DECIDED,
        Perm.DECIDE_APPEALS,
        _("Dismiss the appeal"),
        who=NATIONAL_TEAM,
        follows=_("The decision stands"),
    ),
    Move(
        "judge",
        {S.CLAIMED},
        STAYS,
        Perm.REVIEW,
        _("Judge a section"),
        who=THE_REVIEWER,
    ),
    Move(
        "share",
        {S.CLAIMED, S.SENT_BACK, S.RECOMMENDED},
        STAYS,
        Perm.REVIEW,
        _("Show the review to the partnership"),
        who=THE_REVIEWER,
        follows=_("The partnership sees judgements, comments and the open entries of the dialogue"),
    ),
    Move(
        "log_dialogue",
        {S.CLAIMED, S.SENT_BACK, S.RECOMMENDED},
        STAYS,
        Perm.REVIEW,
        _("Record a conversation"),
        who=THE_REVIEWER,
    ),
)
