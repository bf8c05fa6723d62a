"""Declaring who may open a page, and how. A route without one of these decorators fails the tests.

A page answers GET; one with a form declares `FORM`, a deed without a page of its own `DEED`.
"""

from collections.abc import Callable
from functools import wraps
from typing import Any

from django.contrib.auth.decorators import login_required
from django.contrib.auth.views import redirect_to_login
from django.http import FileResponse, Http404, HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import render, resolve_url
from django.template.response import TemplateResponse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from partnerships.models import Partnership
from partnerships.permissions import Perm
from partnerships.tenancy.context import acting, reading

View = Callable[..., HttpResponseBase]

PUBLIC = "public"
SIGNED_IN = "signed in"

READ = ("GET", "HEAD")
FORM = ("GET", "HEAD", "POST")
DEED = ("POST",)

# Of a form that comes back: not what a machine put in, and no password.
NOT_TYPED = {
    "csrfmiddlewaretoken", "version", "seen", "save", "submit", "password", "oldpassword", "password1", "password2"
}  # fmt: skip


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
        def page(request: HttpRequest, slug: str, **kwargs: Any) -> HttpResponseBase:
            if not request.user.is_authenticated:
                return _signed_out(request)
            partnership = _find(slug)
            access = request.access  # type: ignore[attr-defined]
            if not access.reaches(partnership):
                raise Http404
            access.require(permission, partnership)
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


def not_saved(request: HttpRequest, *, heading: str, reason: str, again: str, status: int) -> HttpResponse:
    """A form that could not be taken, with everything that was typed into it, for copying."""
    typed = [
        (name.replace("_", " ").capitalize(), text)
        for name, texts in request.POST.lists()
        for text in texts
        if name not in NOT_TYPED and text
    ]
    context = {"heading": heading, "reason": reason, "again": again, "typed": typed}
    return render(request, "not_saved.html", context, status=status)


def _signed_out(request: HttpRequest) -> HttpResponse:
    """To the sign-in; but whoever sent a form after their session had ended gets it back first."""
    if request.method != "POST":
        return redirect_to_login(request.get_full_path())
    return not_saved(
        request,
        heading=_("You are signed out"),
        reason=_("Your session had ended when you sent this. Sign in, open the page anew and put your text in."),
        again=resolve_url("account_login"),
        status=401,
    )


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
