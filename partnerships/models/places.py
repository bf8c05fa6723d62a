"""Places and published facts about them: reference data, loaded by `load_reference`, the same for every partnership."""

import datetime
from typing import ClassVar

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _


class Region(models.Model):
    """One of the nine regions of England."""

    gss_code = models.CharField(_("GSS code"), max_length=9, unique=True)
    name = models.CharField(_("name"), max_length=60, unique=True)
    slug = models.SlugField(max_length=60, unique=True)
    source = models.CharField(_("source"), max_length=300)

    class Meta:
        verbose_name = _("region")
        verbose_name_plural = _("regions")

    def __str__(self) -> str:
        return self.name


class GovernmentOffice(models.Model):
    """The Government Office of a region: it reviews what the region's partnerships submit."""

    region = models.OneToOneField(Region, on_delete=models.PROTECT, related_name="office")
    name = models.CharField(_("name"), max_length=100, unique=True)
    abbreviation = models.CharField(_("abbreviation"), max_length=10, blank=True)
    source = models.CharField(_("source"), max_length=300)

    class Meta:
        verbose_name = _("Government Office")
        verbose_name_plural = _("Government Offices")

    def __str__(self) -> str:
        return self.name


class AuthorityQuerySet(models.QuerySet["Authority"]):
    """Authorities by the day they existed on."""

    def existing_on(self, day: datetime.date) -> "AuthorityQuerySet":
        """Those that existed on a day; an unknown beginning counts as always."""
        return self.filter(
            Q(valid_from__isnull=True) | Q(valid_from__lte=day), Q(valid_until__isnull=True) | Q(valid_until__gte=day)
        )


class Authority(models.Model):
    """A local authority's area, from the day it was made until the day it was abolished.

    Keyed by its SNAC code where it existed in 2004 (GSS codes did not exist before 2011), else by its GSS code.
    """

    class Kind(models.TextChoices):
        COUNTY = "county", _("County")
        DISTRICT = "district", _("District")
        UNITARY = "unitary", _("Unitary authority")
        METROPOLITAN = "metropolitan", _("Metropolitan district")
        LONDON_BOROUGH = "london_borough", _("London borough")
        CITY_OF_LONDON = "city_of_london", _("City of London")
        ISLES_OF_SCILLY = "isles_of_scilly", _("Isles of Scilly")

    code = models.CharField(_("code"), max_length=20, unique=True)
    name = models.CharField(_("name"), max_length=100)
    kind = models.CharField(_("kind"), max_length=20, choices=Kind)
    region = models.ForeignKey(Region, on_delete=models.PROTECT, related_name="authorities")
    county = models.ForeignKey("self", on_delete=models.PROTECT, null=True, blank=True, related_name="districts")
    snac_code = models.CharField(_("SNAC code"), max_length=4, blank=True)
    gss_code = models.CharField(_("GSS code"), max_length=9, blank=True)
    former_gss_codes = models.CharField(_("former GSS codes"), max_length=60, blank=True)
    detr_la_code = models.CharField(_("DETR code"), max_length=4, blank=True)
    valid_from = models.DateField(_("from"), null=True, blank=True)
    valid_until = models.DateField(_("until"), null=True, blank=True, help_text=_("Its last day"))
    source = models.CharField(_("source"), max_length=500)

    objects = AuthorityQuerySet.as_manager()

    class Meta:
        verbose_name = _("authority")
        verbose_name_plural = _("authorities")
        constraints: ClassVar = [
            models.CheckConstraint(
                condition=Q(valid_from__isnull=True)
                | Q(valid_until__isnull=True)
                | Q(valid_until__gt=models.F("valid_from")),
                name="authority_ends_after_it_begins",
            ),
        ]

    def __str__(self) -> str:
        return self.name


class Succession(models.Model):
    """One authority took over from another on a day."""

    predecessor = models.ForeignKey(Authority, on_delete=models.PROTECT, related_name="successions")
    successor = models.ForeignKey(Authority, on_delete=models.PROTECT, related_name="precedents")
    on = models.DateField(_("on"))
    source = models.CharField(_("source"), max_length=500)

    class Meta:
        verbose_name = _("succession")
        verbose_name_plural = _("successions")
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["predecessor", "successor"], name="one_succession_per_pair"),
            models.CheckConstraint(condition=~Q(predecessor=models.F("successor")), name="nobody_succeeds_themselves"),
        ]

    def __str__(self) -> str:
        return f"{self.predecessor} → {self.successor}"


class Eligibility(models.Model):
    """Whether an area received a fund in a period, and how we know."""

    class Status(models.TextChoices):
        ELIGIBLE = "eligible", _("Eligible")
        LIKELY = "likely", _("Likely")
        NOT_ELIGIBLE = "not_eligible", _("Not eligible")
        UNKNOWN = "unknown", _("Not known")

    authority = models.ForeignKey(Authority, on_delete=models.PROTECT, related_name="eligibilities")
    fund = models.CharField(_("fund"), max_length=20)
    period_from = models.DateField(_("from"))
    period_until = models.DateField(_("until"))
    status = models.CharField(_("status"), max_length=20, choices=Status)
    evidence = models.TextField(_("evidence"), blank=True)
    source = models.CharField(_("source"), max_length=500)

    class Meta:
        verbose_name = _("eligibility")
        verbose_name_plural = _("eligibilities")
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["authority", "fund", "period_from"], name="one_eligibility_per_period"),
        ]

    def __str__(self) -> str:
        return f"{self.authority}: {self.fund} {self.status}"


class FundTotal(models.Model):
    """What a fund paid in England in a financial year."""

    fund = models.CharField(_("fund"), max_length=20)
    fund_name = models.CharField(_("name"), max_length=100)
    financial_year = models.CharField(_("financial year"), max_length=7)
    amount = models.DecimalField(_("amount in pounds"), max_digits=14, decimal_places=2)
    authorities = models.PositiveIntegerField(_("areas"), null=True, blank=True)
    planned = models.BooleanField(_("planned, not yet paid"), default=False)
    note = models.TextField(_("note"), blank=True)
    source = models.CharField(_("source"), max_length=500)

    class Meta:
        verbose_name = _("total of a fund")
        verbose_name_plural = _("totals of funds")
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["fund", "financial_year"], name="one_total_per_fund_and_year"),
        ]

    def __str__(self) -> str:
        return f"{self.fund_name} {self.year}"

    @property
    def year(self) -> str:
        """The financial year as it is printed: 2005–06."""
        return self.financial_year.replace("-", "–")


class Measure(models.Model):
    """Something that is counted for every area, with its source; `derived` if we calculated it from sourced figures."""

    code = models.SlugField(max_length=60, unique=True)
    name = models.CharField(_("name"), max_length=200)
    unit = models.CharField(_("unit"), max_length=60)
    source = models.CharField(_("source"), max_length=500)
    source_url = models.URLField(_("address of the source"), max_length=500, blank=True)
    derived = models.BooleanField(_("calculated from sourced figures"), default=False)
    note = models.TextField(_("note"), blank=True)

    class Meta:
        verbose_name = _("measure")
        verbose_name_plural = _("measures")

    def __str__(self) -> str:
        return self.name


class Figure(models.Model):
    """The value of a measure in a period: for an authority, for a region, or (neither) for England."""

    measure = models.ForeignKey(Measure, on_delete=models.PROTECT, related_name="figures")
    authority = models.ForeignKey(Authority, on_delete=models.PROTECT, null=True, blank=True, related_name="figures")
    region = models.ForeignKey(Region, on_delete=models.PROTECT, null=True, blank=True, related_name="figures")
    period = models.CharField(_("period"), max_length=20)
    value = models.DecimalField(_("value"), max_digits=16, decimal_places=4)

    class Meta:
        verbose_name = _("figure")
        verbose_name_plural = _("figures")
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["authority", "region", "measure", "period"], name="one_figure_per_area", nulls_distinct=False
            ),
            models.CheckConstraint(
                condition=Q(authority__isnull=True) | Q(region__isnull=True), name="figure_has_one_area"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.measure}: {self.value}"
