"""Pages for people who are signed in: the switcher, the account, a partnership's overview."""

from django.http import HttpRequest, HttpResponse
from django.template.response import TemplateResponse
from django.utils.translation import gettext as _

from accounts.kept import kept
from accreditation.queries import due_in
from core.dates import today
from jobs.models import Job
from partnerships import queries
from partnerships.models import Partnership
from partnerships.permissions import Perm
from partnerships.queries.people import HeldRole, roles_of
from partnerships.tenancy.pages import partnership_page, signed_in_page
from partnerships.tenancy.second_factor import second_factor
from strategies.queries import editions_of, overview


@signed_in_page
def mine(request: HttpRequest) -> HttpResponse:
    """Every role one holds, held or will hold: the way from one partnership to the other."""
    access = request.access  # type: ignore[attr-defined]
    roles = roles_of(request.user)  # type: ignore[arg-type]
    today_roles = [role for role in roles if not role.is_over and not role.is_ahead]
    own: dict[Partnership, list[HeldRole]] = {}
    for role in today_roles:
        if role.partnership is not None:
            own.setdefault(role.partnership, []).append(role)
    reviewed = [row for row in queries.reached_by(access) if row not in own]
    context = {
        "own": own.items(),
        "offices": [role for role in today_roles if role.partnership is None],
        "reviewed": reviewed,
        "ahead": [role for role in roles if role.is_ahead],
        "before": [role for role in roles if role.is_over],
        "national": bool(access.everywhere),
    }
    return TemplateResponse(request, "lsp/mine.html", context)


@signed_in_page
def account(request: HttpRequest) -> HttpResponse:
    """Who one is here, and how that is proved."""
    factor = second_factor(request.user)  # type: ignore[arg-type]
    request.second_factor = factor  # type: ignore[attr-defined]
    context = {
        "partnerships": list(queries.reached_by(request.access)),  # type: ignore[attr-defined]
        "has_second_factor": factor.has,
        "kept": kept(request),
    }
    return TemplateResponse(request, "lsp/account.html", context)


@partnership_page(Perm.VIEW_INTERNAL)
def dashboard(request: HttpRequest, partnership: Partnership) -> HttpResponse:
    """What is to be done, what changed."""
    access = request.access  # type: ignore[attr-defined]
    balance = queries.balance(partnership)
    strategies, editions = overview(partnership), list(editions_of(partnership)[:3])
    gaps = sum(len(row.gaps) for row in strategies)
    open_seats = sum(row.open for row in balance)
    context = {
        "today": today(),
        "may_edit": access.can(Perm.EDIT_STRATEGY, partnership),
        "strategies": strategies,
        "accreditation": due_in(partnership) if access.can(Perm.VIEW_ASSESSMENT, partnership) else None,
        "editions": editions,
        "figures": [
            {"value": gaps, "label": _("to put right before publishing"), "bad": bool(gaps)},
            {"value": editions[0].number if editions else 0, "label": _("editions published")},
            {"value": sum(row.held for row in balance), "label": _("seats held")},
            {"value": open_seats, "label": _("seats open"), "bad": bool(open_seats)},
        ],
        "jobs": Job.objects.filter(partnership=partnership, queue=Job.Queue.REPORTS)
        .exclude(state=Job.State.DONE)
        .order_by("-asked_at")[:5],
        "deeds": list(queries.deeds_of(partnership, access)[:8])
        if access.can(Perm.VIEW_ACTIVITY, partnership)
        else None,
    }
    return TemplateResponse(request, "lsp/dashboard.html", context)
