"""Health, errors, and the pages of small print."""

from django.conf import settings
from django.core.cache import cache
from django.db import Error as DatabaseError
from django.db import connection
from django.db.migrations.executor import MigrationExecutor
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import render
from django.template.response import TemplateResponse
from django.utils.translation import gettext as _
from kombu.exceptions import OperationalError as BrokerError
from redis.exceptions import RedisError

from lsp.celery import app
from partnerships.tenancy.pages import not_saved, public_page


@public_page
def healthz(request: HttpRequest) -> HttpResponse:
    """200 when database, broker and migrations are as they must be, else 503; says which is not."""
    found = {"database": _database(), "broker": _broker()}
    found["migrations"] = _migrations() if found["database"] == "ok" else "unknown"
    healthy = all(state == "ok" for state in found.values())
    response = JsonResponse(found, status=200 if healthy else 503)
    response["Cache-Control"] = "no-store"
    return response


def _database() -> str:
    try:
        with connection.cursor() as cursor:
            cursor.execute("SELECT 1")
    except DatabaseError:
        return "away"
    return "ok"


def _broker() -> str:
    """What keeps counts of tries and what rings for workers: mostly one server, but each has a setting of its own."""
    try:
        cache.get("healthz")
        with app.connection_for_write(connect_timeout=2) as broker:
            broker.ensure_connection(max_retries=1, interval_start=0)
    except (RedisError, BrokerError, OSError):
        return "away"
    return "ok"


def _migrations() -> str:
    try:
        executor = MigrationExecutor(connection)
        behind = executor.migration_plan(executor.loader.graph.leaf_nodes())
    except DatabaseError:
        return "unknown"
    return "behind" if behind else "ok"


@public_page
def accessibility(request: HttpRequest) -> HttpResponse:
    """How accessible this is, and what to do where it is not."""
    return TemplateResponse(request, "pages/accessibility.html")


@public_page
def privacy(request: HttpRequest) -> HttpResponse:
    """What is kept about people."""
    return TemplateResponse(request, "pages/privacy.html")


@public_page
def cookies(request: HttpRequest) -> HttpResponse:
    """The two cookies there are."""
    context = {
        "session_cookie": settings.SESSION_COOKIE_NAME,
        "csrf_cookie": settings.CSRF_COOKIE_NAME,
        "idle_minutes": settings.IDLE_MINUTES,
    }
    return TemplateResponse(request, "pages/cookies.html", context)


@public_page
def help_page(request: HttpRequest) -> HttpResponse:
    """Who to ask."""
    return TemplateResponse(request, "pages/help.html")


def bad_request(request: HttpRequest, exception: Exception) -> HttpResponse:
    """An address or a form that a browser would not send."""
    return render(request, "400.html", status=400)


def forbidden(request: HttpRequest, exception: Exception) -> HttpResponse:
    """Signed in, but not for this."""
    return render(request, "403.html", {"reason": str(exception)}, status=403)


def csrf_failure(request: HttpRequest, reason: str = "") -> HttpResponse:
    """The form was opened in another session, or cookies are off: it is not taken, and nothing typed is lost."""
    return not_saved(
        request,
        heading=_("This form is too old"),
        reason=_("You signed in again since you opened it, or your browser keeps no cookies. Open the page anew."),
        again=request.path,
        status=403,
    )
