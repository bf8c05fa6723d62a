"""The data files under test, read as anybody would read them: no database, no application code."""

import csv
import tomllib
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

ROOT = Path(__file__).parents[2]
Row = dict[str, str]


@pytest.fixture(scope="session")
def table() -> Callable[[str], list[Row]]:
    """Read a CSV by its path below the root, without its ending."""

    def read(path: str) -> list[Row]:
        with (ROOT / f"{path}.csv").open(encoding="utf-8", newline="") as file:
            return list(csv.DictReader(file, strict=True))

    return read


@pytest.fixture(scope="session")
def places(table: Callable[[str], list[Row]]) -> Callable[[str], list[Row]]:
    """Read a CSV of partnerships/reference by its name."""
    return lambda name: table(f"partnerships/reference/{name}")


@pytest.fixture(scope="session")
def strategy() -> Callable[[str], dict[str, Any]]:
    """Read a demonstration strategy by the name of its area."""
    return lambda name: tomllib.loads((ROOT / f"lsp/demonstration/strategies/{name}.toml").read_text(encoding="utf-8"))
