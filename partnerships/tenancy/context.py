"""Opening partnerships: the only way to tenant rows for pages, tasks and commands.

Each of the three is one statement in and one out, and is the transaction. A page renders inside it. What is forgotten
outside finds nothing.
"""

import json
from collections.abc import Iterable, Iterator
from contextlib import AbstractContextManager, contextmanager
from uuid import uuid4

from django.db import connection, transaction

# Reads the four settings as they were, then sets them until the end of the transaction.
SWITCH = """
WITH before AS MATERIALIZED (
    SELECT coalesce(current_setting('lsp.partnership_ids', true), '') AS partnership_ids,
           coalesce(current_setting('pghistory.context_id', true), '') AS context_id,
           coalesce(current_setting('pghistory.context_metadata', true), '') AS context_metadata,
           current_setting('role') AS role
)
SELECT before.*,
       set_config('lsp.partnership_ids', %s, true), set_config('pghistory.context_id', %s, true),
       set_config('pghistory.context_metadata', %s, true), set_config('role', %s, true)
FROM before
"""


def acting(partnership_id: int, *, by: int | None = None) -> AbstractContextManager[None]:
    """Read and write one partnership, in the name of the person `by`."""
    return opened([partnership_id], by, "lsp_app")


def reading(partnership_ids: Iterable[int], *, by: int | None = None) -> AbstractContextManager[None]:
    """Read several partnerships together; writing is refused by PostgreSQL."""
    return opened(partnership_ids, by, "lsp_reader")


def reading_everywhere(*, by: int | None = None) -> AbstractContextManager[None]:
    """Read every partnership: for national pages and commands alone."""
    return opened([], by, "lsp_central")


@contextmanager
def opened(partnership_ids: Iterable[int], by: int | None, role: str) -> Iterator[None]:
    """A transaction in which these partnerships are open to this role; what was open before is restored after it."""
    after = [",".join(map(str, partnership_ids)), str(uuid4()), json.dumps({"person": by}), role]
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(SWITCH, after)
        before = cursor.fetchone()[:4]
        yield
        if not connection.needs_rollback:
            cursor.execute(SWITCH, before)
