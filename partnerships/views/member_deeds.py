"""What can be done to one member: change its contact, end its membership, say which agreements name it."""

from collections.abc import Callable
from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, resolve_url
from django.template.response import TemplateResponse
from django.utils.translation import gettext as _

from core.dates import long_date
from core.refusals import Already, Incomplete
from partnerships.actions import members as actions
from partnerships.actions import named_partners
from partnerships.forms.members import ContactForm, EndingForm, MembershipEndingForm, NamingForm
from partnerships.forms.organisations import DeedForm
from partnerships.models import Membership, NamedPartner, Partnership
from partnerships.permissions import Perm
from partnerships.queries.members import contact_of, seats_after
from partnerships.tenancy.pages import FORM, partnership_page
from partnerships.views.members import find_membership

Do = Callable[[Any], str]


@partnership_page(Perm.MANAGE_MEMBERS, FORM)
def contact(request: HttpRequest, partnership: Partnership, pk: int) -> HttpResponse:
    """Whom to ask there."""
    membership = find_membership(partnership, pk)
    form = ContactForm(request.POST or None, initial=ContactForm.initial_of(contact_of(membership)))

    def save(form: ContactForm) -> str:
        actions.save_contact(membership=membership, **form.contact(), by=request.access)  # type: ignore[attr-defined]
        return _("The contact is saved.")

    context = {
        "heading": _("Whom to ask"),
        "intro": _("Only those who manage the members of this partnership see it, and no other partnership does."),
    }
    return deed_page(request, membership, form, save, context)


@partnership_page(Perm.MANAGE_MEMBERS, FORM)
def ending(request: HttpRequest, partnership: Partnership, pk: int) -> HttpResponse:
    """It is a member no longer."""
    membership = find_membership(partnership, pk)
    form = MembershipEndingForm(request.POST or None)

    def end(form: MembershipEndingForm) -> str:
        ended = actions.end_membership(membership=membership, **form.cleaned_data, by=request.access)  # type: ignore[attr-defined]
        words = {"name": membership.organisation.name, "day": long_date(ended.ends_on or ended.starts_on)}
        return _("%(name)s is a member until %(day)s.") % words

    context = {
        "heading": _("End the membership"),
        "intro": _("What was, stays: its page, its seats and who sat on them. It can become a member again."),
        "seats": seats_after(membership, membership.starts_on).filter(ends_on=None),
    }
    return deed_page(request, membership, form, end, context)


@partnership_page(Perm.MANAGE_MEMBERS, FORM)
def naming(request: HttpRequest, partnership: Partnership, pk: int) -> HttpResponse:
    """An agreement names it."""
    membership = find_membership(partnership, pk)
    form = NamingForm(request.POST or None)

    def name(form: NamingForm) -> str:
        named = named_partners.name_partner(membership=membership, **form.cleaned_data, by=request.access)  # type: ignore[attr-defined]
        return _("“%(agreement)s” names it as a partner.") % {"agreement": named.agreement}

    context = {
        "heading": _("Name it as a partner"),
        "intro": _("The duty to co-operate belongs to one agreement: its named partners help to agree its targets."),
    }
    return deed_page(request, membership, form, name, context)


@partnership_page(Perm.MANAGE_MEMBERS, FORM)
def naming_ending(request: HttpRequest, partnership: Partnership, pk: int, naming: int) -> HttpResponse:
    """An agreement names it no longer."""
    membership = find_membership(partnership, pk)
    named = NamedPartner.objects.filter(
        partnership=partnership, pk=naming, organisation=membership.organisation_id
    ).first()
    if named is None:
        raise Http404
    form = EndingForm(request.POST or None)

    def end(form: EndingForm) -> str:
        ended = named_partners.end_naming(naming=named, **form.cleaned_data, by=request.access)  # type: ignore[attr-defined]
        words = {"agreement": ended.agreement, "day": long_date(ended.ends_on or ended.starts_on)}
        return _("“%(agreement)s” names it until %(day)s.") % words

    context = {"heading": _("End the duty to co-operate"), "intro": f"{named.duty}: {named.agreement}"}
    return deed_page(request, membership, form, end, context)


def deed_page(
    request: HttpRequest, membership: Membership, form: DeedForm, do: Do, context: dict[str, Any]
) -> HttpResponse:
    """Show a form about one member, do what is valid, go back to its page; what was refused stands above the form."""
    back = resolve_url("partnerships:member", membership.partnership.slug, membership.pk)
    standing = None
    if request.method == "POST" and form.is_valid():
        try:
            messages.success(request, do(form))
            return redirect(back)
        except Already as refused:
            form.add_error(None, refused.sentence())
            standing = getattr(refused, "organisation", None)
        except Incomplete as refused:
            for gap in refused.gaps:
                form.add_error(None, str(gap.message))
    shown = {**context, "membership": membership, "form": form, "back": back, "standing": standing}
    return TemplateResponse(request, "partnerships/member_form.html", shown)
