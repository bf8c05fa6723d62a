"""The register of members, and the page of one."""

import datetime
from typing import Any

from django.db.models.functions import Lower
from django.http import Http404, HttpRequest, HttpResponse
from django.template.response import TemplateResponse
from django.utils.translation import gettext as _

from core.dates import today
from core.exports import export, wants_file
from core.listing import listing
from core.refusals import Text
from partnerships.forms.members import MemberFilter
from partnerships.models import MemberContact, Membership, OrganisationIdentifier, Partnership
from partnerships.permissions import Perm
from partnerships.queries import member_sheet, timeline
from partnerships.queries import members as queries
from partnerships.queries.organisations import keeper_of, may_change_entry
from partnerships.tenancy.pages import partnership_page

KEYS: dict[str, Any] = {
    "name": Lower("organisation__name"),
    "sector": "organisation__sector__order",
    "since": "starts_on",
    "until": "ends_on",
    "held": "seats_held",
    "open": "seats_open",
}
FILTERS = ("q", "sector", "named", "state", "on_0", "on_1", "on_2")


@partnership_page(Perm.VIEW_INTERNAL)
def members(request: HttpRequest, partnership: Partnership) -> HttpResponse:
    """Who belongs, found by a filter; as a page, CSV or XLSX, and as the table that the import reads."""
    manages = request.access.can(Perm.MANAGE_MEMBERS, partnership)  # type: ignore[attr-defined]
    found = MemberFilter(request.GET, queryset=Membership.objects.none())
    understood = found.is_valid()
    day = found.form.cleaned_data.get("on") or today()
    if wants_file(request) and "sheet" in request.GET:
        columns, rows = member_sheet(partnership, day, with_addresses=manages)
        return export(request, f"members-and-seats-{partnership.slug}", columns, rows)
    if understood:
        found.queryset = queries.memberships_of(partnership, day)
    shown = listing(found.qs if understood else found.queryset, KEYS, request.GET, default="name")
    if understood and wants_file(request):
        return _file(request, partnership, shown.rows, with_contacts=manages)
    context = {
        "filter": found,
        "understood": understood,
        "listing": shown,
        "manages": manages,
        "day": day if day != today() else None,
        "filtered": any(request.GET.get(name) for name in FILTERS),
    }
    return TemplateResponse(request, "partnerships/members.html", context)


@partnership_page(Perm.VIEW_INTERNAL)
def member(request: HttpRequest, partnership: Partnership, pk: int) -> HttpResponse:
    """One member: what the directory says, its seats, the agreements that name it, what happened."""
    membership = find_membership(partnership, pk)
    access = request.access  # type: ignore[attr-defined]
    manages = access.can(Perm.MANAGE_MEMBERS, partnership)
    organisation = membership.organisation
    context = {
        "membership": membership,
        "organisation": organisation,
        "manages": manages,
        "may_add_seat": manages and not partnership.is_over and membership.ends_on is None,
        "numbers": organisation.identifiers.order_by("scheme", "ends_on", "pk"),
        "keeper": keeper_of(organisation),
        "may_change_entry": manages and may_change_entry(organisation, partnership),
        "contact": queries.contact_of(membership) if manages else None,
        "other_periods": queries.other_periods(membership),
        "seats": queries.seats_held_by(membership),
        "namings": queries.namings_of(membership),
        "merges": organisation.merges.filter(undone_at=None).select_related("merged").order_by("-at"),
        "timeline": timeline(membership, partnership=partnership, by=access),
        "today": today(),
    }
    return TemplateResponse(request, "partnerships/member.html", context)


def find_membership(partnership: Partnership, pk: int) -> Membership:
    """One of the partnership's own, with its organisation, or 404."""
    found = (
        Membership.objects.filter(partnership=partnership, pk=pk)
        .select_related("partnership", "organisation__sector", "organisation__authority", "organisation__kept_by")
        .first()
    )
    if found is None:
        raise Http404
    return found


def _file(request: HttpRequest, partnership: Partnership, rows: Any, *, with_contacts: bool) -> HttpResponse:
    """The list as a file; whom to ask there only for those who manage the members."""
    schemes = OrganisationIdentifier.Scheme
    columns: list[Text] = [_("Organisation"), _("Sector"), _("Kind of body"), *(scheme.label for scheme in schemes)]
    columns += [_("Website"), _("Member from"), _("Until"), _("Seats held"), _("Seats open"), _("Named partner")]
    contacts: dict[int, MemberContact] = {}
    if with_contacts:
        columns += [_("Contact"), _("E-mail"), _("Telephone")]
        contacts = {row.membership_id: row for row in MemberContact.objects.filter(partnership=partnership)}

    def cells(row: Any) -> list[str | int | datetime.date | None]:
        organisation = row.organisation
        numbers = {number.scheme: number.value for number in organisation.numbers}
        contact = contacts.get(row.pk)
        return [
            organisation.name,
            organisation.sector.name,
            organisation.kind,
            *(numbers.get(scheme, "") for scheme in schemes),
            organisation.website,
            row.starts_on,
            row.ends_on,
            row.seats_held,
            row.seats_open,
            _("yes") if row.named else _("no"),
            *([contact.name, contact.email, contact.telephone] if contact else ["", "", ""] if with_contacts else []),
        ]

    return export(request, f"members-{partnership.slug}", columns, (cells(row) for row in rows))
