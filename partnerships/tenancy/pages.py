"""Declaring who may open a page, and how. A route without one of these decorators fails the tests.

A page answers GET; one with a form declares `FORM`, a deed without a page of its own `DEED`.
"""

from collections.abc import Callable, Iterable
from contextlib import AbstractContextManager
from functools import wraps
from typing import Any
from urllib.parse import urlencode

from allauth.account.adapter import get_adapter
from allauth.account.decorators import reauthentication_required
from allauth.usersessions.models import UserSession
from django.conf import settings
from django.contrib.auth.decorators import login_required
from django.contrib.auth.views import redirect_to_login
from django.http import FileResponse, Http404, HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import redirect, render, resolve_url
from django.template.response import TemplateResponse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from accounts.kept import SECRETS, keep
from core.dates import long_date
from core.refusals import NotPermitted
from partnerships.models import Partnership, Region
from partnerships.permissions import Perm, roles_with
from partnerships.tenancy.context import PartnershipIsOver, acting, reading, reading_everywhere
from partnerships.tenancy.second_factor import SecondFactor, second_factor

View = Callable[..., HttpResponseBase]

PUBLIC = "public"
SIGNED_IN = "signed in"

READ = ("GET", "HEAD")
FORM = ("GET", "HEAD", "POST")
DEED = ("POST",)

# Of a form that comes back: not what a machine put in, and no password.
NOT_TYPED = SECRETS | {"version", "seen", "save", "submit"}


def public_page(view: View) -> View:
    """Everyone may read it. Nothing is open while it runs: it sees published rows only."""
    return _declared(view, PUBLIC, READ)


def public_partnership_page(view: View) -> View:
    """The same for a page of one partnership; the view gets the partnership."""
    return _of_partnership(view, READ)


def public_partnership_form(view: View) -> View:
    """The same for a page that also takes a form. The view itself opens what the form may write."""
    return _of_partnership(view, FORM)


def _of_partnership(view: View, methods: tuple[str, ...]) -> View:
    @wraps(view)
    def page(request: HttpRequest, slug: str, **kwargs: Any) -> HttpResponseBase:
        partnership = _find(slug)
        request.partnership = partnership  # type: ignore[attr-defined]
        return view(request, partnership, **kwargs)

    return _declared(page, PUBLIC, methods)


def signed_in_page(view: View) -> View:
    """Whoever is signed in may read it; it shows what is theirs."""
    return _declared(login_required(view), SIGNED_IN, READ)


def signed_in_form(view: View) -> View:
    """The same for a page that also takes a form."""
    return _declared(login_required(view), SIGNED_IN, FORM)


def partnership_page(
    permission: Perm,
    methods: tuple[str, ...] = READ,
    *,
    sensitive: bool | Callable[[HttpRequest], bool] = False,
    even_if_over: bool = False,
    inside: bool = True,
) -> Callable[[View], View]:
    """A page inside a partnership, for those who hold the permission there.

    To a stranger the partnership's pages answer 404, to a member without the permission 403, and 403 to whoever needs
    a second factor and is late with it. The page runs and renders with the partnership open: for those who belong to it
    for writing, for national viewers only for reading.

    `sensitive` is for deeds that somebody at an unlocked computer must not be able to do: appoint, anonymise, merge,
    end. Whoever has not shown for `ACCOUNT_REAUTHENTICATION_TIMEOUT` that it is they gives their password, a code or
    their key first. A GET comes back to this page; a POST is kept and shown, with a button that sends it (see
    `ask_who`), so the view itself needs nothing. A form and its deed at one address are both `sensitive`: then
    the password is asked for before anything is typed. Where it depends on what was typed, a function of the request
    says so.

    In a partnership that has ended pages are opened for reading only, and forms answer that it has; but for those that
    are declared `even_if_over`. A page that belongs to the Government Office, though it is of one partnership, is not
    `inside`: it bears no navigation of the partnership's.
    """

    def decorate(view: View) -> View:
        certain = reauthentication_required(view, enabled=sensitive)

        @wraps(view)
        def page(request: HttpRequest, slug: str, **kwargs: Any) -> HttpResponseBase:
            if not request.user.is_authenticated:
                return _signed_out(request)
            partnership = _find(slug)
            access = request.access  # type: ignore[attr-defined]
            if not access.reaches(partnership):
                raise Http404
            if closed := _closed(request):
                return closed
            access.require(permission, partnership)
            request.partnership = partnership  # type: ignore[attr-defined]
            request.inside = inside  # type: ignore[attr-defined]
            writes = access.writes(permission, partnership) and (even_if_over or not partnership.is_over)
            opened: AbstractContextManager[Any] = (
                acting(partnership.pk, by=access.person_id, even_if_over=even_if_over)
                if writes
                else reading([partnership.pk], by=access.person_id)
            )
            if partnership.is_over and methods != READ and not even_if_over:
                return _only_read(request, PartnershipIsOver(partnership))
            try:
                with opened:
                    return rendered(certain(request, partnership, **kwargs))
            except PartnershipIsOver as over:
                return _only_read(request, over)

        return _declared(page, permission, methods)

    return decorate


def office_page(
    permission: Perm, methods: tuple[str, ...] = READ, *, sensitive: bool = False
) -> Callable[[View], View]:
    """A page of the Government Office of a region, over all partnerships of it on which one holds the permission.

    The view gets the region. To whoever holds it on none the office answers 404. The partnerships are opened for
    reading together; a deed opens the one it is about with `acting`, inside.
    """

    def decorate(view: View) -> View:
        certain = reauthentication_required(view, enabled=sensitive)

        @wraps(view)
        def page(request: HttpRequest, region: str, **kwargs: Any) -> HttpResponseBase:
            if not request.user.is_authenticated:
                return _signed_out(request)
            access = request.access  # type: ignore[attr-defined]
            found = Region.objects.select_related("office").filter(slug=region).first()
            partnerships = list(Partnership.objects.filter(region=found).values_list("pk", flat=True))
            reached = [pk for pk in partnerships if access.holds(permission, pk)]
            if found is None or not (reached or access.everywhere):
                raise Http404
            if closed := _closed(request):
                return closed
            if not reached:
                raise NotPermitted(permission.label, roles_with(permission))
            with reading(reached, by=access.person_id):
                return rendered(certain(request, found, **kwargs))

        return _declared(page, permission, methods)

    return decorate


def national_page(
    permission: Perm, methods: tuple[str, ...] = READ, *, sensitive: bool = False
) -> Callable[[View], View]:
    """A page over all partnerships, for those who hold the permission in the whole country; 403 to everybody else.

    Every partnership is opened, for reading; a page with a form opens what it needs itself, because what belongs to the
    whole country, such as a round, is written outside of any partnership.
    """

    def decorate(view: View) -> View:
        certain = reauthentication_required(view, enabled=sensitive)

        @wraps(view)
        def page(request: HttpRequest, **kwargs: Any) -> HttpResponseBase:
            if not request.user.is_authenticated:
                return _signed_out(request)
            access = request.access  # type: ignore[attr-defined]
            if permission not in access.everywhere:
                raise NotPermitted(permission.label, roles_with(permission))
            if closed := _closed(request):
                return closed
            if methods == READ:
                with reading_everywhere(by=access.person_id):
                    return rendered(certain(request, **kwargs))
            return rendered(certain(request, **kwargs))

        return _declared(page, permission, methods)

    return decorate


def _closed(request: HttpRequest) -> HttpResponse | None:
    """The answer to whoever needs a second factor and is late with it; None to everybody else."""
    access = request.access  # type: ignore[attr-defined]
    factor = second_factor(request.user) if access.protected else SecondFactor()  # type: ignore[arg-type]
    request.second_factor = factor  # type: ignore[attr-defined]
    return _closed_until_second_factor(request, factor) if factor.overdue else None


def rendered(response: HttpResponseBase) -> HttpResponseBase:
    """Render inside the transaction: afterwards the rows are closed, and the page would come out empty."""
    if isinstance(response, TemplateResponse):
        return response.render()
    if isinstance(response, HttpResponse | FileResponse):
        return response
    raise TypeError("A page inside a partnership cannot stream: its rows are closed before it is read.")


def typed(fields: Iterable[tuple[str, str]]) -> list[tuple[str, str]]:
    """Of the fields of a form, what somebody typed: the name of each in words, and the text."""
    return [(name.replace("_", " ").capitalize(), text) for name, text in fields if name not in NOT_TYPED and text]


def not_saved(
    request: HttpRequest,
    *,
    heading: str,
    reason: str,
    again: str,
    status: int,
    step: str = "",
    kept: bool = False,
) -> HttpResponse:
    """A form that could not be taken, with everything that was typed into it, for copying.

    `again` is where to go on, in the words of `step`; `kept` says that the text waits there to be sent.
    """
    fields = [(name, text) for name, texts in request.POST.lists() for text in map(str, texts)]
    context = {"heading": heading, "reason": reason, "again": again, "step": step, "kept": kept, "typed": typed(fields)}
    return render(request, "not_saved.html", context, status=status)


def ask_who(request: HttpRequest) -> HttpResponse:
    """Ask somebody who wants to do something that matters whether it is still they.

    Afterwards they are back at the page; a POST waits for them at `kept`, or, where it is too long for that, comes back
    for copying at once.
    """
    ways = get_adapter().get_reauthentication_methods(request.user)
    if not request.user.is_authenticated or not ways:
        return redirect_to_login(request.get_full_path())
    if request.method != "POST":
        return redirect(_with_next(ways[0]["url"], request.get_full_path()))
    if keep(request, request.user.pk):
        return redirect(_with_next(ways[0]["url"], resolve_url("kept")))
    return not_saved(
        request,
        heading=_("Is it still you?"),
        reason=_("This wants your password once more, and what you sent is too long to be kept meanwhile."),
        again=_with_next(ways[0]["url"], resolve_url("account")),
        step=_("Give your password in a new tab, then send the form again"),
        status=403,
    )


def _signed_out(request: HttpRequest) -> HttpResponse:
    """To the sign-in; but whoever sent a form after their session had ended gets it back first."""
    if request.method != "POST":
        return redirect_to_login(request.get_full_path())
    person_id = request.ended_for or _last_at(request)  # type: ignore[attr-defined]
    kept = person_id is not None and keep(request, person_id)
    if kept:
        reason = _("Your session had ended when you sent this. Sign in, and you can send it with one button.")
    else:
        reason = _("Your session had ended when you sent this. Sign in, open the page anew and put your text in.")
    return not_saved(
        request,
        heading=_("You are signed out"),
        reason=reason,
        again=_with_next("account_login", resolve_url("kept")) if kept else resolve_url("account_login"),
        step=_("Sign in") if kept else "",
        kept=kept,
        status=401,
    )


def _last_at(request: HttpRequest) -> int | None:
    """Whose session it was whose cookie this browser still sends. Unknown once they have signed in elsewhere."""
    key = request.COOKIES.get(settings.SESSION_COOKIE_NAME, "")
    return UserSession.objects.filter(session_key=key).values_list("user_id", flat=True).first() if key else None


def _closed_until_second_factor(request: HttpRequest, factor: SecondFactor) -> HttpResponse:
    """What somebody sees who is late with their second factor; a form comes back with what was typed."""
    heading = _("Set up your second factor first")
    reason = _(
        "Your role needs a second proof of who you are besides the password. It was due on %(day)s; until it is set "
        "up, the pages of your partnerships stay closed to you."
    ) % {"day": long_date(factor.due_on)}
    setup = resolve_url("mfa_index")
    if request.method == "POST":
        step = _("Set up a second factor in a new tab, then send the form again")
        return not_saved(request, heading=heading, reason=reason, again=setup, step=step, status=403)
    return render(request, "second_factor.html", {"heading": heading, "reason": reason, "setup": setup}, status=403)


def _only_read(request: HttpRequest, over: PartnershipIsOver) -> HttpResponse:
    """What stands in the place of a form when the partnership has ended; a form that was sent comes back."""
    if request.method != "POST":
        return render(request, "partnerships/over.html", {"over": over.partnership})
    successor = over.partnership.successor or over.partnership
    return not_saved(
        request,
        heading=_("%(name)s has ended") % {"name": over.partnership.name},
        reason=over.sentence(),
        again=successor.get_absolute_url(),
        step=_("Open the page of %(name)s in a new tab") % {"name": successor.name},
        status=over.status,
    )


def _with_next(to: str, address: str) -> str:
    return f"{resolve_url(to)}?{urlencode({'next': address})}"


def _declared(view: View, permission: str, methods: tuple[str, ...]) -> View:
    """The view, answering these methods alone, with what the access policy table reads."""
    page: Any = require_http_methods(methods)(view)
    page.permission, page.methods = permission, methods
    return page  # type: ignore[no-any-return]


def _find(slug: str) -> Partnership:
    partnerships = Partnership.objects.select_related("region", "accountable_body", "successor")
    partnership = partnerships.filter(slug=slug).first()
    if partnership is None:
        raise Http404
    return partnership
