"""The Community Strategy of a partnership for a period, as it is being written."""

from typing import ClassVar

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from partnerships.models.versions import Versioned
from partnerships.tenancy.history import tracked
from partnerships.tenancy.schema import PartnershipKey


@tracked
class Strategy(Versioned):
    """A Community Strategy. Its words stand in its parts; what the public reads are its editions."""

    class State(models.TextChoices):
        DRAFT = "draft", _("Draft")
        PUBLISHED = "published", _("Published")
        CHANGED = "changed", _("Changed since it was published")

    partnership = PartnershipKey()
    title = models.CharField(_("title"), max_length=120)
    subtitle = models.CharField(_("subtitle"), max_length=200)
    period_from = models.DateField(_("first day"))
    period_until = models.DateField(_("last day"))
    state = models.CharField(_("state"), max_length=10, choices=State, default=State.DRAFT)

    class Meta:
        verbose_name = _("strategy")
        verbose_name_plural = _("strategies")
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["partnership", "period_from", "period_until"], name="one_strategy_per_period"
            ),
            models.CheckConstraint(
                condition=Q(period_until__gt=F("period_from")), name="strategy_ends_after_it_begins"
            ),
        ]

    def __str__(self) -> str:
        return self.title

    @property
    def years(self) -> str:
        """The period in years, such as "2006 to 2016"."""
        years = {"first": self.period_from.year, "last": self.period_until.year}
        return gettext("%(first)s to %(last)s") % years
