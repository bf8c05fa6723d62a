"""What everyone sees first: home, the regions, a partnership's public page."""

from django.http import HttpRequest, HttpResponse
from django.template.response import TemplateResponse
from django.utils.translation import gettext as _

from core import charts
from partnerships import queries
from partnerships.models import GovernmentOffice, Partnership
from partnerships.queries.contacts import first_contact
from partnerships.queries.settings import tiers
from partnerships.tenancy.pages import public_page, public_partnership_page
from strategies.queries import current_editions, just_published

# Where a region lies in a drawing of England: as the tiles of the home page are placed.
TILES = [
    "North East",
    "North West",
    "Yorkshire and The Humber",
    "West Midlands",
    "East Midlands",
    "East of England",
    "South West",
    "South East",
    "London",
]


@public_page
def home(request: HttpRequest) -> HttpResponse:
    """Find a partnership; what the renewal fund pays; what was published."""
    regions = {region.name: region for region in queries.regions()}
    totals = list(queries.fund_totals())
    context = {
        "tiles": [
            {"region": regions[name], "depth": _depth(regions[name].nrf_count)} for name in TILES if name in regions
        ],
        "partnership_count": sum(region.partnership_count for region in regions.values()),
        "nrf_count": sum(region.nrf_count for region in regions.values()),
        "totals": totals,
        "totals_chart": charts.bars(
            "nrf",
            _("The fund grew from £200 million to £525 million a year"),
            _("Total for each financial year, £ million"),
            [(total.year, int(total.amount / 1_000_000)) for total in totals],
            highlight=[total.year for total in totals if not total.planned],
        )
        if totals
        else "",
        "published": just_published(),
    }
    return TemplateResponse(request, "lsp/home.html", context)


@public_page
def regions(request: HttpRequest) -> HttpResponse:
    """The nine regions as a table."""
    return TemplateResponse(request, "lsp/regions.html", {"regions": queries.regions()})


@public_partnership_page
def public(request: HttpRequest, partnership: Partnership) -> HttpResponse:
    """A partnership as the public sees it: who sits there, what it has published, its area in figures."""
    balance = queries.balance(partnership)
    held, open_seats = sum(row.held for row in balance), sum(row.open for row in balance)
    context = {
        "partnership_shown": partnership,
        "may_enter": request.access.reaches(partnership),  # type: ignore[attr-defined]
        "office": GovernmentOffice.objects.get(region_id=partnership.region_id),
        "areas": queries.areas_of(partnership),
        "predecessors": list(Partnership.objects.filter(successor=partnership).in_order()),
        "tiers": tiers(partnership),
        "balance": balance,
        "seats": held + open_seats,
        "open_seats": open_seats,
        "ring": charts.seat_ring("ring", [(row.label, row.label.split()[0], row.held, row.open) for row in balance])
        if balance
        else "",
        "editions": current_editions(partnership),
        "figures": queries.figures(partnership, FIGURES, "2004"),
        "contact": first_contact(partnership),
    }
    return TemplateResponse(request, "lsp/public.html", context)


FIGURES = ("small_areas", "small_areas_worst_tenth", "small_areas_worst_fifth", "rank_of_mean_score")


def _depth(count: int) -> int:
    """One of four depths of petrol, which repeat the printed number."""
    return 1 if count < 5 else 2 if count < 10 else 3 if count < 20 else 4
