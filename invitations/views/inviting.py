"""The deeds of whoever invites: one person, all who sit without an account, another letter, taking it back."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.template.response import TemplateResponse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from core.refusals import Refusal
from invitations import actions, queries
from invitations.forms import InvitationForm
from invitations.views.listing import find
from partnerships.models import Partnership
from partnerships.permissions import PROTECTED_ROLES, Perm
from partnerships.tenancy.pages import DEED, FORM, partnership_page

AT_ONCE = 500  # people who are invited by one press; a longer list takes a second


def _lets_somebody_appoint(request: HttpRequest) -> bool:
    return request.method == "POST" and request.POST.get("role") in PROTECTED_ROLES


@partnership_page(Perm.MANAGE_MEMBERS, FORM, sensitive=_lets_somebody_appoint)
def new(request: HttpRequest, partnership: Partnership) -> HttpResponse:
    """Invite one person; whoever invites an officer shows first that it is they."""
    seats = queries.open_seats(partnership)
    form = InvitationForm(request.POST or None, seats=seats, initial={"seat": request.GET.get("seat")})
    refusal, status = None, 200
    if request.method == "POST" and form.is_valid():
        try:
            sent = actions.invite(partnership=partnership, by=request.access, **form.cleaned_data)  # type: ignore[attr-defined]
        except Refusal as refused:
            refusal, status = refused, refused.status
        else:
            messages.success(request, _("The invitation to %(name)s is on its way.") % {"name": sent.name})
            return redirect("invitations:invitation", partnership.slug, sent.pk)
    open_still = refusal.invitation if isinstance(refusal, actions.StillOpen) else None
    context = {"form": form, "refusal": refusal, "open_still": open_still}
    return TemplateResponse(request, "invitations/new.html", context, status=status)


@partnership_page(Perm.MANAGE_MEMBERS, FORM)
def holders(request: HttpRequest, partnership: Partnership) -> HttpResponse:
    """Who sits on a seat without an account; those who stay ticked are invited."""
    people = list(queries.holders_without_account(partnership)[:AT_ONCE])
    if request.method == "POST":
        chosen = [int(value) for value in request.POST.getlist("person") if value.isdecimal()]
        try:
            sent = actions.invite_holders(partnership=partnership, people=chosen, by=request.access)  # type: ignore[attr-defined]
        except Refusal as refusal:
            messages.error(request, str(refusal) if chosen else _("Tick at least one name."))
            return redirect("invitations:holders", partnership.slug)
        words = ngettext("%(count)d invitation is on its way.", "%(count)d invitations are on their way.", len(sent))
        messages.success(request, words % {"count": len(sent)})
        return redirect("invitations:list", partnership.slug)
    return TemplateResponse(request, "invitations/holders.html", {"people": people})


@partnership_page(Perm.MANAGE_MEMBERS, FORM)
def reminders(request: HttpRequest, partnership: Partnership) -> HttpResponse:
    """Everybody who has not answered, and one button that writes to all of them."""
    if request.method == "POST":
        sent = actions.remind(partnership=partnership, by=request.access)  # type: ignore[attr-defined]
        words = ngettext("%(count)d letter is on its way.", "%(count)d letters are on their way.", len(sent))
        messages.success(request, words % {"count": len(sent)})
        return redirect("invitations:list", partnership.slug)
    return TemplateResponse(request, "invitations/reminders.html", {"late": list(queries.to_remind(partnership))})


@partnership_page(Perm.MANAGE_MEMBERS, DEED)
def letter(request: HttpRequest, partnership: Partnership, pk: int) -> HttpResponse:
    """Another letter."""
    found, seen = find(partnership, pk), request.POST.get("letters", "")
    letters = int(seen) if seen.isdecimal() else 0
    try:
        actions.resend(invitation=found, letters=letters, by=request.access)  # type: ignore[attr-defined]
    except Refusal as refusal:
        messages.error(request, str(refusal))
    else:
        messages.success(request, _("Another letter is on its way. The link in the earlier one opens nothing now."))
    return redirect("invitations:invitation", partnership.slug, found.pk)


@partnership_page(Perm.MANAGE_MEMBERS, FORM)
def withdrawal(request: HttpRequest, partnership: Partnership, pk: int) -> HttpResponse:
    """Ask first, then take it back. What is answered cannot be."""
    found = find(partnership, pk)
    actions.refuse_if_answered(found)
    if request.method == "POST":
        actions.revoke(invitation=found, by=request.access)  # type: ignore[attr-defined]
        messages.success(request, _("The invitation is withdrawn. Its link opens nothing any more."))
        return redirect("invitations:list", partnership.slug)
    return TemplateResponse(request, "invitations/withdrawal.html", {"invitation": found})
