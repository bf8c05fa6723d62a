"""What reviewers hear and think: the dialogue with stakeholders, and the judgement of each section."""

from typing import ClassVar

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from partnerships.models.versions import Versioned
from partnerships.tenancy.history import tracked
from partnerships.tenancy.schema import AppendOnly, PartnershipKey, TenantForeignKey
from reviews.models.cases import Case


class DialogueEntry(models.Model):
    """One conversation about a case. What was recorded stays; a correction is an entry of its own.

    What is confidential is for the Government Office (and the national team) alone.
    """

    class Way(models.TextChoices):
        VISIT = "visit", _("Visit")
        MEETING = "meeting", _("Meeting")
        TELEPHONE = "telephone", _("Telephone")
        LETTER = "letter", _("Letter")
        EMAIL = "email", _("E-mail")

    partnership = PartnershipKey()
    case = TenantForeignKey(Case, on_delete=models.PROTECT, related_name="dialogue")
    on = models.DateField(_("date"))
    way = models.CharField(_("how"), max_length=10, choices=Way)
    with_whom = models.CharField(_("with whom"), max_length=120)
    role = models.CharField(_("their role"), max_length=160)
    words = models.TextField(_("what was said"))
    confidential = models.BooleanField(_("confidential to the Government Office"), default=False)
    corrects = TenantForeignKey("self", on_delete=models.PROTECT, null=True, blank=True, related_name="corrections")
    recorded_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    recorded_at = models.DateTimeField(_("recorded"), auto_now_add=True)

    class Meta:
        verbose_name = _("entry of the dialogue")
        verbose_name_plural = _("entries of the dialogue")
        indexes: ClassVar = [models.Index(fields=["partnership", "case", "-on"], name="dialogue_of_a_case")]
        constraints: ClassVar = [AppendOnly(name="dialogue_append_only")]

    def __str__(self) -> str:
        return f"{self.get_way_display()}, {self.on.isoformat()}"


@tracked
class Judgement(Versioned):
    """What the reviewer thinks of one section. `judgement` is a code of the kind's scale."""

    partnership = PartnershipKey()
    case = TenantForeignKey(Case, on_delete=models.PROTECT, related_name="judgements")
    section = models.CharField(_("section"), max_length=60)
    judgement = models.CharField(_("judgement"), max_length=30, blank=True)
    comment = models.TextField(_("comment"), blank=True)

    class Meta:
        verbose_name = _("judgement")
        verbose_name_plural = _("judgements")
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["partnership", "case", "section"], name="one_judgement_per_section"),
        ]

    def __str__(self) -> str:
        return self.section
