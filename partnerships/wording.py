"""How deeds are said. Each app describes its own; the log and its export read them here."""

from collections.abc import Mapping

from django.utils.translation import gettext_lazy as _

from core.refusals import Text

_WORDS: dict[str, Text] = {
    "partnerships.founded": _("was entered"),
    "partnerships.joined": _("became a member"),
    "partnerships.seat_added": _("was added to the seats"),
    "partnerships.seat_taken": _("took a seat"),
    "partnerships.appointed": _("was appointed"),
    "partnerships.appointment_ended": _("was released"),
}


def describe(words: Mapping[str, Text]) -> None:
    """Add the words for an app's deeds, each to stand behind the name of the thing."""
    _WORDS.update(words)


def words_for(verb: str) -> Text:
    """The words for a deed. A verb that nobody described is shown as it is."""
    return _WORDS.get(verb, verb)
