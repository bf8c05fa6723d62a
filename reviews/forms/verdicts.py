"""What is recommended or decided: outcome, reasons, areas of concern, conditions with dates, the next review."""

import datetime
from collections.abc import Sequence
from typing import Any

from crispy_forms.helper import FormHelper
from crispy_forms.layout import Layout
from django import forms
from django.http import QueryDict
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from core.forms import DateField, Form, Radios, TextField
from core.layout import Sized
from reviews.forms.deeds import in_time_to_come
from reviews.kinds import Outcome
from reviews.models.decisions import Verdict

MOST_CONDITIONS = 30
CONDITIONS = "conditions"
BUTTONS = frozenset({"add", "change", "check", "confirmed", "csrfmiddlewaretoken"})


class ConditionForm(Form):
    """One condition: what must be done, and by when, if there is a day."""

    words = forms.CharField(label=gettext_lazy("Condition"), required=False, max_length=500)
    due_on = DateField(label=gettext_lazy("By when (optional)"), required=False)

    def clean_due_on(self) -> datetime.date | None:
        """A day to come."""
        return in_time_to_come(self.cleaned_data["due_on"])

    def clean(self) -> dict[str, Any]:
        """A day alone is no condition."""
        data = super().clean() or {}
        if data.get("due_on") and not data.get("words"):
            self.add_error("words", _("Enter the condition that is due on that day, or take the day out"))
        return data


Conditions = forms.formset_factory(
    ConditionForm, extra=1, max_num=MOST_CONDITIONS, absolute_max=MOST_CONDITIONS, validate_max=True
)


class VerdictForm(Form):
    """The verdict on one submission. Its conditions are a formset of their own, `conditions`, sent with it.

    `outcomes` are those of the scheme, in its own words, each with what follows from it.
    """

    submission = forms.IntegerField(widget=forms.HiddenInput(), required=False)
    outcome = forms.ChoiceField(label=gettext_lazy("Outcome"), widget=Radios(attrs={"class": "govuk-radios--small"}))
    reasons = TextField(
        label=gettext_lazy("Reasons"),
        max_length=10_000,
        rows=7,
        help_text=gettext_lazy("They stand in the letter to the partnership"),
        error_messages={"required": gettext_lazy("Give the reasons")},
    )
    concerns = TextField(
        label=gettext_lazy("Areas of concern"),
        required=False,
        max_length=10_000,
        rows=4,
        help_text=gettext_lazy("They stand in the letter too"),
    )
    next_review_on = DateField(label=gettext_lazy("Next review"), required=False)

    def __init__(self, *args: Any, outcomes: Sequence[Outcome], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.outcomes = {outcome.code: outcome for outcome in outcomes}
        field = self.fields["outcome"]
        field.choices = [(outcome.code, outcome.label) for outcome in outcomes]  # type: ignore[attr-defined]
        field.widget.hints = {outcome.code: outcome.consequence for outcome in outcomes}  # type: ignore[attr-defined]
        field.error_messages |= {"required": _("Choose an outcome"), "invalid_choice": _("Choose one of the list")}
        self.above = _helper("submission", Sized("outcome", "reasons", "concerns", size="s"))
        self.below = _helper(Sized("next_review_on", size="s"))
        wanting = [f"“{outcome.label}”" for outcome in outcomes if outcome.wants_review]
        if wanting:
            self.fields["next_review_on"].help_text = _("Needed for %(outcomes)s") % {"outcomes": ", ".join(wanting)}

    def clean_next_review_on(self) -> datetime.date | None:
        """A day to come."""
        return in_time_to_come(self.cleaned_data["next_review_on"])

    def clean(self) -> dict[str, Any]:
        """An outcome may want the date of the next review."""
        data = super().clean() or {}
        outcome = self.outcomes.get(data.get("outcome", ""))
        if outcome and outcome.wants_review and not data.get("next_review_on") and "next_review_on" not in self.errors:
            words = _("Enter the date of the next review: “%(outcome)s” wants one") % {"outcome": outcome.label}
            self.add_error("next_review_on", words)
        return data

    @property
    def chosen(self) -> Outcome | None:
        """The outcome that was chosen, of a valid form."""
        return self.outcomes.get(self.cleaned_data.get("outcome", ""))


def _helper(*parts: Any) -> FormHelper:
    """A part of a form inside the form of a page."""
    helper = FormHelper()
    helper.form_tag, helper.disable_csrf = False, True
    helper.layout = Layout(*parts)
    return helper


class VerdictInput:
    """The form of a verdict and its conditions as one thing: typed, given another row, checked, confirmed.

    A row more needs no JavaScript: a button sends the whole form, and it comes back with everything in it and a row
    more; nothing is called wrong yet. What is valid is shown once more (`to_confirm`) before it is sent for good.
    `before` is what stands in it before anybody types; `submission` the number of the submission it is about.
    """

    def __init__(
        self, data: QueryDict | None, outcomes: Sequence[Outcome], before: Verdict | None, submission: int
    ) -> None:
        self.data = data
        typing = data is not None and ("add" in data or "change" in data)
        typed = _with_a_row_more(data) if data is not None and "add" in data else data
        initial = {"submission": submission, **(_initial_of(before) if before else {})}
        self.form = VerdictForm(typed, outcomes=outcomes, initial=initial)
        self.conditions = Conditions(typed, prefix=CONDITIONS, initial=_conditions_of(before))
        if typing:
            _hush(self.form, *self.conditions.forms)
        self.checked = data is not None and not typing and self._holds()

    def _holds(self) -> bool:
        form, conditions = self.form.is_valid(), self.conditions.is_valid()
        return form and conditions

    def is_valid(self) -> bool:
        """Whether all of it is, and somebody has read it once more."""
        return self.checked and self.data is not None and "confirmed" in self.data

    @property
    def to_confirm(self) -> bool:
        """Whether it is to be read once more."""
        return self.checked and not self.is_valid()

    @property
    def typed(self) -> list[tuple[str, str]]:
        """Everything that was sent, to be sent again."""
        fields = self.data.lists() if self.data is not None else []
        return [(name, text) for name, texts in fields if name not in BUTTONS for text in map(str, texts)]

    @property
    def submission(self) -> int:
        """The number of the submission that it is about. Only of a valid form."""
        return self.form.cleaned_data["submission"] or 0

    @property
    def stated(self) -> list[tuple[str, datetime.date | None]]:
        """The conditions, each with its day if it has one. Only of a valid form."""
        rows = [row for row in self.conditions.cleaned_data if row.get("words")]
        return [(row["words"], row.get("due_on")) for row in rows]

    def values(self) -> dict[str, Any]:
        """What was typed, but for the conditions. Only of a valid form."""
        named = ("outcome", "reasons", "concerns", "next_review_on")
        return {name: self.form.cleaned_data[name] for name in named}


def _initial_of(verdict: Verdict) -> dict[str, Any]:
    return {name: getattr(verdict, name) for name in ("outcome", "reasons", "concerns", "next_review_on")}


def _conditions_of(verdict: Verdict | None) -> list[dict[str, Any]]:
    return [{"words": words, "due_on": day} for words, day in verdict.dated_conditions] if verdict else []


def _with_a_row_more(data: QueryDict) -> QueryDict:
    typed = data.copy()
    rows = typed.get(f"{CONDITIONS}-TOTAL_FORMS", "")
    if rows.isdecimal():
        typed[f"{CONDITIONS}-TOTAL_FORMS"] = str(min(int(rows[:4]) + 1, MOST_CONDITIONS))
    return typed


def _hush(*forms_of_it: forms.BaseForm) -> None:
    """Take out what is wrong: somebody is still typing."""
    for form in forms_of_it:
        form.full_clean()
        form.errors.clear()
