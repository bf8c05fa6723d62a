"""The field of a form that takes a file as evidence.

    class EvidenceForm(Form):
        title = forms.CharField(…)
        file = EvidenceField(label=_("File"))

The form must be sent as multipart/form-data, which crispy-forms does by itself for a form with a file field, and be
made with `request.FILES`. The field inspects the file, so that what is wrong with it stands beside the field; a file
that is too large has been cut off while it came in (`documents.intake`), and says so here. What else was typed is kept,
as in any form; the file itself has to be chosen again, because no browser lets a page put it back.

`cleaned_data["file"]` goes to `documents.actions.receive`, which does not judge it a second time.
"""

from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.core.files.uploadedfile import UploadedFile
from django.utils.functional import lazy
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from documents import inspection, scanner


def _hint() -> str:
    words = _("%(kinds)s, up to %(limit)s.") % {
        "kinds": _("PDF, Word, Excel, PowerPoint or OpenDocument without macros, CSV, text, PNG or JPEG"),
        "limit": inspection.limit_in_words(),
    }
    if scanner.is_set():
        return f"{words} {_('It can be opened once it has been checked for viruses.')}"
    return f"{words} {_('No virus scanner is set up here: look at what you add yourself.')}"


class EvidenceField(forms.FileField):
    """A file that may come in. The value is the uploaded file, inspected; None if it may be left out and was."""

    def __init__(self, **kwargs: Any) -> None:
        kwargs.setdefault("help_text", lazy(_hint, str)())
        kwargs.setdefault("widget", forms.FileInput(attrs={"accept": ",".join(inspection.ACCEPTED)}))
        kwargs["error_messages"] = {
            "required": gettext_lazy("Choose a file"),
            "missing": gettext_lazy("Choose a file"),
            "invalid": gettext_lazy("The file did not arrive. Choose it again"),
            "empty": gettext_lazy("The file is empty. Choose the one that you mean."),
            **kwargs.get("error_messages", {}),
        }
        super().__init__(**kwargs)

    def clean(self, data: Any, initial: Any = None) -> UploadedFile | None:
        """Raises ValidationError with the sentence of the inspection."""
        file: UploadedFile | None = super().clean(data, initial)
        if file:
            try:
                inspection.inspect(file)
            except inspection.Unwelcome as unwelcome:
                raise ValidationError(unwelcome.sentence().replace("%", "%%"), code="unwelcome") from unwelcome
        return file
