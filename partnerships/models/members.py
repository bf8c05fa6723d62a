"""Who belongs: organisations (shared by all), memberships, seats and who sits on them.

The register of seats is public, as the minutes of any board are; how to reach a person is not in these tables.
"""

from typing import ClassVar

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from partnerships.models.periods import never_twice
from partnerships.models.places import Authority
from partnerships.tenancy.history import tracked
from partnerships.tenancy.schema import PartnershipKey, TenantForeignKey


class Sector(models.Model):
    """A side of the table: residents, voluntary groups, faith, business, public agencies, or what policy says next."""

    code = models.SlugField(max_length=30, unique=True)
    name = models.CharField(_("name"), max_length=60)
    plural = models.CharField(_("name of several"), max_length=60)
    short_name = models.CharField(_("name on a drawing"), max_length=30)
    order = models.PositiveSmallIntegerField(_("order"))
    source = models.CharField(_("source"), max_length=300)

    class Meta:
        verbose_name = _("sector")
        verbose_name_plural = _("sectors")

    def __str__(self) -> str:
        return self.name


class GovernanceLayer(models.Model):
    """What a body of a partnership is for: to steer, to co-ordinate, to act."""

    code = models.SlugField(max_length=30, unique=True)
    name = models.CharField(_("name"), max_length=60)
    meetings_a_year_from = models.PositiveSmallIntegerField(_("meetings a year, at least"))
    meetings_a_year_to = models.PositiveSmallIntegerField(_("meetings a year, at most"))
    purpose = models.CharField(_("purpose"), max_length=300)
    source = models.CharField(_("source"), max_length=300)

    class Meta:
        verbose_name = _("governance layer")
        verbose_name_plural = _("governance layers")

    def __str__(self) -> str:
        return self.name


class Organisation(models.Model):
    """A body that may be a member of several partnerships; one directory for all."""

    name = models.CharField(_("name"), max_length=200, unique=True)
    sector = models.ForeignKey(Sector, on_delete=models.PROTECT, related_name="organisations")
    kind = models.CharField(_("kind of body"), max_length=100, blank=True)
    authority = models.ForeignKey(Authority, on_delete=models.PROTECT, null=True, blank=True, related_name="councils")
    charity_number = models.CharField(_("charity number"), max_length=12, blank=True)
    company_number = models.CharField(_("company number"), max_length=12, blank=True)

    class Meta:
        verbose_name = _("organisation")
        verbose_name_plural = _("organisations")

    def __str__(self) -> str:
        return self.name


@tracked
class Membership(models.Model):
    """An organisation belongs to a partnership from one day to another."""

    partnership = PartnershipKey(public_read=True)
    organisation = models.ForeignKey(Organisation, on_delete=models.PROTECT, related_name="memberships")
    starts_on = models.DateField(_("from"))
    ends_on = models.DateField(_("until"), null=True, blank=True)

    class Meta:
        verbose_name = _("membership")
        verbose_name_plural = _("memberships")
        constraints: ClassVar = [
            never_twice("organisation", name="no_membership_overlaps"),
            models.CheckConstraint(
                condition=Q(ends_on__isnull=True) | Q(ends_on__gte=models.F("starts_on")),
                name="membership_ends_after_start",
            ),
        ]

    def __str__(self) -> str:
        return self.organisation.name


@tracked
class Seat(models.Model):
    """A place at a partnership's table, held or open. A resident's seat has no organisation."""

    partnership = PartnershipKey(public_read=True)
    layer = models.ForeignKey(GovernanceLayer, on_delete=models.PROTECT, related_name="+")
    sector = models.ForeignKey(Sector, on_delete=models.PROTECT, related_name="+")
    organisation = models.ForeignKey(
        Organisation, on_delete=models.PROTECT, null=True, blank=True, related_name="seats"
    )
    position = models.CharField(_("position"), max_length=200)
    starts_on = models.DateField(_("from"))
    ends_on = models.DateField(_("until"), null=True, blank=True)

    class Meta:
        verbose_name = _("seat")
        verbose_name_plural = _("seats")
        constraints: ClassVar = [
            models.CheckConstraint(
                condition=Q(ends_on__isnull=True) | Q(ends_on__gte=models.F("starts_on")),
                name="seat_ends_after_it_starts",
            ),
        ]

    def __str__(self) -> str:
        return self.position


@tracked
class Sitting(models.Model):
    """Somebody sits on a seat from one day to another, perhaps with a substitute. The past is never rewritten."""

    partnership = PartnershipKey(public_read=True)
    seat = TenantForeignKey(Seat, on_delete=models.PROTECT, related_name="sittings")
    person = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="sittings")
    substitute = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, blank=True, related_name="substitutions"
    )
    starts_on = models.DateField(_("from"))
    ends_on = models.DateField(_("until"), null=True, blank=True)

    class Meta:
        verbose_name = _("sitting")
        verbose_name_plural = _("sittings")
        constraints: ClassVar = [
            never_twice("seat", name="one_person_on_a_seat"),
            models.CheckConstraint(
                condition=Q(ends_on__isnull=True) | Q(ends_on__gte=models.F("starts_on")),
                name="sitting_ends_after_start",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.person.name} ({self.seat.position})"
