"""Forms about entries of the directory of organisations. They parse and explain; the actions save."""

import re
from typing import Any

from crispy_forms.helper import FormHelper
from crispy_forms.layout import Layout, Submit
from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from core.forms import DateField, Form
from partnerships.models import Organisation, OrganisationIdentifier, Sector
from partnerships.queries.organisations import FEWEST_LETTERS, number_as_written, without_points

Scheme = OrganisationIdentifier.Scheme
EXAMPLE = _("For example, 1 4 2006")

# As the registers write their numbers: the Charity Commission's with a suffix for a linked charity, Companies House's,
# the ONS's of since 2011 and, before that, the SNAC codes of authorities.
FORMATS = {
    Scheme.CHARITY: (re.compile(r"\d{6,8}(-\d{1,3})?"), _("A charity number has 6 to 8 figures, such as 1049095")),
    Scheme.COMPANY: (
        re.compile(r"[A-Z0-9]{2}\d{5}[A-Z0-9]"),
        _("A company number has 8 characters, such as 02714875 or IP12345R"),
    ),
    Scheme.ONS: (
        re.compile(r"[EWNS]\d{8}|\d{2}([A-Z]{2}){0,2}"),
        _("An ONS code is like E09000028, or, of before 2011, like 00BE"),
    ),
}


class NameField(forms.CharField):
    """A name with single spaces."""

    def to_python(self, value: Any) -> str:
        return " ".join((super().to_python(value) or "").split())


class NumberField(forms.CharField):
    """A number of a register, as the register writes it."""

    def __init__(self, scheme: Scheme, **kwargs: Any) -> None:
        kwargs.setdefault("widget", forms.TextInput({"class": "govuk-input--width-10", "spellcheck": "false"}))
        super().__init__(label=scheme.label, required=False, max_length=20, **kwargs)
        self.scheme = scheme

    def to_python(self, value: Any) -> str:
        number = number_as_written(self.scheme, super().to_python(value) or "")
        fits, words = FORMATS[self.scheme]
        if number and not fits.fullmatch(number):
            raise ValidationError(words)
        return number


class LookupForm(Form):
    """A name or number to look up in the directory. Nothing typed is no error: that is how the page begins."""

    q = NameField(
        label=_("Name or number of the organisation"),
        required=False,
        max_length=200,
        help_text=_("Three letters or more, or its charity or company number or ONS code"),
    )

    def clean_q(self) -> str:
        """Enough letters for the directory to suggest something."""
        text: str = self.cleaned_data["q"]
        if text and len(without_points(text)) < FEWEST_LETTERS:
            raise ValidationError(_("Enter three letters or more"))
        return text


class DeedForm(Form):
    """A form whose button names the deed; its dates lie in years in which there are partnerships."""

    submit = _("Save")

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.helper = FormHelper()
        self.helper.layout = Layout(*self.parts(), Submit("save", self.submit))

    def parts(self) -> list[Any]:
        """What stands in the form, from top to bottom."""
        return list(self.fields)


class EntryForm(DeedForm):
    """What the directory says of an organisation."""

    submit = _("Change the entry")

    name = NameField(label=_("Name"), max_length=200)
    sector = forms.ModelChoiceField(
        label=_("Sector"), queryset=Sector.objects.order_by("order"), empty_label=_("Choose a sector")
    )
    kind = NameField(
        label=_("Kind of body"),
        required=False,
        max_length=100,
        help_text=_("For example, council or housing association"),
    )
    website = forms.URLField(
        label=_("Website"), required=False, max_length=300, assume_scheme="https", help_text=_("Its own, for everyone")
    )

    @staticmethod
    def initial_of(organisation: Organisation) -> dict[str, Any]:
        """What stands in the form before anybody types."""
        return {name: getattr(organisation, name) for name in ("name", "sector", "kind", "website")}


class NumbersForm(DeedForm):
    """Another number of one register; what it had ends on the day on which the new one begins."""

    submit = _("Save the number")

    scheme = forms.ChoiceField(label=_("Which register?"), choices=Scheme.choices, widget=forms.RadioSelect)
    value = NameField(
        label=_("Number from now on"),
        required=False,
        max_length=20,
        help_text=_("Leave it empty if the organisation no longer has one"),
        widget=forms.TextInput({"class": "govuk-input--width-10", "spellcheck": "false"}),
    )
    on = DateField(
        label=_("From"), required=False, help_text=_("For example, 1 4 2006. A first number can do without a day")
    )

    def clean(self) -> dict[str, Any]:
        """The number is one of its register."""
        data = super().clean() or {}
        if data.get("scheme") and data.get("value"):
            try:
                data["value"] = NumberField(Scheme(data["scheme"])).clean(data["value"])
            except ValidationError as error:
                self.add_error("value", error)
        return data
