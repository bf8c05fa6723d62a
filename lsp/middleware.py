"""What every request gets: how long it may last, who is asking, plain answers to refusals and to servers away."""

import logging
from collections.abc import Callable
from smtplib import SMTPException
from typing import Any

from allauth.core.exceptions import ReauthenticationRequired
from django.contrib.auth import logout
from django.db import InterfaceError, OperationalError
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.template.loader import render_to_string
from django.utils.deprecation import MiddlewareMixin
from django.utils.functional import SimpleLazyObject
from django.utils.translation import gettext as _
from redis.exceptions import ConnectionError as BrokerAway
from redis.exceptions import TimeoutError as BrokerSlow

from accounts.kept import forget_sent
from accounts.limits import limits_of, seen
from core.refusals import NotPermitted, Refusal
from partnerships.tenancy.access import Access
from partnerships.tenancy.context import PartnershipIsOver
from partnerships.tenancy.pages import ask_who

logger = logging.getLogger(__name__)

# How it sounds when PostgreSQL, Valkey or the mail server is away. Connections that are refused, broken or slow.
AWAY = (OperationalError, InterfaceError, BrokerAway, BrokerSlow, SMTPException, ConnectionError, TimeoutError)

QUICKER = 409  # the status of a deed that somebody else was in time for


class SessionLimitsMiddleware(MiddlewareMixin):
    """Ends a session that nobody used for `IDLE_MINUTES` or that is older than `SESSION_COOKIE_AGE`.

    After the check of the form's token, so that what is kept of a form (see `accounts.kept`) came from a page of ours.
    `request.ended_for` is then the number of the person whose session it was, and the page meets a stranger.
    """

    def process_view(self, request: HttpRequest, view: Callable[..., Any], *args: Any) -> HttpResponse | None:
        """Nothing, unless the database is away: what goes wrong here reaches no `process_exception`."""
        try:
            _limit(request, counts=not getattr(view, "looks_only", False) or request.method == "POST")
        except AWAY as error:
            return _away(error)
        return None


class AccessMiddleware(MiddlewareMixin):
    """`request.access`: what the person may do, loaded when it is first asked for."""

    def process_request(self, request: HttpRequest) -> None:
        """One query, at most once a request."""
        request.access = SimpleLazyObject(lambda: Access.of(request.user))  # type: ignore[attr-defined]
        request.partnership = None  # type: ignore[attr-defined]
        request.inside = False  # type: ignore[attr-defined]


class RefusalMiddleware(MiddlewareMixin):
    """A refusal that no page handled becomes a page that says why, and who could."""

    def process_exception(self, request: HttpRequest, exception: Exception) -> HttpResponse | None:
        """The status of a refused deed, 503 when a server behind this one is away; everything else goes on."""
        if isinstance(exception, ReauthenticationRequired):
            return ask_who(request)
        if isinstance(exception, NotPermitted):
            return render(request, "403.html", _why(exception), status=exception.status)
        if isinstance(exception, Refusal):
            context = {"what": exception.sentence(), "url": request.META.get("HTTP_REFERER", "")}
            quicker = exception.status == QUICKER and not isinstance(exception, PartnershipIsOver)
            template = "409.html" if quicker else "refused.html"
            return render(request, template, context, status=exception.status)
        if isinstance(exception, AWAY):
            return _away(exception)
        return None


def _limit(request: HttpRequest, *, counts: bool) -> None:
    request.limits = request.ended_for = None  # type: ignore[attr-defined]
    limits = limits_of(request.session)
    if limits is None:
        return
    if limits.over:
        request.ended_for = request.user.pk  # type: ignore[attr-defined]
        logout(request)
        return
    request.limits = seen(request) if counts else limits  # type: ignore[attr-defined]
    forget_sent(request)


def _away(error: Exception) -> HttpResponse:
    logger.error("A server is away: %s", error)
    return HttpResponse(render_to_string("503.html"), status=503, headers={"Retry-After": "10"})


def _why(refused: NotPermitted) -> dict[str, object]:
    """What the page of a refused deed says; who could do it stands in a line of its own."""
    if not refused.label:
        return {"reason": refused.sentence()}
    deed = str(refused.label)
    reason = _("Your role does not include this: %(deed)s.") % {"deed": deed[0].lower() + deed[1:]}
    return {"reason": reason, "who": refused.who}
