"""What a partnership wants its table to look like: seats by sector, and groups that it wants to hear."""

from typing import ClassVar

from django.db import models
from django.db.models import Q
from django.db.models.functions import Lower
from django.utils.translation import gettext_lazy as _

from partnerships.models.members import GovernanceLayer, Seat
from partnerships.models.organisations import Sector
from partnerships.tenancy.history import tracked
from partnerships.tenancy.schema import PartnershipKey, TenantForeignKey


@tracked
class UnderrepresentedGroup(models.Model):
    """A traditionally under-represented group that this partnership wants at its table, in its own words."""

    partnership = PartnershipKey()
    name = models.CharField(_("name"), max_length=100)
    ends_on = models.DateField(_("until"), null=True, blank=True)

    class Meta:
        verbose_name = _("under-represented group")
        verbose_name_plural = _("under-represented groups")
        constraints: ClassVar = [
            models.UniqueConstraint("partnership", Lower("name"), name="one_group_of_a_name"),
        ]

    def __str__(self) -> str:
        return self.name


@tracked
class SeatGroup(models.Model):
    """A seat speaks for a group. It says what the seat is for, nothing about the person who sits on it."""

    partnership = PartnershipKey()
    seat = TenantForeignKey(Seat, on_delete=models.PROTECT, related_name="speaks_for")
    group = TenantForeignKey(UnderrepresentedGroup, on_delete=models.PROTECT, related_name="seats")

    class Meta:
        verbose_name = _("group that a seat speaks for")
        verbose_name_plural = _("groups that seats speak for")
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["partnership", "seat", "group"], name="a_seat_speaks_once_for_a_group"),
        ]

    def __str__(self) -> str:
        return f"{self.seat_id}: {self.group_id}"


@tracked
class CompositionTarget(models.Model):
    """How many seats of a body the partnership wants for a sector, or for a group."""

    partnership = PartnershipKey()
    layer = models.ForeignKey(GovernanceLayer, on_delete=models.PROTECT, related_name="+")
    sector = models.ForeignKey(Sector, on_delete=models.PROTECT, null=True, blank=True, related_name="+")
    group = TenantForeignKey(
        UnderrepresentedGroup, on_delete=models.PROTECT, null=True, blank=True, related_name="targets"
    )
    seats = models.PositiveSmallIntegerField(_("seats"))

    class Meta:
        verbose_name = _("seats wanted")
        verbose_name_plural = _("seats wanted")
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["partnership", "layer", "sector", "group"], name="one_target_per_body", nulls_distinct=False
            ),
            models.CheckConstraint(
                condition=Q(sector__isnull=True, group__isnull=False) | Q(sector__isnull=False, group__isnull=True),
                name="target_is_of_a_sector_or_a_group",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.sector or self.group}: {self.seats}"
