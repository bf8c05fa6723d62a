"""The name under which a browser keeps what somebody types into a form until it is saved (static/src/drafts.js)."""

from django.http import HttpRequest


def draft_of(request: HttpRequest) -> str:
    """One name for one person and one page. A message with it as `extra_tags` says that the text is saved."""
    return f"{request.user.pk}:{request.path}"
