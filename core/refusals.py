"""Why a deed was not done. Every refusal has one sentence that a person can act on, and an HTTP status."""

from __future__ import annotations

import datetime
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import ClassVar

from django.urls import reverse
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from core import dates

Text = str | Promise  # plain, or translated when it is shown


class Refusal(Exception):
    """A deed that was refused. Nothing has been changed. `str(refusal)` is the sentence to show."""

    status: ClassVar[int] = 400

    def sentence(self) -> str:
        """What happened and what to do about it, in one sentence."""
        return _("This could not be done. Nothing has been changed.")

    def __str__(self) -> str:
        return self.sentence()


class NotPermitted(Refusal):
    """The person lacks the permission. `label` names the deed, `who` says who may do it, if that is known."""

    status = 403

    def __init__(self, label: Text = "", who: Text = "") -> None:
        super().__init__(label, who)
        self.label, self.who = label, who

    def sentence(self) -> str:
        if self.label and self.who:
            return _("You cannot do this: %(deed)s. %(who)s can.") % {"deed": self.label, "who": self.who}
        if self.label:
            return _("You cannot do this: %(deed)s. Your role does not include it.") % {"deed": self.label}
        return _("You cannot do this. Your role does not include it.")


class WrongState(Refusal):
    """The row is in a state from which this move does not start; mostly somebody else was quicker."""

    status = 409

    def __init__(self, label: Text = "", state: Text = "") -> None:
        super().__init__(label, state)
        self.label, self.state = label, state

    def sentence(self) -> str:
        if self.label and self.state:
            return _("This is not possible now: %(deed)s. The state is “%(state)s”.") % {
                "deed": self.label,
                "state": self.state,
            }
        return _("This is not possible now. Somebody may have changed it since you opened the page.")


class Already(WrongState):
    """It is so already, or somebody else has it. `words` say what, in one sentence."""

    def __init__(self, words: Text) -> None:
        super().__init__()
        self.words = words

    def sentence(self) -> str:
        return str(self.words)


@dataclass(frozen=True)
class Gap:
    """One thing that is missing, with the place where it can be filled in.

    `url_name` and `kwargs` name a page; `anchor` is the id of an input there. Without `url_name` the anchor is on the
    page that shows the gap.
    """

    message: Text
    url_name: str = ""
    kwargs: Mapping[str, object] = field(default_factory=dict)
    anchor: str = ""

    @property
    def url(self) -> str:
        """The link to the gap, or an empty string when it has no place."""
        page = reverse(self.url_name, kwargs=dict(self.kwargs)) if self.url_name else ""
        return f"{page}#{self.anchor}" if self.anchor else page


class Incomplete(Refusal):
    """Something required is missing. `gaps` lists all of it, so that one visit is enough to put it right."""

    status = 422

    def __init__(self, gaps: Iterable[Gap]) -> None:
        self.gaps = tuple(gaps)
        if not self.gaps:
            raise ValueError("Incomplete needs at least one gap")
        super().__init__(self.gaps)

    def sentence(self) -> str:
        count = len(self.gaps)
        return ngettext("There is %(count)d thing to put right", "There are %(count)d things to put right", count) % {
            "count": count
        }


class Removed(Refusal):
    """The row was there and somebody took it out. `by` (a name) and `at` say who and when, if that is known."""

    status = 409

    def __init__(self, by: str = "", at: datetime.datetime | None = None) -> None:
        super().__init__(by, at)
        self.by, self.at = by, at

    def sentence(self) -> str:
        if self.by and self.at:
            return _("%(by)s removed this part on %(at)s.") % {"by": self.by, "at": dates.date_time(self.at)}
        return _("This part is removed.")


class Conflict(Refusal):
    """Somebody saved the same part first. Both texts are kept so that the page can show them side by side.

    `mine` is what this person typed, `theirs` what is stored now; `by` (a name) and `at` say who stored it and when.
    `version` is that of what is stored: who has seen both texts saves against it.
    """

    status = 409

    def __init__(self, mine: object, theirs: object, by: str, at: datetime.datetime, version: int = 0) -> None:
        super().__init__(mine, theirs, by, at)
        self.mine, self.theirs, self.by, self.at, self.version = mine, theirs, by, at, version

    def sentence(self) -> str:
        return _("%(by)s saved this part on %(at)s, after you opened it. Nothing you typed is lost.") % {
            "by": self.by,
            "at": dates.date_time(self.at),
        }
