"""Two people saved the same part: what differs, and the form in which whoever came second brings both together."""

import datetime
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, TypeVar, cast

from django import forms

from core import dates
from core.refusals import Conflict, Text

AnyForm = TypeVar("AnyForm", bound=forms.Form)


@dataclass(frozen=True)
class Difference:
    """One question with two answers: `theirs` is stored, `mine` was typed."""

    label: Text
    theirs: object
    mine: object


def differences(form: forms.Form, conflict: Conflict) -> list[Difference]:
    """Each question of the form to which the two gave different answers."""
    mine, theirs = (cast("Mapping[str, Any]", side) for side in (conflict.mine, conflict.theirs))
    return [
        Difference(form.fields[name].label or name, _said(theirs.get(name)), _said(mine[name]))
        for name in mine
        if mine[name] != theirs.get(name)
    ]


def against(form: AnyForm, version: int) -> AnyForm:
    """The same form with what was typed, now against the version shown beside it: saving again is a decision."""
    typed: Any = form.data.copy()  # type: ignore[attr-defined]
    typed["version"] = str(version)
    form.data = typed
    return form


def _said(value: object) -> object:
    """A date in words, nothing as nothing; everything else as it is."""
    if value is None:
        return ""
    return dates.long_date(value) if isinstance(value, datetime.date) else value
