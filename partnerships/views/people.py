"""People and their roles: everybody of a partnership, and the page of one."""

from typing import Any

from django.db.models.functions import Lower
from django.http import Http404, HttpRequest, HttpResponse
from django.template.response import TemplateResponse
from django.utils.translation import gettext as _

from core.exports import export, wants_file
from core.listing import listing
from partnerships import queries
from partnerships.forms.appointments import PeopleFilter
from partnerships.models import Invitation, Partnership
from partnerships.permissions import Perm
from partnerships.queries.people import appointments_of, people_of, sittings_by, with_accounts
from partnerships.tenancy.pages import partnership_page

KEYS: dict[str, Any] = {"name": Lower("name"), "since": "since"}


@partnership_page(Perm.VIEW_INTERNAL)
def people(request: HttpRequest, partnership: Partnership) -> HttpResponse:
    """Who has a role or a seat; to whoever looks after them also how they are reached and whether they got in."""
    manages = request.access.can(Perm.MANAGE_MEMBERS, partnership)  # type: ignore[attr-defined]
    rows = with_accounts(people_of(partnership), partnership) if manages else people_of(partnership)
    found = PeopleFilter(request.GET, queryset=rows, partnership=partnership)
    understood = found.is_valid()
    shown = listing(found.qs if understood else rows.none(), KEYS, request.GET, default="name")
    if understood and wants_file(request):
        return _export(request, partnership, shown.rows, manages)
    context = {
        "filter": found,
        "understood": understood,
        "filtered": any(request.GET.get(name) for name in found.filters),
        "listing": shown,
        "manages": manages,
    }
    return TemplateResponse(request, "partnerships/people.html", context)


def _export(request: HttpRequest, partnership: Partnership, rows: Any, manages: bool) -> HttpResponse:
    columns = [_("Name"), _("Roles"), _("In a role since"), _("Seats")]
    if manages:
        columns += [_("E-mail address"), _("Has an account"), _("Has a second factor")]
    yes, no = _("yes"), _("no")

    def cells(row: Any) -> list[Any]:
        own = [
            row.name,
            "; ".join(str(role.get_role_display()) for role in row.roles),
            row.since,
            "; ".join(sitting.seat.position for sitting in row.seats),
        ]
        if not manages:
            return own
        return [*own, row.email, no if row.no_password else yes, yes if row.second_factor else no]

    return export(request, f"people-{partnership.slug}", columns, map(cells, rows))


@partnership_page(Perm.VIEW_INTERNAL)
def person(request: HttpRequest, partnership: Partnership, pk: int) -> HttpResponse:
    """Somebody's roles and seats here, now and before, what was done about them, and what can be."""
    found = find_person(partnership, pk)
    access = request.access  # type: ignore[attr-defined]
    manages = access.can(Perm.MANAGE_MEMBERS, partnership)
    context: dict[str, Any] = {
        "person": found,
        "appointments": list(appointments_of(found, partnership)),
        "sittings": list(sittings_by(found, partnership)),
        "timeline": queries.timeline(found, partnership=partnership, by=access),
        "manages": manages,
        "may_change": manages and not partnership.is_over,
    }
    if manages:
        invitations = Invitation.objects.filter(partnership=partnership, accepted_by=found)
        asked = Invitation.objects.filter(partnership=partnership, email=found.email, accepted_at=None)
        context["invitations"] = list((invitations | asked).select_related("invited_by").order_by("-invited_at"))
    return TemplateResponse(request, "partnerships/person.html", context)


def find_person(partnership: Partnership, pk: int) -> Any:
    """Somebody who has, had or will have a role or a seat in this partnership. Raises Http404."""
    found = with_accounts(people_of(partnership), partnership).filter(pk=pk).first()
    if found is None:
        raise Http404
    return found
