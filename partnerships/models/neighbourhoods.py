"""Neighbourhoods, how deprived they are, and whom one turns to."""

import re
from typing import ClassVar

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.db.models.functions import Lower
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from core.dates import today
from partnerships.models.places import Authority
from partnerships.tenancy.history import tracked, tracked_but_for
from partnerships.tenancy.schema import PartnershipKey, TenantForeignKey


class SmallArea(models.Model):
    """A lower layer super output area (LSOA) of a census."""

    code = models.CharField(_("code"), max_length=9, unique=True)
    name = models.CharField(_("name"), max_length=100, blank=True)
    authority = models.ForeignKey(
        Authority, on_delete=models.PROTECT, null=True, blank=True, related_name="small_areas"
    )

    class Meta:
        verbose_name = _("small area")
        verbose_name_plural = _("small areas")

    def __str__(self) -> str:
        return self.code


class DeprivationRank(models.Model):
    """Where a small area stands in an edition of the Index of Multiple Deprivation: rank 1 is the most deprived."""

    small_area = models.ForeignKey(SmallArea, on_delete=models.PROTECT, related_name="ranks")
    edition = models.PositiveSmallIntegerField(_("edition"))
    rank = models.PositiveIntegerField(_("rank"))
    decile = models.PositiveSmallIntegerField(_("decile"), help_text=_("1 is the most deprived tenth"))
    score = models.DecimalField(_("score"), max_digits=7, decimal_places=3, null=True, blank=True)
    source = models.CharField(_("source"), max_length=300)

    class Meta:
        verbose_name = _("deprivation rank")
        verbose_name_plural = _("deprivation ranks")
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["small_area", "edition"], name="one_rank_per_area_and_edition"),
            models.CheckConstraint(condition=Q(rank__gte=1), name="deprivation_rank_from_one"),
            models.CheckConstraint(condition=Q(decile__gte=1, decile__lte=10), name="deprivation_decile_of_ten"),
        ]
        indexes: ClassVar = [models.Index(fields=["edition", "rank"], name="deprivation_by_rank")]

    def __str__(self) -> str:
        return f"{self.small_area} {self.edition}: {self.rank}"


@tracked
class Neighbourhood(models.Model):
    """A part of the area that the partnership works for by itself. Published."""

    partnership = PartnershipKey(public_read=True)
    name = models.CharField(_("name"), max_length=100)
    about = models.TextField(_("about it"), blank=True)
    starts_on = models.DateField(_("from"), default=today)
    ends_on = models.DateField(_("until"), null=True, blank=True)

    class Meta:
        verbose_name = _("neighbourhood")
        verbose_name_plural = _("neighbourhoods")
        constraints: ClassVar = [
            models.UniqueConstraint("partnership", Lower("name"), name="one_neighbourhood_of_a_name"),
            models.CheckConstraint(
                condition=Q(ends_on__isnull=True) | Q(ends_on__gte=models.F("starts_on")),
                name="neighbourhood_ends_after_start",
            ),
        ]

    def __str__(self) -> str:
        return self.name


@tracked
class NeighbourhoodArea(models.Model):
    """A small area belongs to a neighbourhood, by its code: the table of ranks may not be loaded."""

    partnership = PartnershipKey(public_read=True)
    neighbourhood = TenantForeignKey(Neighbourhood, on_delete=models.PROTECT, related_name="areas")
    code = models.CharField(_("LSOA code"), max_length=9)

    class Meta:
        verbose_name = _("small area of a neighbourhood")
        verbose_name_plural = _("small areas of neighbourhoods")
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["partnership", "neighbourhood", "code"], name="a_small_area_once_in_a_neighbourhood"
            ),
            models.CheckConstraint(condition=Q(code__regex=r"^E01[0-9]{6}$"), name="small_area_code_is_an_lsoa"),
        ]

    def __str__(self) -> str:
        return self.code


@tracked_but_for("name", "email", "telephone", "address")
class ContactPoint(models.Model):
    """The first point of contact of a partnership, or of one of its neighbourhoods. Published."""

    partnership = PartnershipKey(public_read=True)
    neighbourhood = TenantForeignKey(
        Neighbourhood, on_delete=models.PROTECT, null=True, blank=True, related_name="contacts"
    )
    person = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, blank=True, related_name="contact_points"
    )
    name = models.CharField(_("whom to ask for"), max_length=200)
    email = models.EmailField(_("e-mail address"), max_length=254, blank=True)
    telephone = models.CharField(_("telephone"), max_length=40, blank=True)
    address = models.TextField(_("address and opening hours"), blank=True)
    getting_involved = models.TextField(_("how to get involved"), blank=True)

    class Meta:
        verbose_name = _("point of contact")
        verbose_name_plural = _("points of contact")
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["partnership", "neighbourhood"], name="one_point_of_contact", nulls_distinct=False
            ),
        ]

    def __str__(self) -> str:
        if self.neighbourhood is None:
            return gettext("First point of contact")
        return gettext("Point of contact, %(name)s") % {"name": self.neighbourhood}

    @property
    def dial(self) -> str:
        """The telephone number as a link dials it: “+44 (0)20 7946 0000 ext 12” is +442079460000;ext=12."""
        number, *extension = re.split(r"[a-z. ]*x[a-z. ]*", self.telephone.lower())
        if number.startswith("+"):
            number = number.replace("(0)", "")
        return ";ext=".join([re.sub(r"[^+0-9]", "", number), *extension])
