"""What a reviewer recommends, what is decided, and what a partnership says against it."""

import datetime
from typing import ClassVar

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from partnerships.tenancy.history import tracked
from partnerships.tenancy.schema import AppendOnly, PartnershipKey, TenantForeignKey
from reviews.models.cases import Case, Submission


class Verdict(models.Model):
    """What is recommended or decided, in words that stay as they are when the scheme changes.

    `outcome` is a code of the kind's outcomes. `conditions` is a list of {"words": …, "due_on": "2006-01-31"}.
    """

    outcome = models.CharField(_("outcome"), max_length=30)
    outcome_label = models.CharField(_("outcome in words"), max_length=100)
    reasons = models.TextField(_("reasons"))
    concerns = models.TextField(_("areas of concern"), blank=True)
    conditions = models.JSONField(_("conditions"), default=list, blank=True)
    next_review_on = models.DateField(_("next review"), null=True, blank=True)

    class Meta:
        abstract = True

    @property
    def dated_conditions(self) -> list[tuple[str, datetime.date | None]]:
        """Each condition in words, with its day if it has one."""
        rows = ((row["words"], row["due_on"]) for row in self.conditions)
        return [(words, datetime.date.fromisoformat(day) if day else None) for words, day in rows]


class Recommendation(Verdict):
    """What the reviewer recommends, about which submission. A changed mind is a further one; the last one counts."""

    partnership = PartnershipKey()
    case = TenantForeignKey(Case, on_delete=models.PROTECT, related_name="recommendations")
    submission = TenantForeignKey(Submission, on_delete=models.PROTECT, related_name="recommendations")
    number = models.PositiveIntegerField(_("number"))
    by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, related_name="+")
    at = models.DateTimeField(_("when"), auto_now_add=True)

    class Meta:
        verbose_name = _("recommendation")
        verbose_name_plural = _("recommendations")
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["partnership", "case", "number"], name="one_recommendation_per_number"),
            models.CheckConstraint(condition=~Q(reasons=""), name="recommendation_has_reasons"),
            AppendOnly(name="recommendation_append_only"),
        ]

    def __str__(self) -> str:
        return self.outcome_label


class Return(models.Model):
    """A manager sends a recommendation back to the reviewer. Only the Government Office reads why."""

    partnership = PartnershipKey()
    recommendation = TenantForeignKey(Recommendation, on_delete=models.PROTECT, related_name="returns")
    reason = models.TextField(_("why"))
    by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, related_name="+")
    at = models.DateTimeField(_("when"), auto_now_add=True)

    class Meta:
        verbose_name = _("returned recommendation")
        verbose_name_plural = _("returned recommendations")
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["partnership", "recommendation"], name="returned_once"),
            models.CheckConstraint(condition=~Q(reason=""), name="returned_with_a_reason"),
            AppendOnly(name="return_append_only"),
        ]

    def __str__(self) -> str:
        return self.reason[:80]


class Decision(Verdict):
    """What was decided: by the Government Office (number 1), and after an appeal that was upheld (number 2).

    It never changes; the last one holds, the first stays to be seen. `consequence` and `certifies` are the scheme's on
    that day.
    """

    partnership = PartnershipKey()
    case = TenantForeignKey(Case, on_delete=models.PROTECT, related_name="decisions")
    submission = TenantForeignKey(Submission, on_delete=models.PROTECT, related_name="decisions")
    number = models.PositiveIntegerField(_("number"))
    reference = models.CharField(_("reference"), max_length=40)
    consequence = models.TextField(_("what follows"), blank=True)
    certifies = models.BooleanField(_("with a certificate"), default=False)
    recommended_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    decided_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    decided_at = models.DateTimeField(_("decided"))
    sha256 = models.CharField(_("SHA-256"), max_length=64)

    class Meta:
        verbose_name = _("decision")
        verbose_name_plural = _("decisions")
        indexes: ClassVar = [
            models.Index(
                fields=["next_review_on"], condition=Q(next_review_on__isnull=False), name="decisions_to_review_again"
            )
        ]
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["partnership", "case", "number"], name="one_decision_per_number"),
            models.UniqueConstraint(fields=["partnership", "reference"], name="one_decision_per_reference"),
            models.CheckConstraint(condition=~Q(reasons=""), name="decision_has_reasons"),
            models.CheckConstraint(
                condition=Q(recommended_by__isnull=True) | ~Q(recommended_by=F("decided_by")),
                name="decided_by_somebody_else",
            ),
            AppendOnly(name="decision_append_only"),
        ]

    def __str__(self) -> str:
        return f"{self.reference}: {self.outcome_label}"


@tracked
class Appeal(models.Model):
    """A partnership asks the national team to look at a decision again."""

    class State(models.TextChoices):
        OPEN = "open", _("With the national team")
        UPHELD = "upheld", _("Upheld")
        DISMISSED = "dismissed", _("Dismissed")

    partnership = PartnershipKey()
    case = TenantForeignKey(Case, on_delete=models.PROTECT, related_name="appeals")
    decision = TenantForeignKey(Decision, on_delete=models.PROTECT, related_name="appeals")
    state = models.CharField(_("state"), max_length=10, choices=State, default=State.OPEN)
    grounds = models.TextField(_("grounds"))
    made_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    made_at = models.DateTimeField(_("made"), auto_now_add=True)
    answer = models.TextField(_("answer"), blank=True)
    answered_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    answered_at = models.DateTimeField(_("answered"), null=True, blank=True)

    class Meta:
        verbose_name = _("appeal")
        verbose_name_plural = _("appeals")
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["partnership", "decision"], name="one_appeal_per_decision"),
            models.CheckConstraint(
                condition=Q(state="open", answered_at__isnull=True)
                | (~Q(state="open") & Q(answered_at__isnull=False) & ~Q(answer="")),
                name="appeal_answered_with_reasons",
            ),
        ]

    def __str__(self) -> str:
        return self.grounds[:80]
