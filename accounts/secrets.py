"""The secrets of second factors at rest: what stands in the database is of no use without `SECRET_KEY`."""

import base64

from cryptography.fernet import Fernet, MultiFernet
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.kdf.hkdf import HKDF
from django.conf import settings
from django.utils.encoding import force_bytes

PURPOSE = b"lsp: secrets of second factors"


def encrypt(text: str) -> str:
    """The text under a key of today's `SECRET_KEY`."""
    return _box().encrypt(text.encode()).decode()


def decrypt(sealed: str) -> str:
    """What was encrypted under `SECRET_KEY` or one of `SECRET_KEY_FALLBACKS`. Raises InvalidToken for anything else."""
    return _box().decrypt(sealed.encode()).decode()


def _box() -> MultiFernet:
    """The first key seals, all of them open."""
    return MultiFernet([_fernet(secret) for secret in (settings.SECRET_KEY, *settings.SECRET_KEY_FALLBACKS)])


def _fernet(secret: str | bytes) -> Fernet:
    """A key that is used for nothing else."""
    key = HKDF(algorithm=SHA256(), length=32, salt=None, info=PURPOSE).derive(force_bytes(secret))
    return Fernet(base64.urlsafe_b64encode(key))
