"""Forms of the composition that a partnership wants. They parse and explain; the actions save."""

from collections.abc import Iterable, Mapping
from typing import Any

from crispy_forms.helper import FormHelper
from crispy_forms.layout import Fieldset, Layout, Submit
from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from core.forms import Form
from partnerships.queries.composition import Side

MOST_SEATS = 1000  # of one side of a table


class CompositionForm(Form):
    """How many seats of a body are wanted, side by side; an empty box says nothing, nought says none."""

    seen = forms.CharField(widget=forms.HiddenInput(), required=False, max_length=64)

    def __init__(self, *args: Any, sectors: Mapping[str, Side], groups: Mapping[str, Side], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.sides = {**sectors, **groups}
        for key, side in self.sides.items():
            self.fields[key] = _seats_field(side)
        parts = [Fieldset(_("By sector"), *sectors)]
        if groups:
            parts.append(Fieldset(_("Speaking for under-represented groups"), *groups))
        self.helper = FormHelper()
        self.helper.layout = Layout("seen", *parts, Submit("save", _("Save the composition")))

    @property
    def wanted(self) -> dict[str, int | None]:
        """Seats by key; None where nothing is said."""
        return {key: self.cleaned_data[key] for key in self.sides}


def _seats_field(side: Side) -> forms.IntegerField:
    words = {"name": side.name, "most": MOST_SEATS}
    wrong = _("%(name)s: enter a whole number from 0 to %(most)d, or nothing") % words
    return forms.IntegerField(
        label=side.name,
        required=False,
        min_value=0,
        max_value=MOST_SEATS,
        initial=side.wanted,
        widget=forms.NumberInput({"class": "govuk-input--width-3"}),
        help_text=_("Now there are %(count)d") % {"count": side.seats},
        error_messages=dict.fromkeys(("invalid", "min_value", "max_value"), wrong),
    )


class GroupForm(Form):
    """The name of an under-represented group, in the partnership's own words."""

    seen = forms.CharField(widget=forms.HiddenInput(), required=False, max_length=64)
    name = forms.CharField(
        label=gettext_lazy("Name of the group"),
        max_length=100,
        widget=forms.TextInput({"dir": "auto"}),
        help_text=gettext_lazy("As its people call themselves, such as Young people under 25"),
    )

    def __init__(self, *args: Any, submit: str, also: Iterable[str] = (), **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.helper = FormHelper()
        self.helper.layout = Layout(*self.fields, Submit("save", submit))
