"""Inviting people, and what they answer."""

from invitations.actions.accepting import Acceptance, accept, accept_anew
from invitations.actions.forgetting import forget
from invitations.actions.inviting import StillOpen, invite, invite_holders
from invitations.actions.sending import refuse_if_answered, remind, resend, revoke

__all__ = [
    "Acceptance",
    "StillOpen",
    "accept",
    "accept_anew",
    "forget",
    "invite",
    "invite_holders",
    "refuse_if_answered",
    "remind",
    "resend",
    "revoke",
]
