"""How a body is composed: by sector, by duty, by group, against what the partnership wants."""

from collections.abc import Iterator
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.template.response import TemplateResponse
from django.utils.translation import gettext as _

from core.exports import export, wants_file
from partnerships.models import GovernanceLayer, Partnership
from partnerships.permissions import Perm
from partnerships.queries.composition import Composition, bodies, composition
from partnerships.tenancy.pages import partnership_page
from partnerships.views.seats import may_manage


@partnership_page(Perm.VIEW_INTERNAL)
def balance(request: HttpRequest, partnership: Partnership) -> HttpResponse:
    """The balance of a body, the board's unless `?body=` names another: a chart, tables, who is missing; or a file."""
    layers = list(bodies())
    body = body_of(request, layers)
    found = composition(partnership, body)
    if wants_file(request):
        columns = [_("Body"), _("What"), _("Name"), _("Wanted"), _("Seats"), _("Held"), _("Open"), _("Difference")]
        return export(request, f"balance-{partnership.slug}-{body.code}", columns, _rows(found))
    context = {
        "body": body,
        "bodies": [{"label": layer.name, "href": f"?body={layer.code}", "current": layer == body} for layer in layers],
        "composition": found,
        "may_manage": may_manage(request, partnership),
    }
    return TemplateResponse(request, "partnerships/balance_page.html", context)


def body_of(request: HttpRequest, layers: list[GovernanceLayer]) -> GovernanceLayer:
    """The body that the address names; the board if it names none that there is."""
    asked = request.GET.get("body", "")
    return next((layer for layer in layers if layer.code == asked), layers[0])


def _rows(found: Composition) -> Iterator[list[Any]]:
    body = found.body.name
    for what, sides in ((_("Sector"), found.sectors), (_("Under-represented group"), found.groups)):
        for side in sides:
            yield [body, what, side.name, side.wanted, side.seats, side.held, side.open, side.difference]
    for duty in found.duties:
        for partner in duty.partners:
            seated = _("has a seat") if partner.organisation_id in found.seated else _("has no seat")
            name = f"{duty.name}: {partner.organisation.name} ({partner.agreement})"
            yield [body, _("Named partner"), name, None, None, None, None, seated]
        if not duty.partners:
            words = _("not named in any agreement")
            yield [body, _("Named partner"), duty.name, None, None, None, None, words]
