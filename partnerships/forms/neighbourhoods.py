"""Forms of neighbourhoods. They parse and explain; the actions save."""

import re
from typing import Any

from crispy_forms.helper import FormHelper
from crispy_forms.layout import Layout, Submit
from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from core.forms import DateField, Form, TextField
from core.refusals import Text

CODE = re.compile(r"E01[0-9]{6}")
MOST_CODES = 500  # more than the largest borough has


class SavingForm(Form):
    """What these forms share: the seal of what the writer saw, and a button that names the deed."""

    seen = forms.CharField(widget=forms.HiddenInput(), required=False, max_length=64)

    def __init__(self, *args: Any, submit: Text, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.helper = FormHelper()
        self.helper.layout = Layout(*self.fields, Submit("save", submit))


class CodesField(TextField):
    """Codes of small areas, typed or pasted with commas, spaces or line ends between them: a sorted list."""

    def to_python(self, value: Any) -> Any:
        text = super().to_python(value) or ""
        typed = [code for code in re.split(r"[\s,;]+", text) if code]
        wrong = [(place, code) for place, code in enumerate(typed, start=1) if not CODE.fullmatch(code.upper())]
        if wrong:
            raise ValidationError([self._words(place, code) for place, code in wrong[:10]])
        codes = {code.upper() for code in typed}
        if len(codes) > MOST_CODES:
            raise ValidationError(_("A neighbourhood has at most %(most)d small areas.") % {"most": MOST_CODES})
        return sorted(codes)

    @staticmethod
    def _words(place: int, code: str) -> ValidationError:
        return ValidationError(
            _("Code number %(place)d, “%(code)s”, is no LSOA code: E01 and six figures, such as E01000001"),
            params={"place": place, "code": code[:40]},
        )

    def prepare_value(self, value: Any) -> Any:
        """One code a line."""
        return "\n".join(value) if isinstance(value, list) else value


class NeighbourhoodForm(SavingForm):
    """Its name, what it is, its small areas."""

    name = forms.CharField(
        label=gettext_lazy("Name"), max_length=100, help_text=gettext_lazy("As people who live there call it")
    )
    about = TextField(
        label=gettext_lazy("About it"),
        required=False,
        max_length=5000,
        help_text=gettext_lazy("Where it begins and ends, and why the partnership works for it. Everyone can read it."),
    )
    codes = CodesField(
        label=gettext_lazy("Small areas (LSOAs)"),
        required=False,
        rows=8,
        max_length=20_000,
        help_text=gettext_lazy(
            "Their codes, such as E01000001, with commas, spaces or line ends between them. You can paste a column."
        ),
    )
    field_order = ("seen", "name", "about", "starts_on", "codes")


class NewNeighbourhoodForm(NeighbourhoodForm):
    """The same, and from when on."""

    starts_on = DateField(label=gettext_lazy("From"), help_text=gettext_lazy("For example, 1 4 2006"))


class EndForm(SavingForm):
    """When and why a neighbourhood is none any more."""

    on = DateField(
        label=gettext_lazy("From which day on is it none any more?"), help_text=gettext_lazy("For example, 31 3 2008")
    )
    reason = forms.CharField(
        label=gettext_lazy("Why"),
        max_length=300,
        help_text=gettext_lazy("It stands in the log, for those who come after you"),
    )
