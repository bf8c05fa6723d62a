"""Adding a member: what is it called? – it is one of these, or a new one – from when? Three pages, no script needed."""

from typing import Any
from urllib.parse import urlencode

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse, JsonResponse, QueryDict
from django.shortcuts import redirect, resolve_url
from django.template.response import TemplateResponse
from django.utils.translation import gettext as _

from core.dates import today
from core.refusals import Already
from partnerships.actions.members import join, join_as_new
from partnerships.actions.organisations import InDirectory
from partnerships.forms.members import JoiningForm, NewOrganisationForm
from partnerships.forms.organisations import LookupForm
from partnerships.models import Membership, Organisation, OrganisationIdentifier, Partnership
from partnerships.permissions import Perm
from partnerships.queries.members import membership_by_organisation
from partnerships.queries.organisations import suggestions
from partnerships.tenancy.pages import FORM, partnership_page

LONGEST = 200  # characters of a name


@partnership_page(Perm.MANAGE_MEMBERS)
def suggested(request: HttpRequest, partnership: Partnership) -> HttpResponse:
    """What the directory has for what somebody is typing: what any register prints of an organisation, and no more."""
    found = suggestions(request.GET.get("q", "")[:LONGEST])
    members = membership_by_organisation(partnership, found)

    def line(row: Organisation) -> str:
        return f"{_('a member already')} · {facts(row)}" if row.pk in members else facts(row)

    return JsonResponse({"suggestions": [{"id": row.pk, "name": row.name, "facts": line(row)} for row in found]})


@partnership_page(Perm.MANAGE_MEMBERS)
def search(request: HttpRequest, partnership: Partnership) -> HttpResponse:
    """What is it called? Those the directory has of that name, to choose from."""
    choice = request.GET.get("choice", "")
    if choice.isdecimal():
        return redirect("partnerships:known_member", partnership.slug, int(choice))
    shown = looked_up(request.GET, partnership)
    if choice == "new":
        address = resolve_url("partnerships:new_organisation", partnership.slug)
        return redirect(f"{address}?{urlencode({'name': shown['text']})}")
    return TemplateResponse(request, "partnerships/organisations/search.html", shown)


@partnership_page(Perm.MANAGE_MEMBERS, FORM)
def known(request: HttpRequest, partnership: Partnership, pk: int) -> HttpResponse:
    """An organisation of the directory becomes a member, also one that was a member before."""
    organisation = Organisation.objects.select_related("sector", "authority", "merged_into").filter(pk=pk).first()
    if organisation is None:
        raise Http404
    if organisation.merged_into is not None:
        return redirect("partnerships:known_member", partnership.slug, organisation.merged_into.pk)
    member = membership_by_organisation(partnership, [organisation]).get(organisation.pk)
    if member is not None:
        messages.warning(request, _("%(name)s is a member already.") % {"name": organisation.name})
        return redirect("partnerships:member", partnership.slug, member)
    form = JoiningForm(request.POST or None, initial={"starts_on": today()})
    if request.method == "POST" and form.is_valid():
        try:
            membership = join(
                partnership=partnership,
                organisation=organisation,
                starts_on=form.cleaned_data["starts_on"],
                contact=form.contact(),
                by=request.access,  # type: ignore[attr-defined]
            )
        except Already as refused:
            form.add_error("starts_on", refused.sentence())
        else:
            return _joined(request, membership)
    context = {"form": form, "organisation": organisation, "facts": facts(organisation)}
    return TemplateResponse(request, "partnerships/organisations/joining.html", context)


@partnership_page(Perm.MANAGE_MEMBERS, FORM)
def new_organisation(request: HttpRequest, partnership: Partnership) -> HttpResponse:
    """An organisation that the directory lacks is entered there, and becomes a member."""
    initial = {"name": request.GET.get("name", "")[:LONGEST], "starts_on": today()}
    form = NewOrganisationForm(request.POST or None, initial=initial)
    standing = None
    if request.method == "POST" and form.is_valid():
        typed = {name: form.cleaned_data[name] for name in ("name", "sector", "kind", "website", "starts_on")}
        try:
            membership = join_as_new(
                partnership=partnership,
                **typed,
                numbers=form.numbers(),
                contact=form.contact(),
                by=request.access,  # type: ignore[attr-defined]
            )
        except InDirectory as refused:
            form.add_error("name", refused.sentence())
            standing = refused.organisation
        else:
            return _joined(request, membership)
    context = {"form": form, "standing": standing}
    return TemplateResponse(request, "partnerships/organisations/joining.html", context)


def looked_up(typed: QueryDict, partnership: Partnership, but_not: int | None = None) -> dict[str, Any]:
    """What the page of a search shows for what was typed: what was found, or what is wrong with it."""
    form = LookupForm(typed)
    text = form.cleaned_data["q"] if form.is_valid() else ""
    found = suggestions(text, but_not)
    members = membership_by_organisation(partnership, found)
    return {
        "form": form,
        "text": text,
        "found": [{"organisation": row, "facts": facts(row), "member": members.get(row.pk)} for row in found],
    }


def facts(organisation: Organisation) -> str:
    """One line that tells an entry from another of the same name: sector, numbers, place. Nothing else is shown."""
    numbers: list[OrganisationIdentifier] | None = getattr(organisation, "numbers", None)
    if numbers is None:
        numbers = list(organisation.identifiers.filter(ends_on=None).order_by("scheme"))
    place = [organisation.authority.name] if organisation.authority else []
    return " · ".join([organisation.sector.name, *place, *(str(number) for number in numbers)])


def _joined(request: HttpRequest, membership: Membership) -> HttpResponse:
    messages.success(request, _("%(name)s is a member.") % {"name": membership.organisation.name})
    return redirect("partnerships:member", membership.partnership.slug, membership.pk)
