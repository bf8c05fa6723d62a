"""Which function does which kind of job. Apps register theirs in their `tasks`."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import TYPE_CHECKING

from core.refusals import Text
from jobs.models import Job
from partnerships.permissions import Perm

if TYPE_CHECKING:
    from jobs.actions import Progress

Handler = Callable[[Job, "Progress"], int | None]
Address = Callable[[Job], str]


@dataclass(frozen=True)
class Kind:
    """A kind of job: its queue, and the function that does it.

    The function opens the partnership itself, holds no transaction while it works, may run twice, and returns the id of
    its result. `title` says what is being made; `result_url` gives the address of what was made, `opens` the words of
    the button that leads there, `about` what it will be.

    `permission` is what somebody must hold to ask for it, and to have it tried again; None where only the system asks.
    With `for_asker` the result is for whoever asked: it is made only if they hold the permission still. Without, it is
    the partnership's, such as the PDF of an edition, and is made whoever has left meanwhile.
    """

    name: str
    queue: Job.Queue
    title: Text
    result_url: Address
    permission: Perm | None
    for_asker: bool
    handler: Handler
    opens: Text = ""
    about: Text = ""


_kinds: dict[str, Kind] = {}


def handles(
    name: str,
    *,
    queue: Job.Queue,
    title: Text,
    result_url: Address,
    permission: Perm | None,
    for_asker: bool,
    opens: Text = "",
    about: Text = "",
) -> Callable[[Handler], Handler]:
    """Register the decorated function for a kind of job."""

    def register(handler: Handler) -> Handler:
        _kinds[name] = Kind(name, queue, title, result_url, permission, for_asker, handler, opens, about)
        return handler

    return register


def kind(name: str) -> Kind:
    """The kind of that name. Raises KeyError."""
    return _kinds[name]
