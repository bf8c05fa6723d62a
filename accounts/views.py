"""allauth's page of sessions, where one of them can be ended as well as all the others."""

from datetime import timedelta
from typing import Any

from allauth.usersessions.models import UserSession
from allauth.usersessions.views import ListUserSessionsView
from django.conf import settings
from django.utils import timezone

from accounts.browsers import browser_in_words
from accounts.forms import EndSessionsForm


class Sessions(ListUserSessionsView):
    """Where somebody is signed in: since when, from which network address, with which browser."""

    form_class = EndSessionsForm

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """Adds the browser in words; leaves out what has ended by itself."""
        context: dict[str, Any] = super().get_context_data(**kwargs)
        rows = [
            {"session": row, "browser": browser_in_words(row.user_agent), "current": row.is_current()}
            for row in context["sessions"]
            if row.is_current() or _lasts(row)
        ]
        rows.sort(key=lambda row: (row["current"], row["session"].last_seen_at), reverse=True)
        return context | {"rows": rows}


def _lasts(row: UserSession) -> bool:
    now = timezone.now()
    idle, whole = timedelta(minutes=settings.IDLE_MINUTES), timedelta(seconds=settings.SESSION_COOKIE_AGE)
    return bool(row.last_seen_at + idle > now and row.created_at + whole > now)


sessions = Sessions.as_view()
