"""The line of filters above a queue."""

from typing import Any

from crispy_forms.helper import FormHelper
from django import forms
from django.db.models import QuerySet
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from accounts.models import Person
from core.forms import Form
from core.refusals import Text
from reviews.kinds import all_kinds
from reviews.models import Case

S = Case.State
ME, NOBODY = "me", "nobody"
EVERY: tuple[str, ...] = tuple(S.values)
STATES: dict[str, tuple[Text, tuple[str, ...]]] = {
    "": (gettext_lazy("Open"), Case.OPEN),
    "late": (gettext_lazy("Late"), Case.OPEN),
    **{state.value: (state.label, (state.value,)) for state in S},
    "all": (gettext_lazy("All"), EVERY),
}


class QueueFilter(Form):
    """What is wanted of the queue. Sent by GET, so that the address can be passed on."""

    kind = forms.ChoiceField(label=gettext_lazy("What"), required=False)
    who = forms.ChoiceField(label=gettext_lazy("Taken by"), required=False)
    state = forms.ChoiceField(
        label=gettext_lazy("State"), required=False, choices=[(key, words) for key, (words, _states) in STATES.items()]
    )
    q = forms.CharField(
        label=gettext_lazy("Words"), required=False, max_length=100, widget=forms.TextInput({"type": "search"})
    )

    def __init__(self, *args: Any, staff: QuerySet[Person], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        choices: dict[str, list[tuple[str, Text]]] = {
            "kind": [("", _("Everything")), *((kind.code, kind.name) for kind in all_kinds())],
            "who": [("", _("Anyone")), (ME, _("Me")), (NOBODY, _("Nobody"))],
        }
        choices["who"] += [(str(person.pk), person.name) for person in staff]
        for name, known in choices.items():
            self.fields[name].choices = known  # type: ignore[attr-defined]
        for field in self.fields.values():
            field.error_messages["invalid_choice"] = _("Choose one of the list")
        self.helper = FormHelper()
        self.helper.form_tag = False
        self.helper.disable_csrf = True

    def wanted(self, me: int | None) -> dict[str, Any]:
        """What `queries.queue` takes. Only of a valid form."""
        typed = self.cleaned_data
        who, state = typed["who"], typed["state"]
        return {
            "kind": typed["kind"],
            "states": STATES[state][1],
            "late": state == "late",
            "nobody": who == NOBODY,
            "reviewer": me if who == ME else int(who) if who.isdecimal() else None,
            "words": typed["q"],
        }
