"""The queue of a region, as a page and as files; and who of the office has how much of it."""

from typing import Any

from django.db.models import DurationField, ExpressionWrapper, F
from django.db.models.functions import Lower, Now
from django.http import HttpRequest, HttpResponse
from django.template.response import TemplateResponse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from core.dates import today
from core.exports import export, wants_file
from core.listing import Listing, listing
from core.refusals import Text
from partnerships.models import Region
from partnerships.permissions import Perm
from partnerships.tenancy.pages import office_page
from reviews import queries
from reviews.forms.queue_filter import QueueFilter
from reviews.models import Case
from reviews.views.rows import cells, columns, row_of
from reviews.views.waiting import days

KEYS: dict[str, Any] = {
    "partnership": Lower("partnership__short_name"),
    "waiting": ExpressionWrapper(Now() - F("opened_at"), output_field=DurationField()),
    "due": "due_on",
    "reviewer": Lower("reviewer__name"),
    "state": "state",
}
FREE = 20  # cases that nobody has taken, for a manager to assign; the queue has all
ORDERS: dict[tuple[str, bool], Text] = {
    ("waiting", True): gettext_lazy("longest wait first"),
    ("waiting", False): gettext_lazy("shortest wait first"),
    ("due", False): gettext_lazy("earliest due first"),
    ("due", True): gettext_lazy("latest due first"),
    ("partnership", False): gettext_lazy("by partnership, A to Z"),
    ("partnership", True): gettext_lazy("by partnership, Z to A"),
    ("reviewer", False): gettext_lazy("by reviewer, A to Z"),
    ("reviewer", True): gettext_lazy("by reviewer, Z to A"),
}


@office_page(Perm.VIEW_CASES)
def queue(request: HttpRequest, region: Region) -> HttpResponse:
    """Everything that the partnerships of the region have submitted; whoever has waited longest comes first."""
    by = request.access  # type: ignore[attr-defined]
    asked = QueueFilter(request.GET, staff=queries.staff_of(region.pk))
    understood = asked.is_valid()
    cases = queries.queue(region, **asked.wanted(by.person_id)) if understood else Case.objects.none()
    shown = listing(cases, KEYS, request.GET, default="-waiting")
    if understood and wants_file(request):
        return export(request, f"queue-{region.slug}-{today().isoformat()}", columns(), map(cells, shown.rows))
    context = {
        "region": region,
        "form": asked,
        "understood": understood,
        "filtered": any(request.GET.get(name) for name in asked.fields),
        "figures": _figures(region),
        "listing": shown,
        "rows": [row_of(case, by) for case in shown.page],
        "order": _order(shown),
        "today": today(),
    }
    return TemplateResponse(request, "reviews/queue.html", context)


def _order(shown: Listing) -> Text:
    return ORDERS.get((shown.sort, shown.descending), _("by state"))


def _figures(region: Region) -> list[dict[str, Any]]:
    found = queries.figures(region)
    strip: list[dict[str, Any]] = [
        {"value": found.open, "label": _("open")},
        {"value": found.late, "label": _("late"), "bad": bool(found.late)},
        {"value": found.free, "label": _("nobody has taken")},
        {"value": found.with_partnership, "label": _("with the partnership")},
    ]
    if found.middle_wait is not None:
        number, unit = days(found.middle_wait).split(" ", 1)
        strip.append({"value": number, "of": unit, "label": _("middle wait")})
    return strip


@office_page(Perm.VIEW_CASES)
def workload(request: HttpRequest, region: Region) -> HttpResponse:
    """Who has taken how much, what of it is late, and what nobody has taken."""
    loads = queries.workload(region)
    manages = queries.staff_of(region.pk, Perm.COUNTERSIGN).filter(pk=request.access.person_id).exists()  # type: ignore[attr-defined]
    context = {
        "manages": manages,
        "free": queries.queue(region, nobody=True)[:FREE] if manages else [],
        "region": region,
        "loads": [load for load in loads if load.person],
        "nobody": next((load for load in loads if load.person is None), None),
        "total": sum(load.open for load in loads),
        "today": today(),
    }
    return TemplateResponse(request, "reviews/workload.html", context)
