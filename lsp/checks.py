"""Refusals to serve that need to see every app: what a demonstration leaves behind, and the address of the site."""

from collections.abc import Sequence
from typing import Any

from django.conf import settings
from django.contrib.auth.hashers import is_password_usable
from django.core.checks import CheckMessage, Error, register
from django.db import Error as DatabaseError

from accounts.models import Person
from lsp.demonstration.cast import CAST
from partnerships.tenancy.checks import SERVING


@register(SERVING, deploy=True)
def nobody_enters_by_a_printed_password(databases: Sequence[str] | None = None, **kwargs: Any) -> list[CheckMessage]:
    """The cast's password stands in the source, so outside a demonstration none of them may be able to sign in."""
    if settings.DEMONSTRATION or not databases:
        return []
    cast = Person.objects.filter(email__in=[player.email for player in CAST], is_active=True).order_by("email")
    try:
        able = [person.email for person in cast if is_password_usable(person.password)]
    except DatabaseError:
        return []  # lsp.E001 says that it is away, lsp.E003 that it is empty
    if not able:
        return []
    return [
        Error(
            f"This is not a demonstration, but accounts of the demonstration can sign in: {', '.join(able)}.",
            hint="Begin with an empty database, or set LSP_DEMONSTRATION=true if it is a demonstration.",
            id="lsp.E005",
        )
    ]


@register(SERVING, deploy=True)
def letters_link_to_https(**kwargs: Any) -> list[CheckMessage]:
    """Links in letters and the address on a publication are made of LSP_SITE_URL."""
    if not settings.SECURE_SSL_REDIRECT or settings.SITE_URL.startswith("https://"):
        return []
    return [
        Error(
            f"The site is served by HTTPS, but LSP_SITE_URL is {settings.SITE_URL}.",
            hint="Set LSP_SITE_URL to the address that people type in, such as https://partnerships.example",
            id="lsp.E006",
        )
    ]
