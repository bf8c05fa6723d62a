"""What every request gets: who is asking, and plain answers to refusals and to servers that are away."""

import logging
from smtplib import SMTPException

from django.db import InterfaceError, OperationalError
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.template.loader import render_to_string
from django.utils.deprecation import MiddlewareMixin
from django.utils.functional import SimpleLazyObject
from django.utils.translation import gettext as _
from redis.exceptions import ConnectionError as BrokerAway
from redis.exceptions import TimeoutError as BrokerSlow

from core.refusals import NotPermitted, Refusal
from partnerships.tenancy.access import Access

logger = logging.getLogger(__name__)

# How it sounds when PostgreSQL, Valkey or the mail server is away. Connections that are refused, broken or slow.
AWAY = (OperationalError, InterfaceError, BrokerAway, BrokerSlow, SMTPException, ConnectionError, TimeoutError)

QUICKER = 409  # the status of a deed that somebody else was in time for


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
        if isinstance(exception, NotPermitted):
            return render(request, "403.html", _why(exception), status=exception.status)
        if isinstance(exception, Refusal):
            context = {"what": exception.sentence(), "url": request.META.get("HTTP_REFERER", "")}
            template = "409.html" if exception.status == QUICKER else "refused.html"
            return render(request, template, context, status=exception.status)
        if isinstance(exception, AWAY):
            logger.error("A server is away: %s", exception)
            return HttpResponse(render_to_string("503.html"), status=503, headers={"Retry-After": "10"})
        return None


def _why(refused: NotPermitted) -> dict[str, object]:
    """What the page of a refused deed says; who could do it stands in a line of its own."""
    if not refused.label:
        return {"reason": refused.sentence()}
    deed = str(refused.label)
    reason = _("Your role does not include this: %(deed)s.") % {"deed": deed[0].lower() + deed[1:]}
    return {"reason": reason, "who": refused.who}
