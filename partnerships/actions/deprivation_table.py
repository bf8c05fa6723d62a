"""Reading a published table of the Index of Multiple Deprivation, CSV or XLSX, by the names of its columns.

The government has published a table for each edition, with other headings each time; so have those who pass them on.
"""

import csv
import io
import re
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import Any
from zipfile import BadZipFile

from django.utils.text import get_text_list
from django.utils.translation import gettext as _
from openpyxl import load_workbook

from core.refusals import Refusal
from core.sheets import Fault, Unreadable
from core.sheets.workbook import OLD_OFFICE, ZIP
from partnerships.queries.deprivation import Edition

CODE = re.compile(r"E01[0-9]{6}")
SCORE = re.compile(r"[0-9]{1,3}(\.[0-9]+)?")
NAMES = {
    "code": "LSOA code",
    "name": "LSOA name",
    "authority": "Local Authority District code",
    "rank": "Index of Multiple Deprivation (IMD) Rank",
    "decile": "Index of Multiple Deprivation (IMD) Decile",
    "score": "Index of Multiple Deprivation (IMD) Score",
}
NEEDED = ("code", "rank")

# Headings as `_folded` leaves them. Where two fit, the first pattern that any heading fits is taken; {year} is of the
# edition, so that a table of several editions can be loaded for each of them.
PATTERNS = {
    "code": (r"l?soa(?P<census>\d\d)?(code|cd)(20(?P<of>\d\d))?", r"l?soa"),
    "name": (r"l?soa(\d\d)?(name|nm)(20\d\d)?",),
    "authority": (r"(pre2009)?lacode", r"localauthoritydistrictcode(20\d\d)?", r"snaccode", r"lad\d\d(code|cd)"),
    "rank": (
        r"indexofmultipledeprivationimdrank(where1ismostdeprived)?",
        r"rankofimdscore(where1ismostdeprived)?",
        r"imd{year}rank",
        r"imdrank",
    ),
    "decile": (r"indexofmultipledeprivationimddecile(where1ismostdeprived\w*)?", r"imd{year}decile", r"imddecile"),
    "score": (r"indexofmultipledeprivationimdscore", r"imd{year}score", r"imdscore"),
}
LONGEST_NAME = 100
SPREAD = 0.9  # of the ranks are of one area alone: a rank is shared by two here and there, deciles by thousands


@dataclass(frozen=True, slots=True)
class Area:
    """One row of the table. `authority` is a SNAC or GSS code, or empty; `decile` is calculated where it is missing."""

    code: str
    name: str
    authority: str
    rank: int
    decile: int
    score: Decimal | None


class Faulty(Refusal):
    """Rows of the table are wrong; nothing was loaded. `faults` names each by row and column."""

    status = 422

    def __init__(self, faults: Sequence[Fault]) -> None:
        super().__init__(faults)
        self.faults = faults

    def sentence(self) -> str:
        return _("Nothing was loaded: %(count)d things are wrong in the table.") % {"count": len(self.faults)}


def read_table(content: bytes, edition: Edition) -> list[Area]:
    """The small areas of a published table. Raises Unreadable when it is none, or Faulty with every wrong cell."""
    missing: list[str] = []
    for rows in _sheets(content):
        heading = next(rows, [])
        columns = _columns(heading, edition.year)
        missing = [NAMES[key] for key in NEEDED if key not in columns]
        if not missing:
            _check_census(heading, edition)
            return _Reader(columns, heading).read(rows)
    raise Unreadable(
        _("There is no column for: %(names)s. The first row must hold the headings of the published table.")
        % {"names": get_text_list(missing or [NAMES[key] for key in NEEDED], _("and"))}
    )


def _sheets(content: bytes) -> Iterator[Iterator[list[str]]]:
    """The rows of each sheet of a workbook (the published ones begin with notes), or of a CSV file."""
    if content.startswith(OLD_OFFICE):
        raise Unreadable(_("This is an old workbook (XLS). Save the sheet with the ranks as XLSX or CSV."))
    if not content.startswith(ZIP):
        yield _csv(content)
        return
    try:
        book = load_workbook(io.BytesIO(content), read_only=True, data_only=True, keep_links=False)
    except (BadZipFile, KeyError, ValueError) as error:
        raise Unreadable(_("The file is damaged or no Excel workbook.")) from error
    for sheet in book.worksheets:
        sheet.reset_dimensions()
        yield ([_text(cell) for cell in row] for row in sheet.iter_rows(values_only=True))


def _csv(content: bytes) -> Iterator[list[str]]:
    try:
        text = content.decode("utf-8-sig")
    except UnicodeDecodeError:
        text = content.decode("cp1252", errors="replace")
    if "\0" in text:
        raise Unreadable(_("This is not a table. Choose the CSV or XLSX file with the ranks."))
    return csv.reader(io.StringIO(text, newline=""))


def _text(cell: Any) -> str:
    if isinstance(cell, float) and cell.is_integer():
        return str(int(cell))
    return "" if cell is None else str(cell)


def _folded(heading: str) -> str:
    """A heading without case, spaces and signs: “LSOA code (2011)” is lsoacode2011."""
    return re.sub(r"[^a-z0-9]", "", heading.casefold())


def _columns(heading: Sequence[str], year: int) -> dict[str, int]:
    """Where each column stands. Raises Unreadable when two columns say that they are the same."""
    folded = [_folded(words) for words in heading]
    found = {}
    for key, patterns in PATTERNS.items():
        for pattern in patterns:
            fitting = [n for n, words in enumerate(folded) if re.fullmatch(pattern.replace("{year}", str(year)), words)]
            if len(fitting) > 1:
                twice = get_text_list([f"“{heading[place]}”" for place in fitting], _("and"))
                raise Unreadable(_("These columns are the same: %(names)s. Take one of them out.") % {"names": twice})
            if fitting:
                found[key] = fitting[0]
                break
    return found


def _check_census(heading: Sequence[str], edition: Edition) -> None:
    """Refuse a table that says it ranks the small areas of another census than the edition does."""
    words = heading[_columns(heading, edition.year)["code"]]
    match = re.fullmatch(PATTERNS["code"][0], _folded(words))
    census = match and (match["census"] or match["of"])
    if census and census != edition.census:
        raise Unreadable(
            _("“%(heading)s” is not a column of the edition of %(year)d, which ranks the areas of 20%(census)s.")
            % {"heading": words.strip(), "year": edition.year, "census": edition.census}
        )


class _Reader:
    """Turns the rows below the heading into areas, and collects what is wrong in them."""

    def __init__(self, columns: dict[str, int], heading: Sequence[str]) -> None:
        self.columns = columns
        self.headings = {key: heading[place].strip() for key, place in columns.items()}
        self.faults: list[Fault] = []
        self.first_rows: dict[str, int] = {}

    def read(self, rows: Iterable[Sequence[str]]) -> list[Area]:
        """Every row that is not empty. Raises Unreadable, Faulty."""
        try:
            taken = [(number, row) for number, row in enumerate(rows, start=2) if any(map(str.strip, row))]
        except csv.Error as error:
            raise Unreadable(_("The file cannot be read as CSV: %(why)s.") % {"why": error}) from error
        if not taken:
            raise Unreadable(_("The file has a heading and nothing below it."))
        areas = [self._area(number, row, len(taken)) for number, row in taken]
        if self.faults:
            raise Faulty(self.faults)
        known = [area for area in areas if area is not None]
        self._check_spread(known)
        return known

    def _area(self, number: int, row: Sequence[str], count: int) -> Area | None:
        cells = {key: row[place].strip() if place < len(row) else "" for key, place in self.columns.items()}
        before = len(self.faults)
        code = self._code(number, cells["code"].upper())
        rank = self._whole(number, "rank", cells["rank"], count)
        decile = self._decile(number, cells.get("decile", ""), rank, count)
        score = self._score(number, cells.get("score", ""))
        if len(self.faults) > before:
            return None
        name, authority = cells.get("name", "")[:LONGEST_NAME], cells.get("authority", "")
        return Area(code, name, authority, rank, decile, score)

    def _wrong(self, number: int, key: str, message: str) -> None:
        self.faults.append(Fault(number, self.headings[key], message))

    def _code(self, number: int, code: str) -> str:
        if not CODE.fullmatch(code):
            self._wrong(number, "code", _("“%(code)s” is no LSOA code: E01 and six figures.") % {"code": code[:40]})
        elif self.first_rows.setdefault(code, number) != number:
            first = self.first_rows[code]
            self._wrong(number, "code", _("%(code)s stands in row %(row)d already.") % {"code": code, "row": first})
        return code

    def _whole(self, number: int, key: str, text: str, most: int) -> int:
        """A whole number from 1 to `most`; 0 where it is none, and then a fault tells."""
        plain = text.replace(",", "").removesuffix(".0")
        value = int(plain) if re.fullmatch(r"[0-9]{1,9}", plain) else 0
        if not 1 <= value <= most:
            words = _("“%(text)s” is no whole number from 1 to %(most)d, the number of rows. Load the whole table.")
            if key == "decile":
                words = _("“%(text)s” is no whole number from 1 to %(most)d.")
            self._wrong(number, key, words % {"text": text[:40], "most": most})
            return 0
        return value

    def _decile(self, number: int, text: str, rank: int, count: int) -> int:
        """As it stands, if it fits the rank (the published ones round here and there); calculated where it is empty."""
        calculated = -(-rank * 10 // count)
        if "decile" not in self.columns or not text:
            return calculated
        decile = self._whole(number, "decile", text, 10)
        if decile and rank and abs(decile - calculated) > 1:
            self._wrong(
                number,
                "decile",
                _("Decile %(decile)d does not fit rank %(rank)d of %(count)d. 1 must be the most deprived.")
                % {"decile": decile, "rank": rank, "count": count},
            )
        return decile

    def _score(self, number: int, text: str) -> Decimal | None:
        if not text:
            return None
        if not SCORE.fullmatch(text):
            self._wrong(number, "score", _("“%(text)s” is no score.") % {"text": text[:40]})
            return None
        return Decimal(text).quantize(Decimal("0.001"))

    def _check_spread(self, areas: Sequence[Area]) -> None:
        shared = Counter(area.rank for area in areas)
        if len(shared) < SPREAD * len(areas):
            raise Unreadable(
                _("“%(heading)s” holds %(different)d different ranks in %(count)d rows: that is no column of ranks.")
                % {"heading": self.headings["rank"], "different": len(shared), "count": len(areas)}
            )
