"""The parts of a strategy. Each is saved by itself, so that several people can write at once."""

from typing import ClassVar

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from partnerships.models import Organisation
from partnerships.models.versions import Versioned
from partnerships.tenancy.history import tracked
from partnerships.tenancy.schema import PartnershipKey, TenantForeignKey
from strategies.models.strategies import Strategy
from themes.models import Theme


class Part(Versioned):
    """A part that stands in an order among its like."""

    order = models.PositiveIntegerField(_("order"))
    title = models.CharField(_("title"), max_length=250)

    class Meta:
        abstract = True

    def __str__(self) -> str:
        return self.title


@tracked
class Text(Versioned):
    """One of the running texts that every strategy has."""

    class Kind(models.TextChoices):
        FOREWORD = "foreword", _("Foreword")
        VISION = "vision", _("Vision")
        AREA = "area", _("The area in figures")
        PROGRESS = "progress", _("How we report progress")

    partnership = PartnershipKey()
    strategy = TenantForeignKey(Strategy, on_delete=models.CASCADE, related_name="texts")
    kind = models.CharField(_("kind"), max_length=20, choices=Kind)
    body = models.TextField(_("text"), blank=True)

    class Meta:
        verbose_name = _("text")
        verbose_name_plural = _("texts")
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["partnership", "strategy", "kind"], name="one_text_of_a_kind"),
        ]

    def __str__(self) -> str:
        return str(self.get_kind_display())


@tracked
class Issue(Part):
    """A key issue of the area, such as burglary."""

    partnership = PartnershipKey()
    strategy = TenantForeignKey(Strategy, on_delete=models.CASCADE, related_name="issues")
    body = models.TextField(_("text"), blank=True)

    class Meta:
        verbose_name = _("key issue")
        verbose_name_plural = _("key issues")
        ordering = ("order", "pk")


@tracked
class Priority(Part):
    """What the partnership wants in one theme."""

    partnership = PartnershipKey()
    strategy = TenantForeignKey(Strategy, on_delete=models.CASCADE, related_name="priorities")
    theme = models.ForeignKey(Theme, verbose_name=_("theme"), on_delete=models.PROTECT, related_name="+")
    body = models.TextField(_("text"), blank=True)

    class Meta:
        verbose_name = _("priority")
        verbose_name_plural = _("priorities")
        ordering = ("order", "pk")


@tracked
class Objective(Part):
    """What will be different, within a priority."""

    partnership = PartnershipKey()
    priority = TenantForeignKey(Priority, on_delete=models.CASCADE, related_name="objectives")
    body = models.TextField(_("text"), blank=True)

    class Meta:
        verbose_name = _("objective")
        verbose_name_plural = _("objectives")
        ordering = ("order", "pk")

    @property
    def strategy_id(self) -> int:
        """The strategy it belongs to."""
        return int(self.priority.strategy_id)


@tracked
class Action(Part):
    """What one organisation will do, with whom, by when, and how one can tell."""

    partnership = PartnershipKey()
    objective = TenantForeignKey(Objective, on_delete=models.CASCADE, related_name="actions")
    lead = models.ForeignKey(
        Organisation, verbose_name=_("lead organisation"), on_delete=models.PROTECT, related_name="+"
    )
    starts_on = models.DateField(_("starts"))
    ends_on = models.DateField(_("ends"))
    measure = models.CharField(_("how it is measured"), max_length=300, blank=True)

    class Meta:
        verbose_name = _("action")
        verbose_name_plural = _("actions")
        ordering = ("order", "pk")
        constraints: ClassVar = [
            models.CheckConstraint(condition=Q(ends_on__gte=F("starts_on")), name="action_ends_after_it_starts"),
        ]

    @property
    def strategy_id(self) -> int:
        """The strategy it belongs to."""
        return int(self.objective.strategy_id)


@tracked
class ActionPartner(models.Model):
    """An organisation that helps with an action."""

    partnership = PartnershipKey()
    action = TenantForeignKey(Action, on_delete=models.CASCADE, related_name="helpers")
    organisation = models.ForeignKey(Organisation, on_delete=models.PROTECT, related_name="+")

    class Meta:
        verbose_name = _("partner in an action")
        verbose_name_plural = _("partners in actions")
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["partnership", "action", "organisation"], name="one_helper_per_action"),
        ]

    def __str__(self) -> str:
        return f"{self.organisation_id} helps with {self.action_id}"
