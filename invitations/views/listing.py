"""All invitations, and the page of one."""

from typing import Any

from django.db.models.functions import Lower
from django.http import Http404, HttpRequest, HttpResponse
from django.template.response import TemplateResponse
from django.utils.translation import gettext as _

from core.exports import export, wants_file
from core.listing import listing
from invitations.actions.sending import LETTER
from invitations.forms import InvitationFilter
from invitations.queries import State, holders_without_account, invitations_of, to_remind
from jobs.models import Job
from jobs.queries import latest
from partnerships.models import Partnership
from partnerships.permissions import Perm
from partnerships.queries import timeline
from partnerships.tenancy.pages import partnership_page

KEYS: dict[str, Any] = {
    "name": Lower("who"),
    "role": "role",
    "invited": "invited_at",
    "expires": "expires_at",
    "state": "state",
}


@partnership_page(Perm.MANAGE_MEMBERS)
def invitations(request: HttpRequest, partnership: Partnership) -> HttpResponse:
    """Who is invited, and what has become of it: filtered, sorted, as a page, CSV or XLSX."""
    rows = invitations_of(partnership)
    found = InvitationFilter(request.GET, queryset=rows)
    understood = found.is_valid()
    shown = listing(found.qs if understood else rows.none(), KEYS, request.GET, default="-invited")
    if understood and wants_file(request):
        return _export(request, partnership, shown.rows)
    context = {
        "filter": found,
        "understood": understood,
        "filtered": any(request.GET.get(name) for name in found.filters),
        "listing": shown,
        "late": to_remind(partnership).count(),
        "holders": holders_without_account(partnership).count(),
    }
    return TemplateResponse(request, "invitations/list.html", context)


def _export(request: HttpRequest, partnership: Partnership, rows: Any) -> HttpResponse:
    columns = [
        _("Name"),
        _("E-mail address"),
        _("Role"),
        _("Seat"),
        _("State"),
        _("Invited"),
        _("Invited by"),
        _("Last letter"),
        _("Open until"),
        _("Accepted"),
    ]
    cells = (
        [
            row.who,
            row.email,
            row.get_role_display(),
            row.seat.position if row.seat else "",
            State(row.state).label,
            row.invited_at,
            row.invited_by.name if row.invited_by else "",
            row.sent_at,
            row.expires_at,
            row.accepted_at,
        ]
        for row in rows
    )
    return export(request, f"invitations-{partnership.slug}", columns, cells)


@partnership_page(Perm.MANAGE_MEMBERS)
def invitation(request: HttpRequest, partnership: Partnership, pk: int) -> HttpResponse:
    """One invitation: what became of it, and what can be done about it."""
    found = find(partnership, pk)
    letter = latest(LETTER, partnership.pk, found.pk)
    context = {
        "invitation": found,
        "unsent": letter is not None and letter.state == Job.State.FAILED and found.sent_at is None,
        "timeline": timeline(found, partnership=partnership, by=request.access),  # type: ignore[attr-defined]
    }
    return TemplateResponse(request, "invitations/invitation.html", context)


def find(partnership: Partnership, pk: int) -> Any:
    """An invitation of this partnership, with its state. Raises Http404."""
    rows = invitations_of(partnership).select_related("partnership", "seat", "invited_by", "accepted_by")
    found = rows.filter(pk=pk).first()
    if found is None:
        raise Http404
    return found
