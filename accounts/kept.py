"""What somebody had typed when they were asked who they are: kept in their session, for them alone, to be sent again.

Two occasions: the session was over when the form was sent, or the deed wants to be sure who does it. Nobody else who
signs in at the same browser sees it; it ends with the session.
"""

import json
from dataclasses import dataclass
from datetime import datetime

from django.http import HttpRequest
from django.utils import timezone
from django.utils.http import url_has_allowed_host_and_scheme

KEY = "kept"
LIMIT = 256 * 1024  # bytes: four of the longest texts that a form takes

# Never written down: what proves who somebody is, and what the page makes anew.
SECRETS = frozenset(
    {"csrfmiddlewaretoken", "password", "oldpassword", "password1", "password2", "code", "credential", "token"}
)


@dataclass(frozen=True)
class Kept:
    """A form as it was sent: to which address (of this site), from which page, if known; its fields in order; when."""

    address: str
    page: str
    fields: list[tuple[str, str]]
    files: list[str]
    at: datetime


def keep(request: HttpRequest, person_id: int) -> bool:
    """Keep what this POST brought, for one person; what was kept before is gone. Says whether it could be kept.

    Files are not: only which questions had one. Too much text (`LIMIT`) is not kept at all.
    """
    fields = [(name, text) for name, texts in request.POST.lists() if name not in SECRETS for text in map(str, texts)]
    if len(json.dumps(fields).encode()) > LIMIT:
        return False
    request.session[KEY] = {
        "person": person_id,
        "address": request.get_full_path(),
        "page": _page(request),
        "fields": fields,
        "files": list(request.FILES),
        "at": timezone.now().isoformat(),
    }
    return True


def kept(request: HttpRequest) -> Kept | None:
    """What is kept for the person who is signed in. What was kept for somebody else is thrown away."""
    row = request.session.get(KEY)
    if row is None or not request.user.is_authenticated:
        return None
    if row["person"] != request.user.pk:
        forget(request)
        return None
    fields = [(name, text) for name, text in row["fields"]]
    return Kept(row["address"], row["page"], fields, row["files"], datetime.fromisoformat(row["at"]))


def forget(request: HttpRequest) -> None:
    """Throw away what is kept."""
    request.session.pop(KEY, None)


def forget_sent(request: HttpRequest) -> None:
    """Throw away what is kept, once it is sent: a POST to its address."""
    if request.method == "POST" and request.session.get(KEY, {}).get("address") == request.get_full_path():
        forget(request)


def _page(request: HttpRequest) -> str:
    """The page of this site that the form stood on, as far as the browser says it."""
    page = request.META.get("HTTP_REFERER", "")
    return page if url_has_allowed_host_and_scheme(page, request.get_host(), require_https=request.is_secure()) else ""
