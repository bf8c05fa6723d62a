"""The form that takes a file."""

from typing import Any

from crispy_forms.helper import FormHelper
from crispy_forms.layout import Layout, Submit
from django import forms
from django.core.files.uploadedfile import UploadedFile
from django.template.defaultfilters import filesizeformat
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from core.forms import Form
from core.sheets import MAX_BYTES, MAX_ROWS, Sheet, Unreadable, read
from partnerships.queries.member_sheet import COLUMNS


class UploadForm(Form):
    """A CSV or XLSX file. What it holds is in `sheet` and `content` once the form is valid."""

    file = forms.FileField(
        label=gettext_lazy("Spreadsheet"),
        help_text=gettext_lazy("A CSV or XLSX file of up to %(bytes)s and %(rows)s rows")
        % {"bytes": filesizeformat(MAX_BYTES), "rows": f"{MAX_ROWS:,}"},
        widget=forms.FileInput(attrs={"accept": ".csv,.xlsx"}),
        error_messages={
            "required": gettext_lazy("Choose a spreadsheet"),
            "missing": gettext_lazy("Choose a spreadsheet"),
            "empty": gettext_lazy("The file is empty. Choose one with a heading and a row for each seat"),
            "invalid": gettext_lazy("The file did not arrive. Choose it again"),
        },
    )

    sheet: Sheet
    content: bytes

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.helper = FormHelper()
        self.helper.layout = Layout("file", Submit("upload", _("Upload and check")))

    def clean_file(self) -> UploadedFile:
        """The file holds a table that can be read."""
        file: UploadedFile = self.cleaned_data["file"]
        if (file.size or 0) > MAX_BYTES:
            sizes = {"size": filesizeformat(file.size or 0), "limit": filesizeformat(MAX_BYTES)}
            raise forms.ValidationError(
                _("The file has %(size)s. Choose one of up to %(limit)s, or divide it into several.") % sizes
            )
        self.content = file.read()
        try:
            self.sheet = read(self.content, COLUMNS)
        except Unreadable as refused:
            raise forms.ValidationError(str(refused)) from refused
        return file
