"""What the address of a database says besides who and where."""

from collections.abc import Mapping
from typing import Any


def options_of(database: Mapping[str, Any], ours: str) -> dict[str, Any]:
    """The OPTIONS of a parsed address (`?sslmode=verify-full`), with PostgreSQL settings of ours (`-c name=value`).

    The address is the operator's word, so what it sets itself comes after ours and wins.
    """
    options = dict(database.get("OPTIONS", {}))
    return {**options, "options": f"{ours} {options.get('options', '')}".strip()}
