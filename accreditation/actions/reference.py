"""Loading the schemes that ship with the product (`accreditation/reference/`, sources named there)."""

import datetime
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from django.db import transaction

from accreditation.models import Criterion, Outcome, Prompt, Rating, Scheme
from core.reference import Loaded, load, read

FOLDER = Path(__file__).resolve().parent.parent / "reference"


@transaction.atomic
def load_reference() -> list[Loaded]:
    """Load every table, in the order in which they refer to each other."""
    return [
        load(Scheme, ("code",), _schemes()),
        load(Criterion, ("scheme", "code"), _criteria()),
        load(Prompt, ("criterion", "order"), _prompts()),
        load(Rating, ("scheme", "code"), _ratings()),
        load(Outcome, ("scheme", "code"), _outcomes()),
    ]


def _rows(name: str) -> Iterator[dict[str, Any]]:
    """The rows of a file; a row that names several schemes stands for one of each."""
    schemes = {scheme.code: scheme for scheme in Scheme.objects.all()}
    for row in read(FOLDER / name):
        codes = row.pop("schemes", None) or row.pop("scheme")
        for code in codes.split():
            yield {**row, "scheme": schemes[code], "order": int(row["order"])}


def _schemes() -> Iterator[dict[str, Any]]:
    for row in read(FOLDER / "schemes.csv"):
        days = {name: int(value) for name, value in row.items() if name.endswith("_days") or name == "sign_offs"}
        yield {
            **row,
            **days,
            "valid_from": datetime.date.fromisoformat(row["valid_from"]),
            "valid_until": datetime.date.fromisoformat(row["valid_until"]) if row["valid_until"] else None,
            "only_nrf": row["only_nrf"] == "yes",
        }


def _criteria() -> Iterator[dict[str, Any]]:
    return _rows("criteria.csv")


def _prompts() -> Iterator[dict[str, Any]]:
    criteria = {(each.scheme_id, each.code): each for each in Criterion.objects.all()}
    for row in _rows("prompts.csv"):
        scheme = row.pop("scheme")
        yield {**row, "criterion": criteria[scheme.pk, row["criterion"]]}


def _ratings() -> Iterator[dict[str, Any]]:
    return _rows("ratings.csv")


def _outcomes() -> Iterator[dict[str, Any]]:
    for row in _rows("outcomes.csv"):
        yield {**row, "certifies": row["certifies"] == "yes", "wants_review": row["wants_review"] == "yes"}
