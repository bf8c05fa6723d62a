"""How deeds are said, and which are not said to everybody. Each app describes its own; the log reads them here."""

import datetime
import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import cache
from typing import Any

from django.apps import apps
from django.db import models
from django.utils.text import capfirst
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from core.dates import date_time, long_date
from core.refusals import Text

DAY = re.compile(r"\d{4}-\d\d-\d\d")
MOMENT = re.compile(r"\d{4}-\d\d-\d\d[T ]\d\d:\d\d.*[+-]\d\d:?\d\d$")

_WORDS: dict[str, Text] = {
    "partnerships.founded": _("was entered"),
    "partnerships.joined": _("became a member"),
    "partnerships.left": _("was given the end of its membership"),
    "partnerships.contact_noted": _("has a contact"),
    "partnerships.contact_changed": _("has another contact"),
    "partnerships.contact_removed": _("has no contact any more"),
    "partnerships.entry_changed": _("was changed in the directory"),
    "partnerships.number_changed": _("has another number in the directory"),
    "partnerships.entry_taken_on": _("was taken on in the directory"),
    "partnerships.named": _("was named as a partner with a duty to co-operate"),
    "partnerships.naming_ended": _("was given the end of its duty to co-operate"),
    "partnerships.merged": _("took in a second entry of the directory"),
    "partnerships.merge_undone": _("gave back a second entry of the directory"),
    "partnerships.seat_added": _("was added to the seats"),
    "partnerships.seat_taken": _("took a seat"),
    "partnerships.seat_left": _("left the seat"),
    "partnerships.seat_changed": _("was changed"),
    "partnerships.seat_ended": _("was taken from the table"),
    "partnerships.substitute_named": _("stands in"),
    "partnerships.substitute_released": _("stands in no longer"),
    "partnerships.contact_handed_over": _("took this over"),
    "partnerships.composition_set": _("wants another composition"),
    "partnerships.group_named": _("was named as under-represented"),
    "partnerships.group_renamed": _("has another name"),
    "partnerships.group_ended": _("is not named any more"),
    "partnerships.appointed": _("was appointed"),
    "partnerships.appointed_as_invited": _("was appointed by accepting an invitation"),
    "partnerships.appointment_ended": _("was ended"),
    "partnerships.data_handed_out": _("was handed what is held about them"),
    "partnerships.anonymised": _("was anonymised"),
    "partnerships.details_changed": _("has another name or accountable body"),
    "partnerships.area_added": _("became one of the areas"),
    "partnerships.area_ended": _("was given its last day as an area"),
    "partnerships.end_announced": _("was given its last day"),
    "partnerships.ended": _("ended"),
    "partnerships.ended_with_it": _("ended with the partnership"),
    "partnerships.invitation_ended": _("is offered no longer: the partnership has ended"),
    "partnerships.reopened": _("was opened again"),
    "partnerships.reopened_with_it": _("holds again, as before the end"),
    "partnerships.took_over": _("took over from others"),
    "partnerships.taken_over": _("was taken over"),
    "partnerships.neighbourhood_added": _("was added to the neighbourhoods"),
    "partnerships.neighbourhood_changed": _("was changed"),
    "partnerships.neighbourhood_ended": _("was ended as a neighbourhood"),
    "partnerships.neighbourhood_resumed": _("goes on: its end was taken back"),
    "partnerships.point_of_contact_added": _("was put on the public pages"),
    "partnerships.point_of_contact_changed": _("has new details"),
    "partnerships.point_of_contact_removed": _("has no point of contact any more"),
}

_CONFIDED: set[str] = set()


def describe(words: Mapping[str, Text]) -> None:
    """Add the words for an app's deeds, each to stand behind the name of the thing."""
    _WORDS.update(words)


def words_for(verb: str) -> Text:
    """The words for a deed. A verb that nobody described is shown as it is."""
    return _WORDS.get(verb, verb)


def confide(verbs: Iterable[str]) -> None:
    """Keep an app's deeds for the Government Office: nobody else reads in the log that they were done."""
    _CONFIDED.update(verbs)


def confided() -> frozenset[str]:
    """The verbs of deeds that are read by whoever may see the cases of the Government Office alone."""
    return frozenset(_CONFIDED)


@dataclass(frozen=True)
class Change:
    """One thing that a deed changed, from what to what, in words."""

    what: str
    before: str
    after: str


def thing_for(subject: str) -> str:
    """The name of a kind of thing, from its model's label; the label itself when the model is gone."""
    model = _model(subject)
    return capfirst(str(model._meta.verbose_name)) if model else subject


def changes_in_words(subject: str, changes: Mapping[str, Any]) -> list[Change]:
    """What a deed says has changed: names of columns, choices and dates as people know them.

    What is no pair [from, to] became so out of nothing.
    """
    fields, said = _fields(subject), []
    for name, value in changes.items():
        field = fields.get(name)
        label = str(field.verbose_name) if field else name.replace("_", " ")
        before, after = value if isinstance(value, list) and len(value) == 2 else (None, value)
        said.append(Change(capfirst(label), _in_words(before, field), _in_words(after, field)))
    return said


@cache
def _fields(subject: str) -> "dict[str, models.Field[Any, Any]]":
    model = _model(subject)
    return {field.name: field for field in model._meta.fields} if model else {}


@cache
def _model(subject: str) -> Any:
    try:
        return apps.get_model(subject)
    except (LookupError, ValueError):
        return None


def _in_words(value: Any, field: "models.Field[Any, Any] | None") -> str:
    if value is None or value in ("", [], {}):
        return gettext("nothing")
    if isinstance(value, bool):
        return gettext("yes") if value else gettext("no")
    if isinstance(value, list):
        return ", ".join(_in_words(each, field) for each in value)
    if isinstance(value, dict):
        return ", ".join(f"{name}: {_in_words(each, None)}" for name, each in value.items())
    if field is not None and field.flatchoices:
        return str(dict(field.flatchoices).get(value, value))
    return _day(value) if isinstance(value, str) else str(value)


def _day(text: str) -> str:
    """A day or a moment as people write it; any other text as it is."""
    try:
        if DAY.fullmatch(text):
            return long_date(datetime.date.fromisoformat(text))
        return date_time(datetime.datetime.fromisoformat(text)) if MOMENT.match(text) else text
    except ValueError:
        return text
