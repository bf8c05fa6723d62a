"""The form of a point of contact. It parses and explains; the action saves."""

import re
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from accounts.models import Person
from core.forms import TextField
from partnerships.forms.neighbourhoods import SavingForm

TELEPHONE = re.compile(r"\+?[0-9 ()./-]{3,25}(( ?ext\.? ?| ?extension | ?x ?)[0-9]{1,6})?", re.IGNORECASE)


class ContactForm(SavingForm):
    """Whom to ask for, how to reach them, how to get involved: as everyone will read it."""

    name = forms.CharField(
        label=gettext_lazy("Whom to ask for"),
        max_length=200,
        help_text=gettext_lazy("A role or a team, such as “Partnership office”. Name a person only if they agree."),
    )
    email = forms.EmailField(
        label=gettext_lazy("E-mail address"),
        required=False,
        max_length=254,
        help_text=gettext_lazy("Everyone can read it: better an office’s than a person’s own"),
    )
    telephone = forms.CharField(
        label=gettext_lazy("Telephone"),
        required=False,
        max_length=40,
        help_text=gettext_lazy("With the area code, such as 020 7946 0000"),
        widget=forms.TextInput(attrs={"inputmode": "tel", "class": "govuk-input--width-20"}),
    )
    address = TextField(
        label=gettext_lazy("Address and opening hours"),
        required=False,
        rows=5,
        max_length=1000,
        help_text=gettext_lazy("Also how somebody in a wheelchair gets in, and the nearest stop"),
    )
    getting_involved = TextField(
        label=gettext_lazy("How to get involved"),
        required=False,
        rows=10,
        max_length=10_000,
        help_text=gettext_lazy(
            "What somebody can do who wants to help. Leave an empty line between paragraphs. **Two stars** make bold, "
            "- at the start of a line a list, [words](https://address) a link."
        ),
    )
    person = forms.ModelChoiceField(
        label=gettext_lazy("Who of the partnership stands behind it"),
        queryset=Person.objects.none(),
        required=False,
        empty_label=gettext_lazy("Nobody in particular"),
        help_text=gettext_lazy("No public page shows it. When they leave, their part here is handed over."),
    )

    def __init__(self, *args: Any, people: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["person"].queryset = people  # type: ignore[attr-defined]
        self.fields["person"].label_from_instance = lambda person: person.name  # type: ignore[attr-defined]

    def clean_telephone(self) -> str:
        """Figures as a telephone takes them, perhaps with an extension."""
        number: str = self.cleaned_data["telephone"]
        if number and not (TELEPHONE.fullmatch(number) and re.search(r"[0-9]{2}", number)):
            raise ValidationError(
                _("Enter a telephone number of figures, such as 020 7946 0000 or 020 7946 0000 ext 12")
            )
        return number
