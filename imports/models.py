"""Imports: what a file says, what is wrong with it, and what became of it."""

from typing import ClassVar

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from partnerships.tenancy.history import tracked_but_for
from partnerships.tenancy.schema import PartnershipKey


@tracked_but_for("rows", "errors", "notes")
class MemberImport(models.Model):
    """An uploaded table of members and seats. The file itself is not kept.

    `rows` are [number, texts by column, whether it adds something]; `errors` and `notes` are [row, column, sentence].
    They hold names and addresses of people, so they are emptied as soon as they are of no more use.
    """

    class State(models.TextChoices):
        CHECKING = "checking", _("Being checked")
        REFUSED = "refused", _("To be corrected")
        READY = "ready", _("Ready to import")
        ENTERING = "entering", _("Being imported")
        DONE = "done", _("Imported")
        DISCARDED = "discarded", _("Discarded")

    partnership = PartnershipKey()
    file_name = models.CharField(_("file"), max_length=200)
    sha256 = models.CharField(_("SHA-256"), max_length=64)
    size = models.PositiveIntegerField(_("size in bytes"))
    state = models.CharField(_("state"), max_length=10, choices=State, default=State.CHECKING)
    row_count = models.PositiveIntegerField(_("rows"))
    rows = models.JSONField(_("rows"), default=list, blank=True)
    errors = models.JSONField(_("errors"), default=list, blank=True)
    notes = models.JSONField(_("notes"), default=list, blank=True)
    counts = models.JSONField(_("what it adds"), default=dict, blank=True)
    uploaded_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    uploaded_at = models.DateTimeField(_("uploaded"), auto_now_add=True)
    job_id = models.BigIntegerField(_("last job"), null=True, blank=True)
    done_at = models.DateTimeField(_("imported"), null=True, blank=True)

    class Meta:
        verbose_name = _("import of members")
        verbose_name_plural = _("imports of members")
        indexes: ClassVar = [models.Index(fields=["partnership", "-uploaded_at"], name="imports_of_partnership")]
        constraints: ClassVar = [
            models.CheckConstraint(
                condition=Q(state="done", done_at__isnull=False) | (~Q(state="done") & Q(done_at__isnull=True)),
                name="import_done_and_when_together",
            ),
            models.CheckConstraint(
                condition=~Q(state__in=["done", "discarded"]) | Q(rows=[], errors=[], notes=[]),
                name="import_that_is_over_keeps_no_addresses",
            ),
            models.CheckConstraint(
                condition=Q(state__in=["checking", "done", "discarded"])
                | Q(state="refused", rows=[])
                | (Q(state__in=["ready", "entering"], errors=[]) & ~Q(rows=[])),
                name="import_has_rows_or_errors",
            ),
        ]

    def __str__(self) -> str:
        return self.file_name
