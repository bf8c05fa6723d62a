"""Every reference file is tidy: UTF-8, LF, whole rows, a source for each fact."""

import csv
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
FILES = sorted(ROOT.glob("*/reference/*.csv")) + sorted(ROOT.glob("lsp/demonstration/*/*.csv"))
SOURCED_BY_MEASURE = {"figures.csv", "area_totals.csv"}


@pytest.mark.parametrize("path", FILES, ids=lambda path: path.name)
def test_file_is_tidy(path):
    raw = path.read_bytes()
    assert raw.endswith(b"\n") and b"\r" not in raw
    header, *rows = csv.reader(raw.decode("utf-8").splitlines(), strict=True)
    assert rows
    assert len(set(header)) == len(header)
    assert all(len(row) == len(header) for row in rows)
    assert all(cell == cell.strip() for row in rows for cell in row)
    assert len({tuple(row) for row in rows}) == len(rows)


@pytest.mark.parametrize(
    "path",
    [path for path in FILES if path.parent.name == "reference" and path.name not in SOURCED_BY_MEASURE],
    ids=lambda path: path.name,
)
def test_every_row_has_a_source(path):
    with path.open(encoding="utf-8", newline="") as file:
        for row in csv.DictReader(file):
            assert row["source"], row
            assert not row.get("source_url") or row["source_url"].startswith(("http://", "https://"))
            assert "UNSOURCED" not in row["source"]


def test_readme_counts_the_rows_of_every_file(places):
    readme = (ROOT / "partnerships/reference/README.md").read_text(encoding="utf-8")
    for path in (ROOT / "partnerships/reference").glob("*.csv"):
        assert f"| `{path.name}` | {len(places(path.stem)):,} |" in readme
