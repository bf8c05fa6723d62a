"""Points of contact: their forms, and the public page that says how to get involved."""

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.template.response import TemplateResponse
from django.urls import reverse
from django.utils.translation import gettext as _

from partnerships import queries
from partnerships.actions import contacts as actions
from partnerships.actions.overtaking import seal_of
from partnerships.forms.contacts import ContactForm
from partnerships.models import Neighbourhood, Partnership
from partnerships.permissions import Perm
from partnerships.queries import contacts
from partnerships.queries.neighbourhoods import present_neighbourhoods
from partnerships.tenancy.pages import DEED, FORM, partnership_page, public_partnership_page
from partnerships.views.neighbourhoods import find
from partnerships.views.saving import deed_page, form_page


@public_partnership_page
def contact(request: HttpRequest, partnership: Partnership) -> HttpResponse:
    """How to get involved: whom to turn to, which seats are open, which neighbourhoods have their own contact."""
    present = present_neighbourhoods(partnership)
    points = contacts.contacts_of(present, partnership)
    context = {
        "partnership_shown": partnership,
        "contact": contacts.first_contact(partnership),
        "open_seats": queries.seats_of(partnership).filter(held=False),
        "neighbourhoods": [{"row": row, "contact": points.get(row.pk)} for row in present],
    }
    return TemplateResponse(request, "partnerships/contact.html", context)


@partnership_page(Perm.EDIT_CONTACTS, FORM)
def change_contact(request: HttpRequest, partnership: Partnership) -> HttpResponse:
    """The first point of contact of the whole partnership."""
    return _form(request, partnership, None)


@partnership_page(Perm.EDIT_CONTACTS, DEED)
def remove_contact(request: HttpRequest, partnership: Partnership) -> HttpResponse:
    """Take it off."""
    return _removal(request, partnership, None)


@partnership_page(Perm.EDIT_CONTACTS, FORM)
def change_neighbourhood_contact(request: HttpRequest, partnership: Partnership, pk: int) -> HttpResponse:
    """The point of contact of one neighbourhood."""
    return _form(request, partnership, find(partnership, pk))


@partnership_page(Perm.EDIT_CONTACTS, DEED)
def remove_neighbourhood_contact(request: HttpRequest, partnership: Partnership, pk: int) -> HttpResponse:
    """Take it off."""
    return _removal(request, partnership, find(partnership, pk))


def _form(request: HttpRequest, partnership: Partnership, neighbourhood: Neighbourhood | None) -> HttpResponse:
    point = contacts.contact_of(neighbourhood) if neighbourhood else contacts.first_contact(partnership)
    values = contacts.contact_values(point)
    seal = seal_of(values)
    people = contacts.people_here(partnership, also=values["person"])
    form = ContactForm(
        request.POST or None, initial={**values, "seen": seal}, people=people, submit=_("Save the point of contact")
    )

    def save(typed: dict[str, Any]) -> str:
        actions.save_contact(
            partnership=partnership,
            neighbourhood=neighbourhood,
            **typed,
            by=request.access,  # type: ignore[attr-defined]
        )
        return _("The point of contact is saved. Everyone can see it.")

    context = {
        "heading": _("Point of contact"),
        "caption": neighbourhood.name if neighbourhood else partnership.name,
        "point": point,
        "seal": seal,
        "removal": _address(partnership, neighbourhood, "remove_contact", "remove_neighbourhood_contact"),
    }
    back = _back(partnership, neighbourhood)
    return form_page(request, form, save, template="partnerships/contact_form.html", back=back, context=context)


def _removal(request: HttpRequest, partnership: Partnership, neighbourhood: Neighbourhood | None) -> HttpResponse:
    def do() -> str:
        actions.remove_contact(
            partnership=partnership,
            neighbourhood=neighbourhood,
            seen=request.POST.get("seen", ""),
            by=request.access,  # type: ignore[attr-defined]
        )
        return _("The point of contact is off the public pages.")

    return deed_page(request, do, back=_back(partnership, neighbourhood))


def _back(partnership: Partnership, neighbourhood: Neighbourhood | None) -> str:
    return _address(partnership, neighbourhood, "neighbourhoods", "neighbourhood")


def _address(partnership: Partnership, neighbourhood: Neighbourhood | None, of_all: str, of_one: str) -> str:
    if neighbourhood is None:
        return reverse(f"partnerships:{of_all}", args=[partnership.slug])
    return reverse(f"partnerships:{of_one}", args=[partnership.slug, neighbourhood.pk])
