"""The directory of organisations, shared by all partnerships. How to reach a person is not in it."""

import string
from typing import ClassVar

from django.conf import settings
from django.contrib.postgres.indexes import GinIndex, OpClass
from django.db import models
from django.db.models import Func, Q, Value
from django.db.models.functions import Lower, Upper
from django.utils.translation import gettext_lazy as _

from partnerships.models.places import Authority
from partnerships.tenancy.history import tracked_in_the_open

# Nobody remembers how a name is pointed: “St. Helens” is St Helens, “Stoke on Trent” is Stoke-on-Trent.
POINTS = string.punctuation + string.whitespace + "‘’“”–"


def unpointed(field: str) -> Func:
    """SQL for a column of names without points and spaces."""
    return Func(field, Value(POINTS), Value(""), function="TRANSLATE")


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


class DutyPartner(models.Model):
    """A kind of body that the duty to co-operate names, such as the police."""

    code = models.SlugField(max_length=40, unique=True)
    name = models.CharField(_("name"), max_length=100)
    source = models.CharField(_("source"), max_length=300)
    note = models.CharField(_("note"), max_length=300, blank=True)

    class Meta:
        verbose_name = _("kind of partner under the duty to co-operate")
        verbose_name_plural = _("kinds of partners under the duty to co-operate")

    def __str__(self) -> str:
        return self.name


@tracked_in_the_open
class Organisation(models.Model):
    """A body that may be a member of several partnerships; one directory for all.

    The partnership that entered it keeps its entry. A duplicate stays as a row that points to the one
    it was merged into.
    """

    name = models.CharField(_("name"), max_length=200, unique=True)
    sector = models.ForeignKey(Sector, on_delete=models.PROTECT, related_name="organisations")
    kind = models.CharField(_("kind of body"), max_length=100, blank=True)
    authority = models.ForeignKey(Authority, on_delete=models.PROTECT, null=True, blank=True, related_name="councils")
    website = models.URLField(_("website"), max_length=300, blank=True)
    kept_by = models.ForeignKey(
        "partnerships.Partnership", on_delete=models.PROTECT, null=True, blank=True, related_name="entries_kept"
    )
    merged_into = models.ForeignKey("self", on_delete=models.PROTECT, null=True, blank=True, related_name="duplicates")

    class Meta:
        verbose_name = _("organisation")
        verbose_name_plural = _("organisations")
        indexes: ClassVar = [
            models.Index(Lower("name"), name="organisation_by_name"),
            # Parts of a name, as `icontains` and `iexact` look for them.
            GinIndex(OpClass(Upper(unpointed("name")), name="gin_trgm_ops"), name="organisation_by_words"),
        ]
        constraints: ClassVar = [
            models.CheckConstraint(
                condition=Q(merged_into__isnull=True) | ~Q(merged_into=models.F("id")),
                name="organisation_not_merged_into_itself",
            ),
        ]

    def __str__(self) -> str:
        return self.name


@tracked_in_the_open
class OrganisationIdentifier(models.Model):
    """A number by which a register knows an organisation, from one day to another as far as that is known."""

    class Scheme(models.TextChoices):
        CHARITY = "charity", _("Charity number")
        COMPANY = "company", _("Company number")
        ONS = "ons", _("ONS code")

    organisation = models.ForeignKey(Organisation, on_delete=models.PROTECT, related_name="identifiers")
    scheme = models.CharField(_("register"), max_length=10, choices=Scheme)
    value = models.CharField(_("number"), max_length=20)
    starts_on = models.DateField(_("from"), null=True, blank=True)
    ends_on = models.DateField(_("until"), null=True, blank=True)

    class Meta:
        verbose_name = _("identifier")
        verbose_name_plural = _("identifiers")
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["scheme", "value"], condition=Q(ends_on__isnull=True), name="one_organisation_per_number"
            ),
            models.UniqueConstraint(
                fields=["organisation", "scheme"], condition=Q(ends_on__isnull=True), name="one_number_per_register"
            ),
            models.CheckConstraint(condition=~Q(value=""), name="identifier_has_a_value"),
        ]

    def __str__(self) -> str:
        return f"{self.get_scheme_display()} {self.value}"


class OrganisationMerge(models.Model):
    """One entry of the directory was merged into another; `journal` says which rows moved, so that it can be undone.

    The journal holds tables and numbers, never a partnership's words.
    """

    kept = models.ForeignKey(Organisation, on_delete=models.PROTECT, related_name="merges")
    merged = models.ForeignKey(Organisation, on_delete=models.PROTECT, related_name="+")
    journal = models.JSONField(_("what moved"))
    at = models.DateTimeField(_("when"), auto_now_add=True)
    by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, blank=True, related_name="+")
    undone_at = models.DateTimeField(_("undone"), null=True, blank=True)
    undone_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )

    class Meta:
        verbose_name = _("merge of organisations")
        verbose_name_plural = _("merges of organisations")
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["merged"], condition=Q(undone_at__isnull=True), name="one_standing_merge_per_duplicate"
            ),
            models.CheckConstraint(condition=~Q(kept=models.F("merged")), name="merge_has_two_organisations"),
        ]

    def __str__(self) -> str:
        return f"{self.merged} → {self.kept}"
