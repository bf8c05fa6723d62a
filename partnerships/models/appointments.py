"""Appointments are the truth about who may do what; groups and permissions follow them in the same transaction."""

from typing import ClassVar

from django.conf import settings
from django.contrib.auth.models import Group
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from core.dates import today
from partnerships.models.partnerships import Partnership
from partnerships.models.periods import never_twice
from partnerships.models.places import GovernmentOffice
from partnerships.permissions import NATIONAL_ROLES, OfficeRole, Role
from partnerships.tenancy.history import tracked
from partnerships.tenancy.schema import PartnershipKey


@tracked
class Appointment(models.Model):
    """A person holds a role in a partnership from one day to another, by somebody's decision."""

    partnership = PartnershipKey()
    person = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="appointments")
    role = models.CharField(_("role"), max_length=20, choices=Role)
    starts_on = models.DateField(_("from"))
    ends_on = models.DateField(_("until"), null=True, blank=True)
    appointed_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )

    class Meta:
        verbose_name = _("appointment")
        verbose_name_plural = _("appointments")
        constraints: ClassVar = [
            never_twice("person", "role", name="no_appointment_overlaps"),
            models.CheckConstraint(
                condition=Q(ends_on__isnull=True) | Q(ends_on__gte=models.F("starts_on")),
                name="appointment_ends_after_start",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.person.name}, {self.get_role_display()}"

    @property
    def label(self) -> str:
        """What it is in the log, which names the person by number."""
        return str(self.get_role_display())

    @property
    def is_over(self) -> bool:
        """Whether it has ended (London's date)."""
        return self.ends_on is not None and self.ends_on <= today()

    @property
    def is_ahead(self) -> bool:
        """Whether it has not begun."""
        return self.starts_on > today()


class OfficeAppointment(models.Model):
    """A person holds a role in a Government Office, or, without an office, for the whole country."""

    office = models.ForeignKey(GovernmentOffice, on_delete=models.PROTECT, null=True, blank=True, related_name="+")
    person = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="office_appointments")
    role = models.CharField(_("role"), max_length=20, choices=OfficeRole)
    starts_on = models.DateField(_("from"))
    ends_on = models.DateField(_("until"), null=True, blank=True)

    class Meta:
        verbose_name = _("appointment to a Government Office")
        verbose_name_plural = _("appointments to Government Offices")
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["office", "person", "role"],
                condition=Q(ends_on__isnull=True),
                name="one_open_office_appointment",
                nulls_distinct=False,
            ),
            models.CheckConstraint(
                condition=Q(office__isnull=True, role__in=sorted(NATIONAL_ROLES))
                | (Q(office__isnull=False) & ~Q(role__in=sorted(NATIONAL_ROLES))),
                name="national_appointments_have_no_office",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.person_id}: {self.role}"


class RoleGroup(models.Model):
    """Which group holds which role: of a partnership, of an office, or (neither) of the whole country."""

    group = models.OneToOneField(Group, on_delete=models.CASCADE, related_name="role_group")
    partnership = models.ForeignKey(
        Partnership, on_delete=models.PROTECT, null=True, blank=True, related_name="role_groups"
    )
    office = models.ForeignKey(GovernmentOffice, on_delete=models.PROTECT, null=True, blank=True, related_name="+")
    role = models.CharField(_("role"), max_length=20)

    class Meta:
        verbose_name = _("group of a role")
        verbose_name_plural = _("groups of roles")
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["partnership", "office", "role"], name="one_group_per_role", nulls_distinct=False
            ),
            models.CheckConstraint(
                condition=Q(partnership__isnull=True) | Q(office__isnull=True), name="role_group_has_one_scope"
            ),
        ]

    def __str__(self) -> str:
        return self.group.name
