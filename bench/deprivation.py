"""What loading a published table of deprivation adds to a bare COPY of its ranks.

`python -m lsp.embedded run -- python -m bench.deprivation`
"""

import csv
import io
import os
import random

import psycopg

from bench.ground import median_of, prepare, tell

TIMES = 5
HEADING = [
    "LSOA code (2011)",
    "LSOA name (2011)",
    "Local Authority District code (2019)",
    "Local Authority District name (2019)",
    "Index of Multiple Deprivation (IMD) Rank (where 1 is most deprived)",
    "Index of Multiple Deprivation (IMD) Decile (where 1 is most deprived 10% of LSOAs)",
]


def main() -> None:
    """Two lines: a load into empty tables, and the same again."""
    from django.db import transaction

    from partnerships.actions.deprivation import load_deprivation
    from partnerships.actions.deprivation_table import read_table
    from partnerships.models import DeprivationRank, SmallArea
    from partnerships.queries.deprivation import EDITIONS

    edition = EDITIONS[2019]
    rows = _rows(edition.areas)
    content = _csv(rows)

    def load(year: int) -> None:
        load_deprivation(read_table(content, edition), edition=year, source="Bench")

    def first() -> None:
        with transaction.atomic():
            load(2019)
            transaction.set_rollback(True)

    with psycopg.connect(os.environ["DATABASE_URL"].replace("lsp_app@", "postgres@"), autocommit=True) as bare:
        ranks = DeprivationRank._meta.db_table
        bare.execute(f"CREATE TABLE bare (LIKE {ranks} INCLUDING ALL)")

        def copy() -> None:
            bare.execute("TRUNCATE bare")
            with bare.cursor() as cursor, cursor.copy("COPY bare FROM STDIN") as lines:
                for number, row in enumerate(rows, start=1):
                    lines.write_row((number, 2019, row[4], row[5], None, "Bench", number))

        alone = median_of(copy, times=TIMES)
    tell("table of 32,844 areas, first load", median_of(first, times=TIMES), alone)
    load(2019)
    assert SmallArea.objects.count() == DeprivationRank.objects.count() == edition.areas
    tell("the same table again, nothing to change", median_of(lambda: load(2019), times=TIMES), alone)


def _rows(count: int) -> list[list[object]]:
    """As many made-up areas as the table of 2019 has, in the order of their codes."""
    ranks = list(range(1, count + 1))
    random.Random(2019).shuffle(ranks)
    return [
        [f"E01{number:06}", f"Area {number}", "E09000028", "Southwark", rank, -(-rank * 10 // count)]
        for number, rank in enumerate(ranks, start=1)
    ]


def _csv(rows: list[list[object]]) -> bytes:
    text = io.StringIO()
    csv.writer(text).writerows([HEADING, *rows])
    return text.getvalue().encode()


if __name__ == "__main__":
    prepare()
    main()
