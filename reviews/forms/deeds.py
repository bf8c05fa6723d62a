"""One deed each: who takes a case, hands it back, stands aside, shows it, sends it back."""

import datetime
from collections.abc import Sequence
from typing import Any

from crispy_forms.helper import FormHelper
from crispy_forms.layout import Layout, Submit
from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from accounts.models import Person
from core.dates import today
from core.forms import Checkboxes, DateField, Form, Radios, TextField
from core.refusals import Text
from reviews.content import Section

LONGEST_REASON = 2_000
LATEST = datetime.timedelta(days=5 * 366)  # a day later than that is a slip of the finger


class DeedForm(Form):
    """What these forms share: a button that names the deed, and red where it cannot be taken back."""

    submit: Text = gettext_lazy("Save")
    grave = False

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.helper = FormHelper()
        css = "govuk-button--warning" if self.grave else ""
        self.helper.layout = Layout(*self.fields, Submit("save", self.submit, css_class=css))


def in_time_to_come(day: datetime.date | None) -> datetime.date | None:
    """A day after today, and not so late that it must be a slip. Raises ValidationError."""
    if day is not None and day <= today():
        raise ValidationError(_("The day must be after today"))
    if day is not None and day > today() + LATEST:
        raise ValidationError(_("The day must be within the next five years"))
    return day


class ClaimForm(DeedForm):
    """Nobody takes a case without having said that they have no interest in it."""

    submit = gettext_lazy("Take the case")

    no_interest = forms.BooleanField()

    def __init__(self, *args: Any, name: str, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field = self.fields["no_interest"]
        field.label = _("I have no interest in %(name)s") % {"name": name}
        field.help_text = _("No seat, no work, no family or money in it or in an organisation that it pays")
        field.error_messages["required"] = _("Tick “%(label)s”, or stand aside") % {"label": field.label}


class ReasonForm(DeedForm):
    """A deed with a reason."""

    reason = TextField(label=gettext_lazy("Why?"), max_length=LONGEST_REASON, rows=4)

    def __init__(self, *args: Any, submit: str, hint: str = "", grave: bool = False, **kwargs: Any) -> None:
        self.submit, self.grave = submit, grave
        super().__init__(*args, **kwargs)
        self.fields["reason"].help_text = hint


class AssignmentForm(DeedForm):
    """Who is to review a case: somebody of the office who has no interest in it, as far as is known."""

    submit = gettext_lazy("Assign the case")

    to = forms.TypedChoiceField(label=gettext_lazy("Who reviews it?"), coerce=int, widget=Radios())

    def __init__(self, *args: Any, people: Sequence[tuple[Person, Text]], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field = self.fields["to"]
        field.choices = [(person.pk, person.name) for person, _load in people]  # type: ignore[attr-defined]
        field.widget.hints = {str(person.pk): load for person, load in people}  # type: ignore[attr-defined]
        field.error_messages |= {"required": _("Choose who reviews it"), "invalid_choice": _("Choose one of the list")}


class SharingForm(DeedForm):
    """Show the review, or hide it: as the page said that was sent, whatever happened meanwhile."""

    shared = forms.ChoiceField(choices=[("yes", "yes"), ("no", "no")], widget=forms.HiddenInput())

    def __init__(self, *args: Any, showing: bool, **kwargs: Any) -> None:
        self.submit = _("Show the review") if showing else _("Hide the review")
        super().__init__(*args, initial={"shared": "yes" if showing else "no"}, **kwargs)


class RequestForm(DeedForm):
    """Changes that are asked of the partnership: of which sections, what, and by when."""

    submit = gettext_lazy("Send back for changes")

    sections = forms.MultipleChoiceField(
        label=gettext_lazy("Sections that may be changed"),
        widget=Checkboxes(attrs={"class": "govuk-checkboxes--small"}),
        help_text=gettext_lazy("The others stay locked as they are"),
        error_messages={
            "required": gettext_lazy("Choose at least one section"),
            "invalid_choice": gettext_lazy("Choose sections of the list"),
        },
    )
    words = TextField(
        label=gettext_lazy("What do you ask for?"),
        max_length=10_000,
        rows=6,
        help_text=gettext_lazy("The partnership reads it as you write it"),
    )
    answer_by = DateField(label=gettext_lazy("Answer by"))

    def __init__(self, *args: Any, sections: Sequence[Section], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        choices = [(section.key, section.title) for section in sections]
        self.fields["sections"].choices = choices  # type: ignore[attr-defined]

    def clean_answer_by(self) -> datetime.date | None:
        """A day to come."""
        return in_time_to_come(self.cleaned_data["answer_by"])


class DecisionForm(DeedForm):
    """What a manager decides is what was recommended, by its number: another one meanwhile is refused."""

    submit = gettext_lazy("Countersign and decide")

    recommendation = forms.IntegerField(widget=forms.HiddenInput())
    read = forms.BooleanField(
        label=gettext_lazy("I have read the submission and what the letter will say"),
        help_text=gettext_lazy("The partnership is told at once. This cannot be undone."),
    )


class AnswerForm(DeedForm):
    """Why an appeal is dismissed."""

    submit = gettext_lazy("Dismiss the appeal")
    grave = True

    answer = TextField(
        label=gettext_lazy("Your answer"),
        max_length=10_000,
        rows=8,
        help_text=gettext_lazy("It goes to the partnership as you write it"),
    )
