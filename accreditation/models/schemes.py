"""Schemes are data: what policy may rename, with its source. Rounds are opened by the national team, for everybody."""

from typing import ClassVar

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from core.dates import today
from partnerships.tenancy.schema import AppendOnly


class Scheme(models.Model):
    """How partnerships are accredited in a period. Days are working days of England.

    `basis` says of the windows where they come from; those that no source gives are this service's own, and are said
    to be.
    """

    code = models.SlugField(max_length=30, unique=True)
    name = models.CharField(_("name"), max_length=120)
    valid_from = models.DateField(_("from"))
    valid_until = models.DateField(_("until"), null=True, blank=True)
    only_nrf = models.BooleanField(_("for areas of the Neighbourhood Renewal Fund only"), default=True)
    sign_offs = models.PositiveSmallIntegerField(_("members who sign off before the chair submits"))
    review_days = models.PositiveSmallIntegerField(_("days to decide"))
    streamlined_days = models.PositiveSmallIntegerField(_("days to decide on the streamlined path"))
    answer_days = models.PositiveSmallIntegerField(_("days to answer a request for changes"))
    appeal_days = models.PositiveSmallIntegerField(_("days to appeal"))
    basis = models.TextField(_("where the windows come from"))
    source = models.CharField(_("source"), max_length=500)

    class Meta:
        verbose_name = _("scheme")
        verbose_name_plural = _("schemes")

    def __str__(self) -> str:
        return self.name


class Criterion(models.Model):
    """One of the criteria of a scheme."""

    scheme = models.ForeignKey(Scheme, on_delete=models.PROTECT, related_name="criteria")
    order = models.PositiveSmallIntegerField(_("order"))
    code = models.SlugField(max_length=60)
    name = models.CharField(_("name"), max_length=120)
    question = models.CharField(_("question"), max_length=300, help_text=_("This service’s own wording"))
    facts = models.TextField(_("what is known of it"), blank=True)
    source = models.CharField(_("source"), max_length=500)

    class Meta:
        verbose_name = _("criterion")
        verbose_name_plural = _("criteria")
        ordering = ("scheme", "order")
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["scheme", "code"], name="one_criterion_per_code"),
            models.UniqueConstraint(fields=["scheme", "order"], name="one_criterion_per_place"),
        ]

    def __str__(self) -> str:
        return self.name


class Prompt(models.Model):
    """A question that helps to answer a criterion. The official sub-questions were not found: these are our own."""

    criterion = models.ForeignKey(Criterion, on_delete=models.PROTECT, related_name="prompts")
    order = models.PositiveSmallIntegerField(_("order"))
    words = models.CharField(_("question"), max_length=300)
    source = models.CharField(_("source"), max_length=200)

    class Meta:
        verbose_name = _("prompt")
        verbose_name_plural = _("prompts")
        ordering = ("criterion", "order")
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["criterion", "order"], name="one_prompt_per_place"),
        ]

    def __str__(self) -> str:
        return self.words


class Rating(models.Model):
    """A step of the scale on which partners rate a criterion, the best first. Reviewers judge on the same scale."""

    scheme = models.ForeignKey(Scheme, on_delete=models.PROTECT, related_name="ratings")
    order = models.PositiveSmallIntegerField(_("order"))
    code = models.SlugField(max_length=30)
    label = models.CharField(_("label"), max_length=60)
    hint = models.CharField(_("hint"), max_length=200, blank=True)
    source = models.CharField(_("source"), max_length=200)

    class Meta:
        verbose_name = _("rating")
        verbose_name_plural = _("ratings")
        ordering = ("scheme", "order")
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["scheme", "code"], name="one_rating_per_code"),
            models.UniqueConstraint(fields=["scheme", "order"], name="one_rating_per_place"),
        ]

    def __str__(self) -> str:
        return self.label


class Outcome(models.Model):
    """How a scheme decides, in its own words, with what follows from it."""

    scheme = models.ForeignKey(Scheme, on_delete=models.PROTECT, related_name="outcomes")
    order = models.PositiveSmallIntegerField(_("order"))
    code = models.SlugField(max_length=30)
    label = models.CharField(_("label"), max_length=60)
    consequence = models.TextField(_("what follows"), blank=True)
    certifies = models.BooleanField(_("comes with a certificate"), default=False)
    wants_review = models.BooleanField(_("is reviewed again, on a day to be named"), default=False)
    source = models.CharField(_("source"), max_length=500)

    class Meta:
        verbose_name = _("outcome")
        verbose_name_plural = _("outcomes")
        ordering = ("scheme", "order")
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["scheme", "code"], name="one_outcome_per_code"),
            models.UniqueConstraint(fields=["scheme", "order"], name="one_outcome_per_place"),
        ]

    def __str__(self) -> str:
        return self.label


class Round(models.Model):
    """The national team asks all partnerships of a scheme to assess themselves. A round never changes."""

    scheme = models.ForeignKey(Scheme, on_delete=models.PROTECT, related_name="rounds")
    name = models.CharField(_("name"), max_length=60, unique=True)
    opens_on = models.DateField(_("opens"))
    closes_on = models.DateField(_("last day to submit"))
    opened_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    opened_at = models.DateTimeField(_("entered"), auto_now_add=True)

    class Meta:
        verbose_name = _("round")
        verbose_name_plural = _("rounds")
        constraints: ClassVar = [
            models.CheckConstraint(condition=Q(closes_on__gte=F("opens_on")), name="round_closes_after_it_opens"),
            AppendOnly(name="round_append_only"),
        ]

    def __str__(self) -> str:
        return self.name

    @property
    def is_open(self) -> bool:
        """Whether partnerships may submit today (London)."""
        return self.opens_on <= today() <= self.closes_on

    @property
    def is_over(self) -> bool:
        """Whether its last day has passed."""
        return today() > self.closes_on
