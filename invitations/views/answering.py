"""What somebody sees who opens the link in their letter. Opening it changes nothing: programs that scan mail do too."""

from allauth.account.utils import perform_login
from django.contrib import messages
from django.contrib.auth.views import redirect_to_login
from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import redirect, resolve_url
from django.template.response import TemplateResponse
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache

from accounts.models import Person
from core.refusals import Refusal
from invitations import actions, keys, queries
from invitations.actions import Acceptance
from invitations.forms import AcceptForm
from invitations.views.closed import Closed, unknown, why_closed
from partnerships.models import Invitation, Partnership
from partnerships.permissions import PROTECTED_ROLES
from partnerships.tenancy.context import acting, reading
from partnerships.tenancy.pages import public_partnership_form, rendered


@never_cache
@public_partnership_form
def answer(request: HttpRequest, partnership: Partnership, key: str) -> HttpResponseBase:
    """GET shows what is offered, and to whom; POST accepts. A link that leads no further says why."""
    read = keys.read(key)
    person = request.user if isinstance(request.user, Person) else None
    by = person.pk if person else None
    writes = request.method == "POST" and not partnership.is_over
    with acting(partnership.pk, by=by) if writes else reading([partnership.pk], by=by):
        invitation = queries.invitation_of(partnership, read) if read else None
        if invitation is None or read is None:
            return rendered(_closed_page(request, partnership, unknown(partnership)))
        closed = why_closed(invitation, read, person)
        if closed is not None:
            return rendered(_closed_page(request, partnership, closed))
        answered = _answer(request, invitation, read.nonce, person)
        if not isinstance(answered, Acceptance):
            return rendered(answered)
    return _inside(request, invitation, answered)


def _answer(
    request: HttpRequest, invitation: Invitation, nonce: str, person: Person | None
) -> HttpResponse | Acceptance:
    known = Person.objects.filter(email=invitation.email).first()
    if person is not None:
        return _signed_in(request, invitation, nonce, person)
    if known is not None and known.has_usable_password():
        if request.method == "POST":
            return redirect_to_login(request.get_full_path())
        return _page(request, invitation, sign_in=True)
    return _anew(request, invitation, nonce, known)


def _signed_in(request: HttpRequest, invitation: Invitation, nonce: str, person: Person) -> HttpResponse | Acceptance:
    """One button."""
    if request.method != "POST":
        return _page(request, invitation)
    try:
        return actions.accept(invitation=invitation, nonce=nonce, person=person)
    except Refusal as refusal:
        return _page(request, invitation, refusal=refusal, status=refusal.status)


def _anew(request: HttpRequest, invitation: Invitation, nonce: str, known: Person | None) -> HttpResponse | Acceptance:
    """A password, and a name of somebody who is not known yet."""
    initial = {"name": invitation.name}
    form = AcceptForm(request.POST or None, email=invitation.email, known=known, initial=initial)
    if request.method != "POST" or not form.is_valid():
        return _page(request, invitation, form=form, known=known)
    name, password = form.cleaned_data.get("name", ""), form.cleaned_data["password1"]
    try:
        return actions.accept_anew(invitation=invitation, nonce=nonce, name=name, password=password)
    except Refusal as refusal:
        return _page(request, invitation, form=form, known=known, refusal=refusal, status=refusal.status)


def _inside(request: HttpRequest, invitation: Invitation, accepted: Acceptance) -> HttpResponse:
    """To the partnership. Who was not signed in is now; by their second factor, if they have one."""
    partnership = invitation.partnership
    words = {"role": invitation.get_role_display(), "name": partnership.name}
    messages.success(request, _("You have accepted. Your role in %(name)s: %(role)s.") % words)
    if accepted.seated is False:
        gone = _("The seat you were invited to has been taken or has ended: %(seat)s. Ask your co-ordinating officer.")
        messages.warning(request, gone % {"seat": invitation.seat})
    address = resolve_url("partnerships:dashboard", partnership.slug)
    if request.user.is_authenticated:
        return redirect(address)
    signed_in: HttpResponse = perform_login(request, accepted.person, redirect_url=address)
    return signed_in


def _page(request: HttpRequest, invitation: Invitation, *, status: int = 200, **context: object) -> TemplateResponse:
    protected = invitation.role in PROTECTED_ROLES
    context = {
        "form": None,
        **context,
        "invitation": invitation,
        "table": invitation.partnership,
        "protected": protected,
    }
    return TemplateResponse(request, "invitations/answer.html", context, status=status)


def _closed_page(request: HttpRequest, partnership: Partnership, closed: Closed) -> TemplateResponse:
    context = {"closed": closed, "table": partnership}
    return TemplateResponse(request, "invitations/closed.html", context, status=closed.status)
