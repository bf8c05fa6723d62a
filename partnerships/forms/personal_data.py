"""Forms about the data of a person. They parse and explain; the actions save."""

from typing import Any

from crispy_forms.helper import FormHelper
from crispy_forms.layout import Layout, Submit
from django import forms
from django.utils.translation import gettext_lazy as _

from core.forms import Form, TextField
from core.refusals import Incomplete


class RemovalForm(Form):
    """Anonymising oneself: knowing that nothing brings it back."""

    sure = forms.BooleanField(label=_("I know that this cannot be undone"))
    submit = _("Remove my account")

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.helper = FormHelper()
        button = Submit("anonymise", self.submit, css_class="govuk-button--warning")
        self.helper.layout = Layout(*self.fields, button)

    def refuse(self, refusal: Incomplete) -> None:
        """Say beside the field, or at the top, what the deed lacks."""
        for gap in refusal.gaps:
            name = gap.anchor.removeprefix("id_")
            self.add_error(name if name in self.fields else None, str(gap.message))


class AnonymiseForm(RemovalForm):
    """Anonymising somebody else: also why."""

    reason = TextField(
        label=_("Reason"),
        rows=3,
        max_length=500,
        help_text=_("It stays in the log of deeds. Leave name and address of the person out of it"),
    )
    submit = _("Anonymise this person")
    field_order = ("reason", "sure")
