"""What pages say, and what they ask of the database."""

import html
import re
from typing import Any

from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext


def words(response: Any) -> str:
    """The text of a page's own matter, each space one space."""
    main = response.content.decode().partition("<main")[2].partition("</main>")[0].partition(">")[2]
    return html.unescape(re.sub(r"\s+", " ", re.sub(r"<[^>]+>", " ", main)))


def queries_of(browser: Client, address: str) -> list[str]:
    """The statements that a page sends. It is opened once before, so that nothing is asked for the first time."""
    browser.get(address)
    with CaptureQueriesContext(connection) as queries:
        assert browser.get(address).status_code == 200
    return [query["sql"] for query in queries]
