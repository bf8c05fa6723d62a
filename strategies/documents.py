"""A strategy's rows → what is frozen (`snapshot`) → the article that web and PDF share (`article`) → the PDF's page.

Everything below `snapshot` works from its plain values alone, so what was frozen can be drawn again from itself.
"""

import datetime
from dataclasses import dataclass, field
from string import ascii_uppercase
from typing import Any

from django.conf import settings
from django.template.loader import render_to_string
from django.utils import timezone
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _

from core import charts, dates, markdown
from partnerships import queries as partnerships
from strategies.models import Edition, Strategy, Text
from strategies.queries import priorities_of

MEASURES = ("small_areas", "small_areas_worst_tenth", "small_areas_worst_fifth", "mean_score", "rank_of_mean_score")
YEARS = ("2004", "2007")

Values = dict[str, Any]


@dataclass(frozen=True)
class Article:
    """The frozen rows, the article made from them, its chapters, and the seats on the cover."""

    content: Values
    body: str
    contents: list[Values]
    seats: Values


@dataclass
class Chapter:
    """A chapter while its article is drawn: numbers its paragraphs 1.1, 1.2 …"""

    number: int
    anchor: str
    title: str
    kind: str
    data: Values = field(default_factory=dict)
    _paragraphs: int = 0

    def numbered(self, text: str, heading_base: int = 3) -> list[Values]:
        """The blocks of a text, each with the number by which it can be quoted. Headings have none."""
        blocks: list[Values] = []
        for html in markdown.to_blocks(text, heading_base=heading_base):
            if html.lstrip().startswith("<h"):
                blocks.append({"html": html})
                continue
            self._paragraphs += 1
            blocks.append(
                {"html": html, "label": f"{self.number}.{self._paragraphs}", "id": f"p{self.number}-{self._paragraphs}"}
            )
        return blocks


def article(strategy: Strategy) -> Article:
    """Freeze what is written now, and draw it."""
    content = snapshot(strategy)
    chapters = _chapters(content)
    body = render_to_string("strategies/article.html", {"chapters": chapters, "content": content})
    return Article(
        content=content,
        body=body,
        contents=[{"number": c.number, "anchor": c.anchor, "title": c.title} for c in chapters],
        seats={
            "held": sum(row["held"] for row in content["seats"]),
            "open": sum(row["open"] for row in content["seats"]),
        },
    )


def snapshot(strategy: Strategy) -> Values:
    """Every value the article needs, as JSON can hold it."""
    partnership = strategy.partnership
    texts = {text.kind: text.body for text in Text.objects.filter(strategy=strategy)}
    return {
        "partnership": partnership.name,
        "area": partnership.short_name,
        "region": partnership.region.name,
        "title": strategy.title,
        "subtitle": strategy.subtitle,
        "period": [strategy.period_from.isoformat(), strategy.period_until.isoformat()],
        "texts": {kind: texts.get(kind, "") for kind in Text.Kind.values},
        "issues": [{"title": issue.title, "body": issue.body} for issue in strategy.issues.order_by("order", "pk")],
        "priorities": [_priority(priority) for priority in priorities_of(strategy)],
        "seats": [
            {"sector": row.name, "held": row.held, "open": row.open} for row in partnerships.balance(partnership)
        ],
        "members": [
            {"name": member.name, "sector": member.sector.plural} for member in partnerships.members_of(partnership)
        ],
        "figures": {year: _figures(strategy, year) for year in YEARS},
    }


def _priority(priority: Any) -> Values:
    return {
        "theme": priority.theme.name,
        "title": priority.title,
        "body": priority.body,
        "objectives": [
            {
                "title": objective.title,
                "body": objective.body,
                "actions": [_action(action) for action in objective.actions.all()],
            }
            for objective in priority.objectives.all()
        ],
    }


def _action(action: Any) -> Values:
    return {
        "title": action.title,
        "lead": action.lead.name,
        "partners": [helper.organisation.name for helper in action.helpers.all()],
        "starts_on": action.starts_on.isoformat(),
        "ends_on": action.ends_on.isoformat(),
        "measure": action.measure,
    }


def _figures(strategy: Strategy, year: str) -> Values:
    found = partnerships.figures(strategy.partnership, MEASURES, year)
    places = {"area": found.area, "region": found.region, "england": found.england}
    return {place: {code: float(value) for code, value in values.items()} for place, values in places.items()}


def _chapters(content: Values) -> list[Chapter]:
    """The chapters in their order, each with its paragraphs numbered."""
    chapters: list[Chapter] = []

    def chapter(anchor: str, title: str, kind: str, **data: Any) -> Chapter:
        chapters.append(Chapter(len(chapters) + 1, anchor, title, kind, data))
        return chapters[-1]

    texts = content["texts"]
    for kind in (Text.Kind.FOREWORD, Text.Kind.VISION):
        made = chapter(kind.value, str(kind.label), "text")
        made.data["blocks"] = made.numbered(texts[kind])
    made = chapter("area", _("%(area)s in figures") % {"area": content["area"]}, "area")
    made.data |= {"blocks": made.numbered(texts[Text.Kind.AREA]), **_area(content)}
    made = chapter("issues", _("What has to change"), "issues")
    made.data["issues"] = [
        {"title": issue["title"], "blocks": made.numbered(issue["body"], 4)} for issue in content["issues"]
    ]
    made = chapter("priorities", _("Our priorities at a glance"), "glance", rows=_glance(content))
    for place, priority in enumerate(content["priorities"], start=1):
        made = chapter(f"priority-{place}", priority["title"], "priority", theme=priority["theme"])
        made.data["blocks"] = made.numbered(priority["body"])
        made.data["objectives"] = [
            {
                "title": objective["title"],
                "label": f"{made.number}{_letters(number)}",
                "blocks": made.numbered(objective["body"], 4),
                "actions": [_shown(action) for action in objective["actions"]],
            }
            for number, objective in enumerate(priority["objectives"])
        ]
    made = chapter(Text.Kind.PROGRESS.value, str(Text.Kind.PROGRESS.label), "text")
    made.data["blocks"] = made.numbered(texts[Text.Kind.PROGRESS])
    chapter("partners", _("Who made this strategy"), "partners", sectors=_by_sector(content["members"]))
    return chapters


def _letters(place: int) -> str:
    """A, B … Z, AA, AB … for the places 0, 1 …"""
    before, last = divmod(place, len(ascii_uppercase))
    return (_letters(before - 1) if before else "") + ascii_uppercase[last]


def _shown(action: Values) -> Values:
    """An action with its dates in words."""
    days = {name: datetime.date.fromisoformat(action[name]) for name in ("starts_on", "ends_on")}
    words = {name: dates.short_date(day) for name, day in days.items()}
    return {**action, "by": _("%(starts_on)s to %(ends_on)s") % words}


def _glance(content: Values) -> list[Values]:
    """A row a priority: how much it holds and who leads in it."""
    rows: list[Values] = []
    for priority in content["priorities"]:
        actions = [action for objective in priority["objectives"] for action in objective["actions"]]
        leads = sorted({action["lead"] for action in actions}, key=str.casefold)
        objectives = [objective["title"] for objective in priority["objectives"]]
        rows.append({**priority, "objective_titles": objectives, "action_count": len(actions), "leads": leads})
    return rows


def _by_sector(members: list[Values]) -> list[Values]:
    sectors: dict[str, list[str]] = {}
    for member in members:
        sectors.setdefault(member["sector"], []).append(member["name"])
    return [{"name": name, "members": names} for name, names in sectors.items()]


def _area(content: Values) -> Values:
    """The chart and the tables of the area, as far as figures were counted for it."""
    years = [_bands(content, year) for year in YEARS]
    years = [year for year in years if year]
    seats = [{**row, "dots": charts.dots(row["held"], row["open"])} for row in content["seats"]]
    total = sum(row["held"] for row in seats)
    for row in seats:
        row["share"] = round(100 * row["held"] / total) if total else 0
    return {
        "years": years,
        "chart": _chart(content, years[-1]) if years else "",
        "seats": seats,
        "seat_total": total,
        "open_total": sum(row["open"] for row in seats),
    }


def _bands(content: Values, year: str) -> Values:
    """Small areas by how they stand in England: the worst tenth, the tenth above, the rest; with comparisons."""
    figures = content["figures"][year]
    area = figures["area"]
    if not {"small_areas", "small_areas_worst_tenth", "small_areas_worst_fifth"} <= area.keys():
        return {}
    every, tenth, fifth = (
        int(area[code]) for code in ("small_areas", "small_areas_worst_tenth", "small_areas_worst_fifth")
    )
    return {
        "year": year,
        "every": every,
        "tenth": tenth,
        "next": fifth - tenth,
        "rest": every - fifth,
        "rank": int(area["rank_of_mean_score"]) if "rank_of_mean_score" in area else None,
        "shares": [
            {
                "name": name,
                "tenth": _share(values, "small_areas_worst_tenth"),
                "fifth": _share(values, "small_areas_worst_fifth"),
            }
            for name, values in (
                (content["area"], area),
                (content["region"], figures["region"]),
                (_("England"), figures["england"]),
            )
            if values.get("small_areas")
        ],
    }


def _share(values: Values, code: str) -> str:
    return f"{100 * values[code] / values['small_areas']:.1f}%" if code in values else _("No data")


def _chart(content: Values, bands: Values) -> SafeString:
    title = _("%(count)s of %(every)s small areas of %(area)s stand in England’s most deprived fifth") % {
        "count": bands["tenth"] + bands["next"],
        "every": bands["every"],
        "area": content["area"],
    }
    rows = [
        (_("Most deprived tenth"), bands["tenth"]),
        (_("The tenth above it"), bands["next"]),
        (_("The other eight tenths"), bands["rest"]),
    ]
    unit = _("Small areas by where they stand in England, %(year)s") % {"year": bands["year"]}
    source = _("Index of Deprivation %(year)s, counted from its table of small areas") % {"year": bands["year"]}
    return charts.bars("small-areas", title, unit, rows, highlight=[rows[0][0]], source=source)


def edition_page(edition: Edition) -> str:
    """The complete page that becomes the PDF of an edition: cover, contents, the same article as on the web."""
    return _pdf_page(
        title=edition.title,
        subtitle=edition.subtitle,
        partnership_name=edition.partnership_name,
        mark=_("Edition %(number)s") % {"number": edition.number},
        date=dates.long_date(edition.published_at),
        demonstration=edition.demonstration,
        seats=edition.seats,
        contents=edition.contents,
        body=edition.body,
        note=_("SHA-256 of this edition: %(hash)s") % {"hash": edition.sha256},
        address=settings.SITE_URL + edition.get_absolute_url(),
    )


def draft_page(strategy: Strategy, made: Article, *, demonstration: bool) -> str:
    """The same for a draft, marked as one."""
    return _pdf_page(
        title=strategy.title,
        subtitle=strategy.subtitle,
        partnership_name=strategy.partnership.name,
        mark=_("Draft, not published"),
        date=dates.date_time(timezone.now()),
        demonstration=demonstration,
        seats=made.seats,
        contents=made.contents,
        body=made.body,
        note="",
        draft=True,
    )


def _pdf_page(*, seats: Values, **context: Any) -> str:
    cover = charts.ring_cover(seats["held"], seats["open"])
    return render_to_string("strategies/edition_pdf.html", {**context, "seats": seats, "cover": cover})
