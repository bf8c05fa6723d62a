"""What was published: numbered, frozen, readable by everyone. The application can add editions, never change one."""

from typing import ClassVar

from django.db import models
from django.db.models import Q
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from documents.models import StoredFile
from partnerships.tenancy.schema import AppendOnly, PartnershipKey, TenantForeignKey
from strategies.models.strategies import Strategy


class Edition(models.Model):
    """One published edition. `body` is the article as the public reads it, web page and PDF alike; `content` the rows
    it was made from; `sha256` seals both.
    """

    partnership = PartnershipKey(public_read=True)
    strategy = TenantForeignKey(Strategy, on_delete=models.PROTECT, related_name="editions")
    number = models.PositiveIntegerField(_("edition"))
    title = models.CharField(_("title"), max_length=120)
    subtitle = models.CharField(_("subtitle"), max_length=200)
    partnership_name = models.CharField(_("partnership"), max_length=200)
    published_at = models.DateTimeField(_("published"))
    published_by_name = models.CharField(_("published by"), max_length=200)
    demonstration = models.BooleanField(_("an example"), default=False)
    seats = models.JSONField(_("seats held and open"))
    contents = models.JSONField(_("chapters"))
    content = models.JSONField(_("rows"))
    body = models.TextField(_("article"))
    sha256 = models.CharField(_("SHA-256"), max_length=64)

    class Meta:
        verbose_name = _("edition")
        verbose_name_plural = _("editions")
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["partnership", "number"], name="one_edition_per_number"),
            models.CheckConstraint(condition=Q(number__gte=1), name="editions_count_from_one"),
            AppendOnly(name="edition_append_only"),
        ]

    def __str__(self) -> str:
        return f"{self.title}, edition {self.number}"

    def get_absolute_url(self) -> str:
        """Its web page, for ever."""
        return reverse("strategies:edition", args=[self.partnership.slug, self.number])


class EditionFile(StoredFile):
    """The PDF of an edition. There is one, whatever happens to the worker."""

    partnership = PartnershipKey(public_read=True)
    edition = TenantForeignKey(Edition, on_delete=models.PROTECT, related_name="files")

    class Meta:
        verbose_name = _("file of an edition")
        verbose_name_plural = _("files of editions")
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["partnership", "edition"], name="one_file_per_edition"),
            AppendOnly(name="edition_file_append_only"),
        ]
