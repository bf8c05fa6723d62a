"""Public pages through the whole stack, against the same SQL fetched bare.

`python -m lsp.embedded run -- python -m bench.pages`
"""

import os
import re

import psycopg

from bench.ground import median_of, prepare, tell

TIMES = 100
CURSOR = re.compile(r"^DECLARE .*? CURSOR (WITH HOLD )?FOR ", re.DOTALL)  # choices of a form come through one
PAGES = {
    "directory": "/partnerships/",
    "directory, one region": "/partnerships/?region=london",
    "partnership": "/p/southwark/",
    "edition": "/p/southwark/strategy/1/",
}


def main() -> None:
    """One line a page."""
    from django.db import connection
    from django.test import Client
    from django.test.utils import CaptureQueriesContext

    browser = Client(headers={"host": "127.0.0.1"})
    with psycopg.connect(os.environ["DATABASE_URL"], autocommit=True) as bare:
        for name, address in PAGES.items():

            def page(address: str = address) -> None:
                assert browser.get(address).status_code == 200

            page()
            with CaptureQueriesContext(connection) as captured:
                page()
            statements = [CURSOR.sub("", query["sql"]) for query in captured.captured_queries]

            def fetch(statements: list[str] = statements) -> None:
                for statement in statements:
                    bare.execute(statement.encode()).fetchall()

            tell(f"{name} ({len(statements)} statements)", *(median_of(work, times=TIMES) for work in (page, fetch)))


if __name__ == "__main__":
    prepare()
    main()
