"""Who belongs: memberships, seats and who sits on them.

The register of seats is public, as the minutes of any board are; how to reach a person is not in these tables.
"""

from typing import ClassVar

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from partnerships.models.organisations import DutyPartner, Organisation, Sector
from partnerships.models.periods import never_twice
from partnerships.tenancy.history import tracked, tracked_but_for
from partnerships.tenancy.schema import PartnershipKey, TenantForeignKey


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


@tracked_but_for("name", "email", "telephone")
class MemberContact(models.Model):
    """Whom the partnership asks at a member organisation: the partnership's own note, not the directory's."""

    partnership = PartnershipKey()
    membership = TenantForeignKey(Membership, on_delete=models.PROTECT, related_name="contacts")
    name = models.CharField(_("name"), max_length=200, blank=True)
    email = models.EmailField(_("e-mail address"), max_length=254, blank=True)
    telephone = models.CharField(_("telephone"), max_length=40, blank=True)

    class Meta:
        verbose_name = _("contact at a member")
        verbose_name_plural = _("contacts at members")
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["partnership", "membership"], name="one_contact_per_membership"),
        ]

    def __str__(self) -> str:
        return str(self.membership.organisation)


@tracked
class NamedPartner(models.Model):
    """A member that one agreement names as a partner with a duty to co-operate. The duty belongs to the agreement."""

    partnership = PartnershipKey(public_read=True)
    organisation = models.ForeignKey(Organisation, on_delete=models.PROTECT, related_name="duties")
    duty = models.ForeignKey(DutyPartner, verbose_name=_("kind of partner"), on_delete=models.PROTECT, related_name="+")
    agreement = models.CharField(_("agreement"), max_length=200)
    starts_on = models.DateField(_("from"))
    ends_on = models.DateField(_("until"), null=True, blank=True)

    class Meta:
        verbose_name = _("named partner")
        verbose_name_plural = _("named partners")
        constraints: ClassVar = [
            never_twice("organisation", "duty", "agreement", name="named_once_in_an_agreement"),
            models.CheckConstraint(
                condition=Q(ends_on__isnull=True) | Q(ends_on__gte=models.F("starts_on")),
                name="named_partner_ends_after_start",
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

    @property
    def label(self) -> str:
        """What it is in the log, which names the person by number."""
        return str(self.seat)
