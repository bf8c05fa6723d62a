"""The key in the letter: a signature over the invitation and its nonce. It is stored nowhere."""

import secrets
from dataclasses import dataclass

from django.core import signing

from partnerships.models import Invitation


@dataclass(frozen=True)
class Key:
    """What a key names: an invitation of a partnership, by one of its letters."""

    partnership_id: int
    invitation_id: int
    nonce: str


def new_nonce() -> str:
    """What makes the next letter another one, and every earlier letter worthless."""
    return secrets.token_urlsafe(16)


def key_of(invitation: Invitation) -> str:
    """The key for the newest letter about an invitation."""
    return _signer().sign_object([invitation.partnership_id, invitation.pk, invitation.nonce])


def read(key: str) -> Key | None:
    """What a key names; None if we did not make it. Keys of `SECRET_KEY_FALLBACKS` are read too."""
    try:
        return Key(*_signer().unsign_object(key))
    except (signing.BadSignature, ValueError, TypeError):
        return None


def _signer() -> signing.Signer:
    return signing.Signer(salt="lsp.invitation", sep=".")  # no colon: some mail programs end a link there
