"""Forms of a strategy's parts. They parse and explain; the actions save."""

from typing import Any

from crispy_forms.helper import FormHelper
from crispy_forms.layout import Layout, Submit
from django import forms
from django.utils.translation import gettext_lazy as _

from core.forms import DateField, Form, TextField
from partnerships.models import Organisation
from strategies.models import Action, Issue, Objective, Priority, Strategy, Text
from themes.models import Theme

MARKDOWN_HINT = _(
    "Leave an empty line between paragraphs. **Two stars** make bold, - at the start of a line a list, "
    "[words](https://address) a link; headings (#) and tables (|) work too."
)
LONGEST_TEXT = 60_000
FORM_ID = "part"  # by which the browser finds what it keeps of it


class PartForm(Form):
    """What the forms of all parts share: the version the writer saw, and a button that names the deed."""

    version = forms.IntegerField(widget=forms.HiddenInput(), required=False)
    submit = _("Save")

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.helper = FormHelper()
        self.helper.form_id = FORM_ID
        self.helper.layout = Layout(*self.fields, Submit("save", self.submit))

    def values(self) -> dict[str, Any]:
        """What was typed, without the version."""
        return {name: value for name, value in self.cleaned_data.items() if name != "version"}


class StrategyForm(PartForm):
    """Title and period."""

    title = forms.CharField(label=_("Title"), max_length=120, help_text=_("A few words that people will remember"))
    subtitle = forms.CharField(
        label=_("Subtitle"), max_length=200, help_text=_("For example, Southwark’s Community Strategy 2006 to 2016")
    )
    period_from = DateField(label=_("First day"), help_text=_("For example, 1 4 2006"))
    period_until = DateField(label=_("Last day"), help_text=_("For example, 31 3 2016"))

    def clean(self) -> dict[str, Any]:
        """The period ends after it begins."""
        data = super().clean() or {}
        first, last = data.get("period_from"), data.get("period_until")
        if first and last and last <= first:
            self.add_error("period_until", _("The last day must be after the first day"))
        return data

    @staticmethod
    def initial_of(strategy: Strategy) -> dict[str, Any]:
        """What stands in the form before anybody types."""
        names = ("title", "subtitle", "period_from", "period_until", "version")
        return {name: getattr(strategy, name) for name in names}


class TextForm(PartForm):
    """One running text."""

    body = TextField(label=_("Text"), required=False, max_length=LONGEST_TEXT, help_text=MARKDOWN_HINT, rows=22)

    @staticmethod
    def initial_of(text: Text) -> dict[str, Any]:
        """What stands in the form before anybody types."""
        return {"body": text.body, "version": text.version}


class TitledForm(PartForm):
    """A part with a title and a text."""

    title = forms.CharField(label=_("Title"), max_length=250)
    body = TextField(label=_("Text"), required=False, max_length=LONGEST_TEXT, help_text=MARKDOWN_HINT, rows=10)

    @staticmethod
    def initial_of(part: Issue | Objective) -> dict[str, Any]:
        """What stands in the form before anybody types."""
        return {"title": part.title, "body": part.body, "version": part.version}


class PriorityForm(TitledForm):
    """A priority belongs to a theme."""

    theme = forms.ModelChoiceField(label=_("Theme"), queryset=Theme.objects.all(), empty_label=_("Choose a theme"))
    field_order = ("version", "theme", "title", "body")

    @staticmethod
    def initial_of(part: Priority) -> dict[str, Any]:  # type: ignore[override]
        """What stands in the form before anybody types."""
        return {"theme": part.theme_id, "title": part.title, "body": part.body, "version": part.version}


class ActionForm(PartForm):
    """Who does what with whom, by when, and how one can tell."""

    title = forms.CharField(label=_("What will be done"), max_length=250)
    lead = forms.ModelChoiceField(
        label=_("Lead organisation"),
        queryset=Organisation.objects.none(),
        empty_label=_("Choose a member"),
        help_text=_("One member that answers for it"),
    )
    partners = forms.ModelMultipleChoiceField(
        label=_("Partners"),
        queryset=Organisation.objects.none(),
        required=False,
        widget=forms.CheckboxSelectMultiple(),
        help_text=_("Members that help"),
    )
    starts_on = DateField(label=_("Starts"), help_text=_("For example, 1 4 2006"))
    ends_on = DateField(label=_("Ends"), help_text=_("For example, 31 3 2008"))
    measure = forms.CharField(
        label=_("How it is measured"),
        required=False,
        max_length=300,
        help_text=_("What is counted, by whom and how often. It is needed before you publish."),
    )

    def __init__(self, *args: Any, members: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["lead"].queryset = members  # type: ignore[attr-defined]
        self.fields["partners"].queryset = members  # type: ignore[attr-defined]

    def clean(self) -> dict[str, Any]:
        """It ends after it starts; the lead is not its own partner."""
        data = super().clean() or {}
        starts, ends = data.get("starts_on"), data.get("ends_on")
        if starts and ends and ends < starts:
            self.add_error("ends_on", _("The end must not be before the start"))
        if data.get("lead") and data["lead"] in data.get("partners", []):
            self.add_error("partners", _("%(name)s leads already; leave it out here") % {"name": data["lead"].name})
        return data

    @staticmethod
    def initial_of(action: Action) -> dict[str, Any]:
        """What stands in the form before anybody types."""
        return {
            "title": action.title,
            "lead": action.lead_id,
            "partners": [helper.organisation_id for helper in action.helpers.all()],
            "starts_on": action.starts_on,
            "ends_on": action.ends_on,
            "measure": action.measure,
            "version": action.version,
        }
