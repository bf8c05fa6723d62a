"""How long a session lasts: so many minutes without a page, and so many hours in all, whatever one does.

Two moments stand in the session, in seconds since 1970: when it began, and when something was last done in it. The
second is written once a minute at most.
"""

import time
from dataclasses import dataclass
from datetime import datetime, timedelta

from allauth.usersessions.models import UserSession
from django.conf import settings
from django.contrib.auth import SESSION_KEY
from django.contrib.sessions.backends.base import SessionBase
from django.http import HttpRequest
from django.utils import timezone

BEGAN, SEEN = "began_at", "seen_at"
WRITTEN_EVERY = 60  # seconds
WARNED_BEFORE = 5 * 60  # seconds


@dataclass(frozen=True)
class Limits:
    """When a session ends: `idle` if nothing more is done, `whole` in any case. Seconds from now."""

    idle: int
    whole: int

    @property
    def over(self) -> bool:
        """Whether it has ended."""
        return min(self.idle, self.whole) <= 0

    @property
    def ends_at(self) -> datetime:
        """The moment at which it ends in any case."""
        return timezone.now() + timedelta(seconds=self.whole)

    @property
    def idle_minutes(self) -> int:
        """How long one may do nothing."""
        return settings.IDLE_MINUTES

    @property
    def warning(self) -> int:
        """How many seconds before its end a page says so: five minutes, or half the time where that is short."""
        return min(WARNED_BEFORE, settings.IDLE_MINUTES * 30)

    @property
    def warning_minutes(self) -> int:
        """The same in minutes, for people."""
        return max(1, self.warning // 60)


def limits_of(session: SessionBase) -> Limits | None:
    """How long the session of somebody who is signed in will last; a stranger's has no limits."""
    if SESSION_KEY not in session:
        return None
    now = int(time.time())
    return Limits(
        idle=session.get(SEEN, now) + settings.IDLE_MINUTES * 60 - now,
        whole=session.get(BEGAN, now) + settings.SESSION_COOKIE_AGE - now,
    )


def seen(request: HttpRequest) -> Limits | None:
    """Something was done: from now on the minutes count anew."""
    session, now = request.session, int(time.time())
    session.setdefault(BEGAN, now)
    if now - session.get(SEEN, 0) >= WRITTEN_EVERY:
        session[SEEN] = now
        UserSession.objects.filter(session_key=session.session_key).update(last_seen_at=timezone.now())
    return limits_of(session)
