"""The states of a strategy and the moves between them."""

from django.utils.translation import gettext_lazy as _

from core.workflow import Move, Workflow
from partnerships.permissions import Perm
from strategies.models import Strategy

S = Strategy.State

STRATEGY = Workflow(
    Move(
        "publish",
        {S.DRAFT, S.CHANGED},
        S.PUBLISHED,
        Perm.PUBLISH_STRATEGY,
        _("Publish an edition"),
        who=_("The co-ordinating officer or the chair"),
        follows=_("It gets the next number, a web page and a PDF, and never changes"),
    ),
    Move(
        "edit",
        {S.PUBLISHED},  # a draft stays a draft, what has changed stays changed
        S.CHANGED,
        Perm.EDIT_STRATEGY,
        _("Write"),
        who=_("The co-ordinating officer or the chair"),
        follows=_("Editions that are published stay as they are"),
    ),
)
