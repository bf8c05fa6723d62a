"""Opening partnerships: the only way to tenant rows for pages, tasks and commands.

Each of the three is one statement in and one out, and is the transaction. A page renders inside it. What is forgotten
outside finds nothing.
"""

import json
from collections.abc import Iterable, Iterator
from contextlib import AbstractContextManager, contextmanager
from uuid import uuid4

from django.db import connection, transaction
from django.utils.translation import gettext as _

from core.dates import long_date, today
from core.refusals import WrongState
from partnerships.models import Partnership

# Reads the five settings as they were, then sets them until the end of the transaction.
SWITCH = """
WITH before AS MATERIALIZED (
    SELECT coalesce(current_setting('lsp.partnership_ids', true), '') AS partnership_ids,
           coalesce(current_setting('pghistory.context_id', true), '') AS context_id,
           coalesce(current_setting('pghistory.context_metadata', true), '') AS context_metadata,
           coalesce(current_setting('lsp.even_if_over', true), '') AS even_if_over,
           current_setting('role') AS role
)
SELECT before.*, EXISTS (SELECT FROM partnerships_partnership WHERE id = %s AND ended_on <= %s) AS is_over,
       set_config('lsp.partnership_ids', %s, true), set_config('pghistory.context_id', %s, true),
       set_config('pghistory.context_metadata', %s, true), set_config('lsp.even_if_over', %s, true),
       set_config('role', %s, true)
FROM before
"""

OVER = """
SELECT FROM partnerships_partnership
WHERE id = %s AND ended_on <= %s AND coalesce(current_setting('lsp.even_if_over', true), '') = ''
"""


class PartnershipIsOver(WrongState):
    """The partnership has ended: it is only read, by whatever way somebody comes."""

    def __init__(self, partnership: Partnership) -> None:
        super().__init__()
        self.partnership = partnership

    def sentence(self) -> str:
        over = self.partnership
        words = {"name": over.name, "day": long_date(over.ended_on) if over.ended_on else ""}
        if over.successor is None:
            return _("%(name)s ended on %(day)s. It can be read, and nothing in it changes any more.") % words
        words["successor"] = over.successor.name
        return (
            _("%(name)s ended on %(day)s; its successor is %(successor)s. It can be read, and nothing in it changes.")
            % words
        )


@contextmanager
def acting(partnership_id: int, *, by: int | None = None, even_if_over: bool = False) -> Iterator[None]:
    """Read and write one partnership, in the name of the person `by`. Raises PartnershipIsOver if it has ended.

    `even_if_over` is for the few deeds that must reach what has ended: to end it, to take that back, to finish what was
    asked for before, to anonymise a person, to put an entry of the shared directory right.
    """
    with opened([partnership_id], by, "lsp_app", even_if_over=even_if_over) as is_over:
        if is_over and not even_if_over:
            raise PartnershipIsOver(_with_successor(partnership_id))
        yield


def reading(partnership_ids: Iterable[int], *, by: int | None = None) -> AbstractContextManager[bool]:
    """Read several partnerships together; writing is refused by PostgreSQL."""
    return opened(partnership_ids, by, "lsp_reader")


def reading_everywhere(*, by: int | None = None) -> AbstractContextManager[bool]:
    """Read every partnership: for national pages and commands alone."""
    return opened([], by, "lsp_central")


@contextmanager
def opened(partnership_ids: Iterable[int], by: int | None, role: str, *, even_if_over: bool = False) -> Iterator[bool]:
    """A transaction in which these partnerships are open to this role; what was open before is restored after it.

    Gives whether the first of them has ended.
    """
    ids = list(partnership_ids)
    over = [ids[0] if ids else None, today()]
    after = [",".join(map(str, ids)), str(uuid4()), json.dumps({"person": by}), "yes" if even_if_over else "", role]
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(SWITCH, [*over, *after])
        *before, is_over = cursor.fetchone()[:6]
        yield is_over
        if not connection.needs_rollback:
            cursor.execute(SWITCH, [*over, *before])


def refuse_if_over(partnership_id: int) -> None:
    """Raises PartnershipIsOver if it has ended meanwhile, unless it was opened for that."""
    with connection.cursor() as cursor:
        cursor.execute(OVER, [partnership_id, today()])
        if cursor.fetchone() is not None:
            raise PartnershipIsOver(_with_successor(partnership_id))


def _with_successor(partnership_id: int) -> Partnership:
    return Partnership.objects.select_related("successor").get(pk=partnership_id)
