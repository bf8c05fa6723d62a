"""Files of a partnership: what a worker made of its rows, and what its people have uploaded."""

from typing import ClassVar

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from partnerships.tenancy.history import tracked
from partnerships.tenancy.schema import AppendOnly, PartnershipKey


class StoredFile(models.Model):
    """What is known of a stored file. Its content never changes: `sha256` says so."""

    key = models.CharField(_("key in storage"), max_length=200)
    name = models.CharField(_("file name"), max_length=200)
    content_type = models.CharField(_("type"), max_length=100, default="application/pdf")
    size = models.PositiveBigIntegerField(_("size in bytes"))
    pages = models.PositiveIntegerField(_("pages"))
    sha256 = models.CharField(_("SHA-256"), max_length=64)
    made_at = models.DateTimeField(_("made"), auto_now_add=True)

    class Meta:
        abstract = True

    def __str__(self) -> str:
        return self.name


class Document(StoredFile):
    """A document for the partnership's own people, such as the draft of a strategy as a PDF. `job_id` made it, once."""

    partnership = PartnershipKey()
    title = models.CharField(_("title"), max_length=300)
    job_id = models.BigIntegerField(_("job"))
    asked_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        verbose_name=_("asked by"),
        on_delete=models.PROTECT,
        null=True,
        db_index=False,
        related_name="+",
    )

    class Meta:
        verbose_name = _("document")
        verbose_name_plural = _("documents")
        indexes: ClassVar = [models.Index(fields=["partnership", "-made_at"], name="documents_of_partnership")]
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["partnership", "job_id"], name="one_document_per_job"),
            AppendOnly(name="document_append_only"),
        ]


@tracked
class Upload(models.Model):
    """A file that somebody has uploaded. Nobody but the scanner reads it until it has passed."""

    class State(models.TextChoices):
        CHECKING = "checking", _("Being checked")
        PASSED = "passed", _("Checked")
        REFUSED = "refused", _("Refused")

    partnership = PartnershipKey()
    key = models.CharField(_("key in storage"), max_length=200)
    name = models.CharField(_("file name"), max_length=200)
    content_type = models.CharField(_("type"), max_length=100)
    size = models.PositiveBigIntegerField(_("size in bytes"))
    sha256 = models.CharField(_("SHA-256"), max_length=64)
    state = models.CharField(_("state"), max_length=10, choices=State, default=State.CHECKING)
    finding = models.CharField(_("what the scanner found"), max_length=200, blank=True)
    uploaded_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, blank=True, db_index=False, related_name="+"
    )
    uploaded_at = models.DateTimeField(_("uploaded"), auto_now_add=True)
    checked_at = models.DateTimeField(_("checked"), null=True, blank=True)

    class Meta:
        verbose_name = _("uploaded file")
        verbose_name_plural = _("uploaded files")
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["partnership", "key"], name="one_upload_per_key"),
            models.CheckConstraint(
                condition=models.Q(state="checking", checked_at__isnull=True)
                | (~models.Q(state="checking") & models.Q(checked_at__isnull=False)),
                name="upload_checked_and_when_together",
            ),
        ]

    def __str__(self) -> str:
        return self.name
