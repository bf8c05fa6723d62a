"""The action plan: what will be done about it, by whom, by when, and how far it is."""

from typing import ClassVar

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from accreditation.models.assessments import SelfAssessment
from accreditation.models.schemes import Criterion
from partnerships.models import Organisation
from partnerships.models.versions import Versioned
from partnerships.tenancy.history import tracked
from partnerships.tenancy.schema import AppendOnly, PartnershipKey, TenantForeignKey


@tracked
class PlannedAction(Versioned):
    """One action to strengthen the partnership. While it is a draft its lead, dates and measure may be missing."""

    partnership = PartnershipKey()
    assessment = TenantForeignKey(SelfAssessment, on_delete=models.PROTECT, related_name="actions")
    criterion = models.ForeignKey(Criterion, on_delete=models.PROTECT, related_name="+")
    title = models.CharField(_("action"), max_length=250)
    lead = models.ForeignKey(
        Organisation,
        verbose_name=_("lead organisation"),
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
    )
    starts_on = models.DateField(_("starts"), null=True, blank=True)
    ends_on = models.DateField(_("ends"), null=True, blank=True)
    measure = models.CharField(_("how it is measured"), max_length=300, blank=True)
    removed_at = models.DateTimeField(_("taken out"), null=True, blank=True)

    class Meta:
        verbose_name = _("planned action")
        verbose_name_plural = _("planned actions")
        ordering = ("criterion__order", "pk")
        constraints: ClassVar = [
            models.CheckConstraint(
                condition=Q(starts_on__isnull=True) | Q(ends_on__isnull=True) | Q(ends_on__gte=F("starts_on")),
                name="planned_action_ends_after_it_starts",
            ),
        ]
        indexes: ClassVar = [models.Index(fields=["partnership", "assessment"], name="actions_of_an_assessment")]

    def __str__(self) -> str:
        return self.title


class ActionProgress(models.Model):
    """How far an action is, as somebody said on a day. The last one counts; none is changed."""

    class State(models.TextChoices):
        NOT_BEGUN = "not_begun", _("Not begun")
        UNDER_WAY = "under_way", _("Under way")
        DONE = "done", _("Done")
        DROPPED = "dropped", _("Dropped")

    partnership = PartnershipKey()
    action = TenantForeignKey(PlannedAction, on_delete=models.PROTECT, related_name="progress")
    state = models.CharField(_("state"), max_length=10, choices=State)
    words = models.TextField(_("what was done"))
    noted_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    noted_at = models.DateTimeField(_("noted"), auto_now_add=True)

    class Meta:
        verbose_name = _("progress of an action")
        verbose_name_plural = _("progress of actions")
        constraints: ClassVar = [AppendOnly(name="action_progress_append_only")]
        indexes: ClassVar = [models.Index(fields=["partnership", "action", "-noted_at"], name="progress_of_an_action")]

    def __str__(self) -> str:
        return str(self.get_state_display())

    @property
    def label(self) -> str:
        """What it is in the log."""
        return str(self.action)
