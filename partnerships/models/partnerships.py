"""The partnership: the tenant. Its row is open, because it is read before anything is."""

import datetime
from typing import ClassVar

from django.db import models
from django.db.models import Q
from django.db.models.functions import Lower
from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from guardian.models import GroupObjectPermissionBase, UserObjectPermissionBase

from core.dates import today
from partnerships.models.periods import never_twice
from partnerships.models.places import Authority, Region
from partnerships.permissions import Perm
from partnerships.tenancy.schema import PartnershipKey


class PartnershipQuerySet(models.QuerySet["Partnership"]):
    """Partnerships as lists show them."""

    def in_order(self) -> "PartnershipQuerySet":
        """By name, as a person sorts names."""
        return self.order_by(Lower("short_name"), "pk")


class Partnership(models.Model):
    """A Local Strategic Partnership, or what a later policy calls the same."""

    slug = models.SlugField(_("address"), max_length=80, unique=True)
    name = models.CharField(_("name"), max_length=200, unique=True)
    short_name = models.CharField(_("short name"), max_length=100)
    region = models.ForeignKey(Region, on_delete=models.PROTECT, related_name="partnerships")
    accountable_body = models.ForeignKey(
        "partnerships.Organisation", on_delete=models.PROTECT, null=True, blank=True, related_name="accountable_for"
    )
    receives_nrf = models.BooleanField(_("receives the Neighbourhood Renewal Fund"), default=False)
    founded_on = models.DateField(_("founded"), null=True, blank=True)
    ended_on = models.DateField(_("ended"), null=True, blank=True)
    successor = models.ForeignKey(
        "self",
        verbose_name=_("successor"),
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="predecessors",
    )
    created_at = models.DateTimeField(_("entered"), auto_now_add=True)

    objects = PartnershipQuerySet.as_manager()

    class Meta:
        verbose_name = _("partnership")
        verbose_name_plural = _("partnerships")
        permissions: ClassVar = [(permission.value, permission.label) for permission in Perm]
        indexes: ClassVar = [
            models.Index(Lower("short_name"), "id", name="partnership_by_name"),
            models.Index("region", Lower("short_name"), name="partnership_by_region"),
        ]
        constraints: ClassVar = [
            models.CheckConstraint(
                condition=Q(ended_on__isnull=True)
                | Q(founded_on__isnull=True)
                | Q(ended_on__gte=models.F("founded_on")),
                name="partnership_ends_after_it_begins",
            ),
            models.CheckConstraint(
                condition=Q(successor__isnull=True) | Q(ended_on__isnull=False), name="only_what_ended_has_a_successor"
            ),
            models.CheckConstraint(
                condition=Q(successor__isnull=True) | ~Q(successor=models.F("id")),
                name="no_partnership_succeeds_itself",
            ),
        ]

    def __str__(self) -> str:
        return self.name

    def get_absolute_url(self) -> str:
        """Its public page."""
        return reverse("partnerships:public", args=[self.slug])

    @property
    def is_over(self) -> bool:
        """Whether it has ended (London's date): it is only read from then on."""
        return self.ended_on is not None and self.ended_on <= today()

    @property
    def area_names(self) -> list[str]:
        """The names of its areas, today or on its last day. Needs no query where the areas came with it."""
        day = self.last_day
        return [area.authority.name for area in self.areas.all() if area.holds_on(day)]

    @property
    def last_day(self) -> datetime.date:
        """Today, or the last day before it ended: the day whose seats and areas are shown."""
        day = today()
        return self.ended_on - datetime.timedelta(days=1) if self.ended_on and self.ended_on <= day else day


class PartnershipArea(models.Model):
    """An area that a partnership works for, from one day to another. Everyone may read it: the directory does.

    An area may belong to several partnerships at once: to a county's and to a district's.
    """

    partnership = PartnershipKey(related_name="areas", public_read=True)
    authority = models.ForeignKey(Authority, on_delete=models.PROTECT, related_name="partnership_areas")
    starts_on = models.DateField(_("from"), null=True, blank=True)
    ends_on = models.DateField(_("until"), null=True, blank=True)

    class Meta:
        verbose_name = _("area of a partnership")
        verbose_name_plural = _("areas of partnerships")
        constraints: ClassVar = [
            never_twice("authority", name="an_area_once_at_a_time"),
            models.CheckConstraint(
                condition=Q(ends_on__isnull=True) | Q(starts_on__isnull=True) | Q(ends_on__gte=models.F("starts_on")),
                name="area_ends_after_it_starts",
            ),
        ]

    def __str__(self) -> str:
        return self.authority.name

    def holds_on(self, day: datetime.date) -> bool:
        """Whether the partnership works for it on a day; an unknown beginning counts as always."""
        return (self.starts_on is None or self.starts_on <= day) and (self.ends_on is None or self.ends_on > day)


class PartnershipGroupPermission(GroupObjectPermissionBase):
    """django-guardian's row: a role's group holds a permission on a partnership."""

    content_object = models.ForeignKey(Partnership, on_delete=models.CASCADE, related_name="group_permissions")


class PartnershipPersonPermission(UserObjectPermissionBase):
    """Exists because guardian asks for both kinds; it stays empty, permissions are granted to role groups only."""

    content_object = models.ForeignKey(Partnership, on_delete=models.CASCADE, related_name="person_permissions")
