"""Invitations: how somebody comes to hold a role. The letter holds a key that is stored nowhere."""

from typing import ClassVar

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.db.models.functions import Lower
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from partnerships.models.members import Seat
from partnerships.permissions import Role
from partnerships.tenancy.history import tracked_but_for
from partnerships.tenancy.schema import PartnershipKey, TenantForeignKey


@tracked_but_for("email", "name", "nonce")
class Invitation(models.Model):
    """Somebody is asked by e-mail to take a role, perhaps with a seat. Open until accepted, revoked or expired.

    The key in the letter is a signature over the row's number and `nonce`: a copy of the table opens nothing, and
    another letter with another nonce makes the earlier one worthless. Name and address are emptied when they are of no
    more use.
    """

    partnership = PartnershipKey()
    email = models.EmailField(_("e-mail address"), max_length=254, blank=True)
    name = models.CharField(_("name"), max_length=200, blank=True)
    role = models.CharField(_("role"), max_length=20, choices=Role)
    seat = TenantForeignKey(Seat, on_delete=models.PROTECT, null=True, blank=True, related_name="invitations")
    nonce = models.CharField(max_length=43, editable=False)
    invited_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    invited_at = models.DateTimeField(_("invited"), auto_now_add=True)
    sent_at = models.DateTimeField(_("last letter"), null=True, blank=True)
    letters = models.PositiveSmallIntegerField(_("letters asked for"), default=1)
    expires_at = models.DateTimeField(_("open until"))
    accepted_at = models.DateTimeField(_("accepted"), null=True, blank=True)
    accepted_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    revoked_at = models.DateTimeField(_("revoked"), null=True, blank=True)

    class Meta:
        verbose_name = _("invitation")
        verbose_name_plural = _("invitations")
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["partnership", "email", "role"],
                condition=Q(accepted_at__isnull=True, revoked_at__isnull=True),
                name="one_open_invitation_per_role",
            ),
            models.CheckConstraint(condition=Q(email=Lower("email")), name="invitation_email_in_small_letters"),
            models.CheckConstraint(
                condition=Q(accepted_at__isnull=True, accepted_by__isnull=True)
                | Q(accepted_at__isnull=False, accepted_by__isnull=False, revoked_at__isnull=True),
                name="invitation_accepted_by_and_at_together",
            ),
            models.CheckConstraint(
                condition=~Q(email="") | Q(accepted_at__isnull=False) | Q(revoked_at__isnull=False),
                name="open_invitation_has_an_address",
            ),
        ]

    def __str__(self) -> str:
        return str(self.get_role_display())

    @property
    def is_open(self) -> bool:
        """Whether it can be accepted now."""
        return self.accepted_at is None and self.revoked_at is None and self.expires_at > timezone.now()
