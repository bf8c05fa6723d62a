"""Loading an edition of the Index of Multiple Deprivation, whole or not at all."""

from collections.abc import Sequence
from dataclasses import dataclass

from django.db import connection, transaction

from core.reference import Loaded
from partnerships.actions.deprivation_table import Area
from partnerships.models import Authority, DeprivationRank, SmallArea

INCOMING = """
CREATE TEMPORARY TABLE incoming (
    code text PRIMARY KEY, name text, authority_id bigint, rank int, decile int, score numeric(7, 3)
) ON COMMIT DROP
"""
NEW_AREAS = """
INSERT INTO {area} (code, name, authority_id) SELECT code, name, authority_id FROM incoming
ON CONFLICT (code) DO NOTHING
"""
# What one table says of an area stands; a later one adds what was unknown. Authorities and names change over the years.
COMPLETED_AREAS = """
UPDATE {area} AS area SET name = coalesce(nullif(area.name, ''), incoming.name),
    authority_id = coalesce(area.authority_id, incoming.authority_id)
FROM incoming WHERE incoming.code = area.code AND (
    (area.name = '' AND incoming.name <> '') OR (area.authority_id IS NULL AND incoming.authority_id IS NOT NULL))
"""
GONE_RANKS = """
DELETE FROM {rank} AS stands USING {area} AS area
WHERE area.id = stands.small_area_id AND stands.edition = %(edition)s
    AND NOT EXISTS (SELECT FROM incoming WHERE incoming.code = area.code)
"""
CHANGED_RANKS = """
UPDATE {rank} AS stands
SET rank = incoming.rank, decile = incoming.decile, score = incoming.score, source = %(source)s
FROM incoming JOIN {area} AS area USING (code)
WHERE stands.small_area_id = area.id AND stands.edition = %(edition)s
    AND (stands.rank, stands.decile, stands.score, stands.source)
        IS DISTINCT FROM (incoming.rank, incoming.decile, incoming.score, %(source)s)
"""
NEW_RANKS = """
INSERT INTO {rank} (small_area_id, edition, rank, decile, score, source)
SELECT area.id, %(edition)s, incoming.rank, incoming.decile, incoming.score, %(source)s
FROM incoming JOIN {area} AS area USING (code)
ON CONFLICT (small_area_id, edition) DO NOTHING
"""


@dataclass(frozen=True)
class LoadedEdition:
    """What a load did: to small areas, to ranks, and how many areas' authority is known from the table."""

    areas: Loaded
    ranks: Loaded
    removed: int
    placed: int


@transaction.atomic
def load_deprivation(areas: Sequence[Area], *, edition: int, source: str, dry_run: bool = False) -> LoadedEdition:
    """Make an edition what a table says: ranks are added, changed and removed; small areas are added or completed.

    A `dry_run` does the same and takes it back.
    """
    authorities = _authorities()
    placed = 0
    with connection.cursor() as cursor:
        cursor.execute(INCOMING)
        with cursor.copy("COPY incoming FROM STDIN") as copy:
            for area in areas:
                authority = authorities.get(area.authority.upper())
                placed += authority is not None
                copy.write_row((area.code, area.name, authority, area.rank, area.decile, area.score))
        cursor.execute("ANALYZE incoming")
        parameters: dict[str, int | str] = {"edition": edition, "source": source}
        names = {"area": SmallArea._meta.db_table, "rank": DeprivationRank._meta.db_table}

        def run(statement: str) -> int:
            cursor.execute(statement.format(**names), parameters)
            return int(cursor.rowcount)

        new, completed = run(NEW_AREAS), run(COMPLETED_AREAS)
        removed, changed, added = run(GONE_RANKS), run(CHANGED_RANKS), run(NEW_RANKS)
        cursor.execute("DROP TABLE incoming")
    if dry_run:
        transaction.set_rollback(True)
    return LoadedEdition(
        areas=Loaded(str(SmallArea._meta.verbose_name_plural), new, completed, len(areas) - new - completed),
        ranks=Loaded(str(DeprivationRank._meta.verbose_name_plural), added, changed, len(areas) - added - changed),
        removed=removed,
        placed=placed,
    )


def _authorities() -> dict[str, int]:
    """Authorities by every code they have had."""
    found: dict[str, int] = {}
    for pk, snac, gss, former in Authority.objects.values_list("pk", "snac_code", "gss_code", "former_gss_codes"):
        found |= dict.fromkeys([code for code in (snac, gss, *former.split()) if code], pk)
    return found
