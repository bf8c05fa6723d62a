"""Reads of the Index of Multiple Deprivation: which editions are loaded, where small areas stand in them."""

from collections.abc import Iterable
from dataclasses import dataclass

from django.utils.translation import gettext as _

from partnerships.models import DeprivationRank


@dataclass(frozen=True)
class Edition:
    """A published edition: its year, the census whose small areas it ranks (two figures), and how many they are."""

    year: int
    census: str
    areas: int


# The years and numbers of rows are those of the published tables (see docs/sources.md).
EDITIONS = {
    edition.year: edition
    for edition in (
        Edition(2004, "01", 32_482),
        Edition(2007, "01", 32_482),
        Edition(2010, "01", 32_482),
        Edition(2015, "11", 32_844),
        Edition(2019, "11", 32_844),
    )
}


@dataclass(frozen=True)
class Standing:
    """Where a small area stands in an edition: rank 1 is the most deprived, decile 1 the most deprived tenth."""

    rank: int
    decile: int

    @property
    def words(self) -> str:
        """Where it stands, in words."""
        if self.decile == 1:
            return _("among the most deprived tenth of England")
        if self.decile == 2:
            return _("among the most deprived fifth of England")
        return _("in the more deprived half of England") if self.decile <= 5 else _("in the less deprived half")


def loaded_editions() -> list[int]:
    """The years of the editions that are loaded, the latest first."""
    return list(DeprivationRank.objects.order_by("-edition").values_list("edition", flat=True).distinct())


def standings(codes: Iterable[str]) -> dict[str, dict[int, Standing]]:
    """Where small areas stand: code → year of the edition → standing. An area that no table knows is missing."""
    rows = DeprivationRank.objects.filter(small_area__code__in=list(codes))
    found: dict[str, dict[int, Standing]] = {}
    for code, year, rank, decile in rows.values_list("small_area__code", "edition", "rank", "decile"):
        found.setdefault(code, {})[year] = Standing(rank, decile)
    return found
