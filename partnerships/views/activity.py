"""The log of deeds."""

from django.http import HttpRequest, HttpResponse
from django.template.response import TemplateResponse
from django.utils.translation import gettext as _

from core.exports import export, wants_file
from core.listing import listing
from partnerships import queries
from partnerships.models import Partnership
from partnerships.permissions import Perm
from partnerships.tenancy.pages import partnership_page


@partnership_page(Perm.VIEW_ACTIVITY)
def activity(request: HttpRequest, partnership: Partnership) -> HttpResponse:
    """Who did what, when and why."""
    deeds = queries.deeds_of(partnership)
    shown = listing(deeds, {"number": "number"}, request.GET, default="-number", per_page=50)
    if wants_file(request):
        columns = [_("Number"), _("When"), _("Who"), _("What"), _("Deed"), _("Why")]
        rows = ([d.number, d.at, d.who, d.what, d.words, d.reason] for d in shown.rows)
        return export(request, f"activity-{partnership.slug}", columns, rows)
    return TemplateResponse(request, "partnerships/activity.html", {"listing": shown})
