"""Letters about cases, and what the clock has told: each once, whatever dies when."""

import uuid
from typing import ClassVar

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from partnerships.tenancy.history import tracked
from partnerships.tenancy.schema import AppendOnly, PartnershipKey, TenantForeignKey
from reviews.models.cases import Case


@tracked
class Letter(models.Model):
    """An e-mail to one person about a case. It is written from the rows when it is sent.

    `kind` names the template, `number` what it is about: a submission, a request, a decision, a notice. One row of a
    kind and number for each person, with one Message-ID, so that a mail server knows a letter that came twice.
    """

    partnership = PartnershipKey()
    case = TenantForeignKey(Case, on_delete=models.PROTECT, related_name="letters")
    kind = models.CharField(_("kind"), max_length=30)
    number = models.BigIntegerField(_("number"))
    to = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    message_id = models.UUIDField(_("Message-ID"), default=uuid.uuid4, editable=False)
    asked_at = models.DateTimeField(_("asked"), auto_now_add=True)
    sent_at = models.DateTimeField(_("sent"), null=True, blank=True)

    class Meta:
        verbose_name = _("letter about a case")
        verbose_name_plural = _("letters about cases")
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["partnership", "case", "kind", "number", "to"], name="one_letter_to_each"),
        ]

    def __str__(self) -> str:
        return self.kind


class Notice(models.Model):
    """The clock has said something about a case: that a day is near, that it has passed. Each once for a day."""

    class Kind(models.TextChoices):
        DUE_SOON = "due_soon", _("To be decided soon")
        LATE = "late", _("Not decided in time")
        ESCALATED = "escalated", _("Still not decided: told to the managers")
        ANSWER_DUE = "answer_due", _("To be answered soon")
        ANSWER_LATE = "answer_late", _("Not answered in time")
        REVIEW_DUE = "review_due", _("Next review is near")

    partnership = PartnershipKey()
    case = TenantForeignKey(Case, on_delete=models.PROTECT, related_name="notices")
    kind = models.CharField(_("kind"), max_length=12, choices=Kind)
    day = models.DateField(_("day it is about"))
    at = models.DateTimeField(_("told"), auto_now_add=True)

    class Meta:
        verbose_name = _("notice")
        verbose_name_plural = _("notices")
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["partnership", "case", "kind", "day"], name="one_notice_per_day"),
            AppendOnly(name="notice_append_only"),
        ]

    def __str__(self) -> str:
        return str(self.get_kind_display())
