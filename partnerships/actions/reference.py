"""Loading the facts about places that ship with the product (`partnerships/reference/`, sources named there)."""

import datetime
from collections.abc import Iterator
from decimal import Decimal
from pathlib import Path
from typing import Any

from django.db import transaction

from core.reference import Loaded, load, read
from partnerships.models import (
    Authority,
    DutyPartner,
    Eligibility,
    Figure,
    FundTotal,
    GovernanceLayer,
    GovernmentOffice,
    Measure,
    Region,
    Sector,
    Succession,
)

FOLDER = Path(__file__).resolve().parent.parent / "reference"


@transaction.atomic
def load_reference() -> list[Loaded]:
    """Load every table, in the order in which they refer to each other."""
    done = [
        load(Region, ("gss_code",), _pick("regions.csv", "gss_code", "name", "slug", "source")),
        load(GovernmentOffice, ("region",), _offices()),
        load(Sector, ("code",), _sectors()),
        load(GovernanceLayer, ("code",), _layers()),
        load(DutyPartner, ("code",), _pick("duty_partners.csv", "code", "name", "source", "note")),
    ]
    done += [
        load(Authority, ("code",), _authorities(counties=True)),
        load(Authority, ("code",), _authorities(counties=False)),
    ]
    done += [
        load(Succession, ("predecessor", "successor"), _successions()),
        load(Eligibility, ("authority", "fund", "period_from"), _eligibilities()),
        load(FundTotal, ("fund", "financial_year"), _fund_totals()),
        load(Measure, ("code",), _measures()),
        load(Figure, ("measure", "authority", "region", "period"), _figures()),
    ]
    return done


def _rows(name: str) -> Iterator[dict[str, str]]:
    return read(FOLDER / name)


def _pick(name: str, *columns: str) -> Iterator[dict[str, Any]]:
    for row in _rows(name):
        yield {column: row[column] for column in columns}


def _day(text: str) -> datetime.date | None:
    return datetime.date.fromisoformat(text) if text else None


def _source(row: dict[str, str]) -> str:
    return " ".join(part for part in (row["source"], row.get("source_url", "")) if part)


def _by(model: Any, field: str) -> dict[str, Any]:
    return {getattr(row, field): row for row in model.objects.all()}


def _offices() -> Iterator[dict[str, Any]]:
    regions = _by(Region, "gss_code")
    for row in _rows("regions.csv"):
        yield {
            "region": regions[row["gss_code"]],
            "name": row["government_office"],
            "abbreviation": row["abbreviation"],
            "source": row["source"],
        }


def _sectors() -> Iterator[dict[str, Any]]:
    for row in _pick("sectors.csv", "code", "name", "plural", "short_name", "order", "source"):
        yield {**row, "order": int(row["order"])}


def _layers() -> Iterator[dict[str, Any]]:
    for row in _rows("governance_layers.csv"):
        yield {
            "code": row["code"],
            "name": row["name"],
            "meetings_a_year_from": int(row["meetings_a_year_from"]),
            "meetings_a_year_to": int(row["meetings_a_year_to"]),
            "purpose": row["purpose"],
            "source": _source(row),
        }


def _authorities(*, counties: bool) -> Iterator[dict[str, Any]]:
    regions, known = _by(Region, "gss_code"), {} if counties else _by(Authority, "code")
    for row in _rows("authorities.csv"):
        if (row["kind"] == Authority.Kind.COUNTY) is not counties:
            continue
        yield {
            "code": row["code"],
            "name": row["name"],
            "kind": row["kind"],
            "region": regions[row["region_gss"]],
            "county": known[row["county_code"]] if row["county_code"] else None,
            "snac_code": row["snac_code"],
            "gss_code": row["gss_code"],
            "former_gss_codes": row["former_gss_codes"],
            "detr_la_code": row["detr_la_code"],
            "valid_from": _day(row["valid_from"]),
            "valid_until": _day(row["valid_until"]),
            "source": _source(row),
        }


def _successions() -> Iterator[dict[str, Any]]:
    authorities = _by(Authority, "code")
    for row in _rows("successions.csv"):
        yield {
            "predecessor": authorities[row["predecessor_code"]],
            "successor": authorities[row["successor_code"]],
            "on": datetime.date.fromisoformat(row["on"]),
            "source": _source(row),
        }


def _eligibilities() -> Iterator[dict[str, Any]]:
    authorities = _by(Authority, "code")
    for row in _rows("nrf_eligibility.csv"):
        yield {
            "authority": authorities[row["authority_code"]],
            "fund": row["fund"],
            "period_from": datetime.date.fromisoformat(row["period_from"]),
            "period_until": datetime.date.fromisoformat(row["period_until"]),
            "status": row["status"],
            "evidence": row["evidence"],
            "source": _source(row),
        }


def _fund_totals() -> Iterator[dict[str, Any]]:
    for row in _rows("fund_totals.csv"):
        yield {
            "fund": row["fund"],
            "fund_name": row["fund_name"],
            "financial_year": row["financial_year"],
            "amount": Decimal(row["amount_pounds"]).quantize(Decimal("0.01")),
            "authorities": int(row["authorities"]) if row["authorities"] else None,
            "planned": row["planned"] == "yes",
            "note": row["note"],
            "source": row["source"],
        }


def _measures() -> Iterator[dict[str, Any]]:
    for row in _pick("measures.csv", "code", "name", "unit", "derived", "source", "source_url", "note"):
        yield {**row, "derived": row["derived"] == "yes"}


def _figures() -> Iterator[dict[str, Any]]:
    measures, authorities, regions = _by(Measure, "code"), _by(Authority, "code"), _by(Region, "gss_code")
    for row in _rows("figures.csv"):
        yield _figure(row, measures, authority=authorities[row["authority_code"]], region=None)
    for row in _rows("area_totals.csv"):
        code = row["area_code"].removeprefix("gss:")
        yield _figure(row, measures, authority=None, region=None if code == "england" else regions[code])


def _figure(row: dict[str, str], measures: dict[str, Measure], **area: Any) -> dict[str, Any]:
    value = Decimal(row["value"]).quantize(Decimal("0.0001"))
    return {"measure": measures[row["measure_code"]], **area, "period": row["period"], "value": value}
