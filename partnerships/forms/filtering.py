"""The panel beside a list."""

from typing import Any

from crispy_forms.helper import FormHelper

from core.forms import Form


class FilterForm(Form):
    """Sent by GET, so that the address can be passed on."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.helper = FormHelper()
        self.helper.form_tag = False
        self.helper.disable_csrf = True
