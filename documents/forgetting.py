"""What documents hold about people."""

from django.utils.translation import gettext_lazy as _

from documents.models import Document, Upload
from partnerships.forgetting import STAYS, Holding, holds

holds(
    Holding(
        "documents",
        _("Documents asked for"),
        lambda person: Document.objects.filter(asked_by=person.pk),
        {"title": "title", "made": "made_at"},
        STAYS,
    ),
    Holding(
        "uploads",
        _("Files uploaded"),
        lambda person: Upload.objects.filter(uploaded_by=person.pk),
        {"name": "name", "uploaded": "uploaded_at", "state": "state"},
        STAYS,
    ),
)
