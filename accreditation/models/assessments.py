"""A partnership's self-assessment: answers by criterion, partners' scores, evidence, sign-off."""

from typing import ClassVar

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from accreditation.models.schemes import Criterion, Outcome, Rating, Round
from documents.models import Upload
from partnerships.models import Organisation
from partnerships.models.versions import Versioned
from partnerships.tenancy.history import tracked
from partnerships.tenancy.schema import AppendOnly, PartnershipKey, TenantForeignKey


@tracked
class SelfAssessment(Versioned):
    """A partnership's collective judgement of itself in one round.

    `outcome` and `next_review_on` are those of the decision that holds. `changes_since` is what a partnership on the
    streamlined path writes in place of its narratives.
    """

    class State(models.TextChoices):
        DRAFT = "draft", _("Draft")
        SUBMITTED = "submitted", _("With the Government Office")
        SENT_BACK = "sent_back", _("Changes asked for")
        DEFERRED = "deferred", _("To be reviewed again")
        DECIDED = "decided", _("Decided")

    partnership = PartnershipKey()
    round = models.ForeignKey(Round, on_delete=models.PROTECT, related_name="+")
    state = models.CharField(_("state"), max_length=10, choices=State, default=State.DRAFT)
    streamlined = models.BooleanField(_("streamlined"), default=False)
    changes_since = models.TextField(_("what has changed since the last round"), blank=True)
    outcome = models.ForeignKey(Outcome, on_delete=models.PROTECT, null=True, blank=True, related_name="+")
    decided_on = models.DateField(_("decided"), null=True, blank=True)
    next_review_on = models.DateField(_("next review"), null=True, blank=True)

    class Meta:
        verbose_name = _("self-assessment")
        verbose_name_plural = _("self-assessments")
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["partnership", "round"], name="one_self_assessment_per_round"),
            models.CheckConstraint(
                condition=Q(outcome__isnull=True, decided_on__isnull=True)
                | Q(outcome__isnull=False, decided_on__isnull=False),
                name="self_assessment_outcome_and_when_together",
            ),
            models.CheckConstraint(
                condition=~Q(state__in=["deferred", "decided"]) | Q(outcome__isnull=False),
                name="decided_self_assessment_has_an_outcome",
            ),
        ]

    def __str__(self) -> str:
        return f"{self._meta.verbose_name} {self.round_id}"

    @property
    def label(self) -> str:
        """What it is in the log."""
        return f"{str(self._meta.verbose_name).capitalize()} {self.round.name}"


@tracked
class CriterionAnswer(Versioned):
    """The agreed answer to one criterion. `agreed_because` says why this rating, where partners' scores differ."""

    partnership = PartnershipKey()
    assessment = TenantForeignKey(SelfAssessment, on_delete=models.PROTECT, related_name="answers")
    criterion = models.ForeignKey(Criterion, on_delete=models.PROTECT, related_name="+")
    rating = models.ForeignKey(Rating, on_delete=models.PROTECT, null=True, blank=True, related_name="+")
    agreed_because = models.TextField(_("why this rating"), blank=True)
    starting_point = models.TextField(_("local conditions and starting point"), blank=True)
    narrative = models.TextField(_("how the partnership meets it"), blank=True)

    class Meta:
        verbose_name = _("answer to a criterion")
        verbose_name_plural = _("answers to criteria")
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["partnership", "assessment", "criterion"], name="one_answer_per_criterion"),
        ]

    def __str__(self) -> str:
        return str(self.criterion)


@tracked
class Score(models.Model):
    """What one partner thinks of one criterion, on their own."""

    partnership = PartnershipKey()
    assessment = TenantForeignKey(SelfAssessment, on_delete=models.PROTECT, related_name="scores")
    criterion = models.ForeignKey(Criterion, on_delete=models.PROTECT, related_name="+")
    person = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    organisation = models.ForeignKey(
        Organisation, verbose_name=_("for"), on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    rating = models.ForeignKey(Rating, on_delete=models.PROTECT, related_name="+")
    comment = models.TextField(_("why"), blank=True)
    scored_at = models.DateTimeField(_("scored"), auto_now=True)

    class Meta:
        verbose_name = _("score")
        verbose_name_plural = _("scores")
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["partnership", "assessment", "criterion", "person"], name="one_score_per_partner"
            ),
        ]

    def __str__(self) -> str:
        return str(self.rating)

    @property
    def label(self) -> str:
        """What it is in the log, which does not tell what others think."""
        return str(self.criterion)


@tracked
class Evidence(models.Model):
    """A document or an address that supports an answer. What was taken out stays in what was submitted with it."""

    partnership = PartnershipKey()
    assessment = TenantForeignKey(SelfAssessment, on_delete=models.PROTECT, related_name="evidence")
    criterion = models.ForeignKey(Criterion, on_delete=models.PROTECT, related_name="+")
    title = models.CharField(_("title"), max_length=200)
    url = models.URLField(_("address"), max_length=500, blank=True)
    upload = TenantForeignKey(Upload, on_delete=models.PROTECT, null=True, blank=True, related_name="evidence")
    added_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    added_at = models.DateTimeField(_("added"), auto_now_add=True)
    removed_at = models.DateTimeField(_("taken out"), null=True, blank=True)

    class Meta:
        verbose_name = _("piece of evidence")
        verbose_name_plural = _("evidence")
        constraints: ClassVar = [
            models.CheckConstraint(
                condition=(~Q(url="") & Q(upload__isnull=True)) | (Q(url="") & Q(upload__isnull=False)),
                name="evidence_is_a_file_or_an_address",
            ),
        ]
        indexes: ClassVar = [
            models.Index(fields=["partnership", "assessment", "criterion"], name="evidence_of_a_criterion")
        ]

    def __str__(self) -> str:
        return self.title


class SignOff(models.Model):
    """A member signs off what is written. `seal` is that of the content they saw: what changes later is not theirs."""

    partnership = PartnershipKey()
    assessment = TenantForeignKey(SelfAssessment, on_delete=models.PROTECT, related_name="sign_offs")
    person = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    organisation = models.ForeignKey(
        Organisation, verbose_name=_("for"), on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    seal = models.CharField(_("seal of what was read"), max_length=64)
    signed_at = models.DateTimeField(_("signed"), auto_now_add=True)

    class Meta:
        verbose_name = _("sign-off")
        verbose_name_plural = _("sign-offs")
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["partnership", "assessment", "person", "seal"], name="one_sign_off_of_what_was_read"
            ),
            AppendOnly(name="sign_off_append_only"),
        ]

    def __str__(self) -> str:
        return f"{self.person_id}, {self.signed_at:%Y-%m-%d}"

    @property
    def label(self) -> str:
        """What it is in the log."""
        return str(self.assessment.label)
