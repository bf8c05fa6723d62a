"""Declaring who may open a page, and how. A route without one of these decorators fails the tests.

A page answers GET; one with a form declares `FORM`, a deed without a page of its own `DEED`.
"""

from collections.abc import Callable
from functools import wraps
from typing import Any

from django.contrib.auth.decorators import login_required
from django.http import FileResponse, Http404, HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.template.response import TemplateResponse
from django.views.decorators.http import require_http_methods

from core.refusals import NotPermitted
from partnerships.models import Partnership
from partnerships.permissions import Perm, roles_with
from partnerships.tenancy.context import acting, reading

View = Callable[..., HttpResponseBase]

PUBLIC = "public"
SIGNED_IN = "signed in"

READ = ("GET", "HEAD")
FORM = ("GET", "HEAD", "POST")
DEED = ("POST",)


def public_page(view: View) -> View:
    """Everyone may read it. Nothing is open while it runs: it sees published rows only."""
    return _declared(view, PUBLIC, READ)


def public_partnership_page(view: View) -> View:
    """The same for a page of one partnership; the view gets the partnership."""

    @wraps(view)
    def page(request: HttpRequest, slug: str, **kwargs: Any) -> HttpResponseBase:
        partnership = _find(slug)
        request.partnership = partnership  # type: ignore[attr-defined]
        return view(request, partnership, **kwargs)

    return public_page(page)


def signed_in_page(view: View) -> View:
    """Whoever is signed in may read it; it shows what is theirs."""
    return _declared(login_required(view), SIGNED_IN, READ)


def partnership_page(permission: Perm, methods: tuple[str, ...] = READ) -> Callable[[View], View]:
    """A page inside a partnership, for those who hold the permission there.

    To a stranger the partnership's pages answer 404, to a member without the permission 403. The page runs and renders
    with the partnership open: for those who belong to it for writing, for national viewers only for reading.
    """

    def decorate(view: View) -> View:
        @wraps(view)
        @login_required
        def page(request: HttpRequest, slug: str, **kwargs: Any) -> HttpResponseBase:
            partnership = _find(slug)
            access = request.access  # type: ignore[attr-defined]
            if not access.reaches(partnership):
                raise Http404
            if not access.can(permission, partnership):
                raise NotPermitted(permission.label, roles_with(permission))
            request.partnership = partnership  # type: ignore[attr-defined]
            request.inside = True  # type: ignore[attr-defined]
            opened = (
                acting(partnership.pk, by=access.person_id)
                if access.belongs_to(partnership)
                else reading([partnership.pk], by=access.person_id)
            )
            with opened:
                return rendered(view(request, partnership, **kwargs))

        return _declared(page, permission, methods)

    return decorate


def rendered(response: HttpResponseBase) -> HttpResponseBase:
    """Render inside the transaction: afterwards the rows are closed, and the page would come out empty."""
    if isinstance(response, TemplateResponse):
        return response.render()
    if isinstance(response, HttpResponse | FileResponse):
        return response
    raise TypeError("A page inside a partnership cannot stream: its rows are closed before it is read.")


def _declared(view: View, permission: str, methods: tuple[str, ...]) -> View:
    """The view, answering these methods alone, with what the access policy table reads."""
    page: Any = require_http_methods(methods)(view)
    page.permission, page.methods = permission, methods
    return page  # type: ignore[no-any-return]


def _find(slug: str) -> Partnership:
    partnership = Partnership.objects.select_related("region", "accountable_body").filter(slug=slug).first()
    if partnership is None:
        raise Http404
    return partnership
