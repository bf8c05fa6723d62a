"""What reviewers hear and think: entries of the dialogue, the judgement of a section."""

import datetime
from collections.abc import Sequence
from typing import Any

from crispy_forms.layout import Layout, Submit
from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from core.dates import today
from core.forms import DateField, Radios, TextField
from core.layout import Sized
from reviews.forms.deeds import DeedForm
from reviews.kinds import Choice
from reviews.models import DialogueEntry, Judgement

FIRST_YEAR = 1998  # before there were partnerships there was nobody to talk to

SMALL = {"class": "govuk-radios--small"}
SAVE = Submit("save", gettext_lazy("Save the judgement"), css_class="govuk-button--secondary")


class DialogueForm(DeedForm):
    """One conversation: when, how, with whom, what was said, and for whose eyes."""

    submit = gettext_lazy("Record it")

    on = DateField(label=gettext_lazy("Date"))
    way = forms.ChoiceField(label=gettext_lazy("How?"), choices=DialogueEntry.Way, widget=Radios(attrs=SMALL))
    with_whom = forms.CharField(label=gettext_lazy("With whom?"), max_length=120)
    role = forms.CharField(
        label=gettext_lazy("Their role"), max_length=160, help_text=gettext_lazy("For example, director of the CVS")
    )
    words = TextField(label=gettext_lazy("What was said"), max_length=10_000, rows=6)
    confidential = forms.BooleanField(
        label=gettext_lazy("Confidential to the Government Office"),
        required=False,
        help_text=gettext_lazy("The partnership never sees it, not even when the review is shown"),
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["way"].error_messages["required"] = _("Choose how you spoke")

    def clean_on(self) -> datetime.date:
        """A day that has been."""
        day: datetime.date = self.cleaned_data["on"]
        if day > today():
            raise ValidationError(_("The date must not be after today"))
        if day.year < FIRST_YEAR:
            raise ValidationError(_("The year must be %(first)d or later") % {"first": FIRST_YEAR})
        return day

    @staticmethod
    def initial_of(entry: DialogueEntry) -> dict[str, Any]:
        """What stands in the form of a correction before anybody types."""
        return {name: getattr(entry, name) for name in ("on", "way", "with_whom", "role", "words", "confidential")}


class JudgementForm(DeedForm):
    """What the reviewer thinks of one section. Both may be empty: a judgement grows."""

    submit = gettext_lazy("Save the judgement")

    version = forms.IntegerField(widget=forms.HiddenInput(), required=False)
    judgement = forms.ChoiceField(label=gettext_lazy("Judgement"), required=False, widget=Radios(attrs=SMALL))
    comment = TextField(label=gettext_lazy("Comment"), required=False, max_length=10_000, rows=4)

    def __init__(self, *args: Any, scale: Sequence[Choice], beside: bool = False, **kwargs: Any) -> None:
        """`beside` makes it small, to stand beside a section: without the hints of the scale, in fewer lines."""
        super().__init__(*args, **kwargs)
        field, comment = self.fields["judgement"], self.fields["comment"]
        field.choices = [(choice.code, choice.label) for choice in scale]  # type: ignore[attr-defined]
        field.error_messages["invalid_choice"] = _("Choose one of the list")
        if beside:
            field.label = _("Your judgement")
            self.helper.layout = Layout("version", Sized("judgement", size="s"), "comment", SAVE)
            field.widget.attrs["class"] = "govuk-radios--small govuk-radios--inline"
            comment.widget.attrs["rows"] = 3
            comment.widget.attrs.pop("maxlength")  # its length is checked when it is sent
        else:
            field.widget.hints = {choice.code: choice.hint for choice in scale}  # type: ignore[attr-defined]

    @staticmethod
    def initial_of(judgement: Judgement | None) -> dict[str, Any]:
        """What stands in the form before anybody types."""
        if judgement is None:
            return {"version": 0}
        return {name: getattr(judgement, name) for name in ("version", "judgement", "comment")}
