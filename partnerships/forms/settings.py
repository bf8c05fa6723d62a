"""Forms of a partnership's settings. They parse and explain; the actions save."""

from collections.abc import Sequence
from typing import Any

from crispy_forms.helper import FormHelper
from crispy_forms.layout import Fieldset, Layout, Submit
from django import forms
from django.core.validators import validate_slug
from django.db.models import QuerySet
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from core.dates import today
from core.forms import DateField, Form, Radios, TextField
from core.refusals import Text
from partnerships.models import Authority, Organisation, Partnership


class SettingsForm(Form):
    """What these forms share: a button that names the deed, red where it cannot be taken back lightly."""

    submit: Text = _("Save")
    grave = False

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        css = "govuk-button--warning" if self.grave else ""
        self.helper = FormHelper()
        self.helper.layout = Layout(*self.shown(), Submit("save", self.submit, css_class=css))

    def shown(self) -> Sequence[Any]:
        """What is laid out, in order."""
        return list(self.fields)


class DetailsForm(SettingsForm):
    """What a partnership is called, and who answers for its money."""

    version = forms.IntegerField(widget=forms.HiddenInput(), required=False)
    name = forms.CharField(label=_("Name"), max_length=200)
    short_name = forms.CharField(
        label=_("Short name"), max_length=100, help_text=_("As lists show it, such as Derby. The address stays.")
    )
    accountable_body = forms.ModelChoiceField(
        label=_("Accountable body"),
        queryset=Organisation.objects.none(),
        required=False,
        empty_label=_("None"),
        help_text=_("The member that answers for its money"),
    )

    def __init__(self, *args: Any, members: QuerySet[Organisation], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["accountable_body"].queryset = members  # type: ignore[attr-defined]


class AreaForm(SettingsForm):
    """An area more, from a day on."""

    authority = forms.ModelChoiceField(
        label=_("Area"),
        queryset=Authority.objects.none(),
        empty_label=_("Choose an area"),
        help_text=_("The areas of the region, those of 2004 and those that took over from them since"),
    )
    starts_on = DateField(label=_("From"), help_text=_("For example, 1 4 2009"))
    submit = _("Add the area")

    def __init__(self, *args: Any, areas: QuerySet[Authority], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        choice = self.fields["authority"]
        choice.queryset = areas  # type: ignore[attr-defined]
        choice.label_from_instance = area_in_words  # type: ignore[attr-defined]


def area_in_words(area: Authority) -> str:
    """Its name and kind, as a county and one of its districts may bear one name; and when it existed."""
    words = f"{area.name} ({area.get_kind_display()}"
    if area.valid_from and area.valid_from.year > 2004:
        words += gettext(", since %(year)s") % {"year": area.valid_from.year}
    if area.valid_until:
        words += gettext(", until %(year)s") % {"year": area.valid_until.year}
    return f"{words})"


class ReasonForm(SettingsForm):
    """Why, for the log."""

    reason = TextField(
        label=_("Why"), max_length=1000, rows=3, help_text=_("It stands in the log, for those who come after you")
    )


class EndAreaForm(ReasonForm):
    """From which day on an area is none of the partnership's any more."""

    on = DateField(label=_("First day without it"), help_text=_("For example, 1 4 2009"))
    submit = _("End this area")
    field_order = ("on", "reason")


class EndingForm(ReasonForm):
    """When, why, and who comes after."""

    on = DateField(
        label=_("From which day on is it over?"),
        help_text=_("Today or later. From this day on the partnership can only be read."),
    )
    successor = forms.ModelChoiceField(
        label=_("Successor"),
        queryset=Partnership.objects.none(),
        required=False,
        empty_label=_("None"),
        help_text=_("Where readers are sent. Members and seats are not taken over: for that, merge the two."),
    )
    submit = _("End the partnership")
    grave = True
    field_order = ("on", "successor", "reason")

    def __init__(self, *args: Any, others: QuerySet[Partnership], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["successor"].queryset = others  # type: ignore[attr-defined]

    def clean_on(self) -> Any:
        """Not a day that has gone by: what was done since then stands."""
        day = self.cleaned_data["on"]
        if day < today():
            raise forms.ValidationError(gettext("The day must be today or later"))
        return day


class ReopeningForm(ReasonForm):
    """Why an end is taken back."""

    submit = _("Open it again")


NEW, THIS, OTHER = "new", "this", "other"


class MergeForm(SettingsForm):
    """With whom, and into what. It only asks: what would be done is shown before anybody confirms."""

    other = forms.ModelChoiceField(
        label=_("Merge with"),
        queryset=Partnership.objects.none(),
        empty_label=_("Choose a partnership"),
        error_messages={"invalid_choice": _("This partnership has ended, or will, or is of another region")},
    )
    into = forms.ChoiceField(
        label=_("Which partnership goes on?"),
        choices=[
            (NEW, _("A new one takes over from both")),
            (THIS, _("This one takes over from the other")),
            (OTHER, _("The other one takes over from this")),
        ],
        widget=Radios(),
    )
    name = forms.CharField(label=_("Name of the new one"), max_length=200, required=False)
    short_name = forms.CharField(
        label=_("Short name"), max_length=100, required=False, help_text=_("As lists show it, such as Derby")
    )
    slug = forms.CharField(
        label=_("Address"),
        max_length=80,
        required=False,
        help_text=_("Small letters, figures and hyphens: /p/county-durham/"),
    )
    submit = _("See what would be done")

    def __init__(self, *args: Any, others: QuerySet[Partnership], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["other"].queryset = others  # type: ignore[attr-defined]
        self.helper.form_method = "get"
        self.helper.disable_csrf = True

    def shown(self) -> Sequence[Any]:
        """What a new one is called stands by itself."""
        return ["other", "into", Fieldset(_("If a new one takes over"), "name", "short_name", "slug")]

    def clean_slug(self) -> str:
        """An address, in small letters."""
        slug: str = self.cleaned_data["slug"].lower()
        if slug:
            validate_slug(slug)
        return slug

    def clean(self) -> dict[str, Any]:
        """A new one needs a name and an address that nobody has, not even one that has ended."""
        data = super().clean() or {}
        if data.get("into") != NEW:
            return data
        missing = {
            "name": gettext("Enter the name of the new one"),
            "short_name": gettext("Enter its short name"),
            "slug": gettext("Enter its address"),
        }
        for name, words in missing.items():
            if not data.get(name) and name not in self.errors:
                self.add_error(name, words)
        for name in ("name", "slug"):
            if data.get(name) and Partnership.objects.filter(**{name: data[name]}).exists():
                self.add_error(name, gettext("A partnership has this already, perhaps one that has ended"))
        return data


class MergeConfirmationForm(ReasonForm):
    """For which areas, and why."""

    areas = forms.ModelMultipleChoiceField(
        label=_("Areas from today on"),
        queryset=Authority.objects.none(),
        widget=forms.CheckboxSelectMultiple(),
        error_messages={"required": _("Choose at least one area")},
        help_text=_("Those of both, and the authorities that took over from them"),
    )
    accountable_body = forms.ModelChoiceField(
        label=_("Accountable body of the new one"),
        queryset=Organisation.objects.none(),
        required=False,
        empty_label=_("None yet"),
    )
    submit = _("Merge the partnerships")
    grave = True
    field_order = ("areas", "accountable_body", "reason")

    def __init__(
        self, *args: Any, areas: QuerySet[Authority], bodies: QuerySet[Organisation] | None, **kwargs: Any
    ) -> None:
        self.asks_for_body = bodies is not None
        super().__init__(*args, **kwargs)
        choice = self.fields["areas"]
        choice.queryset = areas  # type: ignore[attr-defined]
        choice.label_from_instance = area_in_words  # type: ignore[attr-defined]
        self.helper.form_tag = False  # the page puts the seal of what was seen into the form
        self.helper.disable_csrf = True
        if bodies is not None:
            self.fields["accountable_body"].queryset = bodies  # type: ignore[attr-defined]

    def shown(self) -> Sequence[Any]:
        """Who answers for the money is asked of a new one."""
        return ["areas", *(["accountable_body"] if self.asks_for_body else []), "reason"]
