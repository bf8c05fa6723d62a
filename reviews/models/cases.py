"""A case of the queue, and what a partnership has submitted in it."""

from typing import ClassVar

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from core.dates import today
from documents.models import StoredFile
from partnerships.tenancy.history import tracked
from partnerships.tenancy.schema import AppendOnly, PartnershipKey, TenantForeignKey


@tracked
class Case(models.Model):
    """Something that a partnership has submitted, from its arrival to its decision. What it is, `kind` says.

    `subject_id` is the row of the app that submits (see `reviews.kinds`); the queue knows nothing else of it. `due_on`
    is set when the case is opened and never moves. `previous` is the case that this one reviews again.
    """

    class State(models.TextChoices):
        QUEUED = "queued", _("Submitted")
        CLAIMED = "claimed", _("In review")
        SENT_BACK = "sent_back", _("Sent back")
        RECOMMENDED = "recommended", _("Waits for countersign")
        DECIDED = "decided", _("Decided")
        APPEALED = "appealed", _("Under appeal")
        WITHDRAWN = "withdrawn", _("Withdrawn")

    OPEN = (State.QUEUED, State.CLAIMED, State.SENT_BACK, State.RECOMMENDED)

    partnership = PartnershipKey()
    kind = models.CharField(_("kind"), max_length=30)
    subject_id = models.BigIntegerField(_("number of the thing submitted"))
    title = models.CharField(_("title"), max_length=200)
    state = models.CharField(_("state"), max_length=12, choices=State, default=State.QUEUED)
    streamlined = models.BooleanField(_("streamlined"), default=False)
    previous = TenantForeignKey("self", on_delete=models.PROTECT, null=True, blank=True, related_name="reviews_again")
    opened_at = models.DateTimeField(_("opened"))
    submitted_at = models.DateTimeField(_("last submitted"))
    due_on = models.DateField(_("decide by"))
    reviewer = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        verbose_name=_("taken by"),
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
    )
    claimed_at = models.DateTimeField(_("taken"), null=True, blank=True)
    routed_at = models.DateTimeField(_("routed"), null=True, blank=True)
    seen_at = models.DateTimeField(_("first opened by the Government Office"), null=True, blank=True)
    shared_at = models.DateTimeField(_("review shown to the partnership"), null=True, blank=True)
    closed_at = models.DateTimeField(_("closed"), null=True, blank=True)

    class Meta:
        verbose_name = _("case")
        verbose_name_plural = _("cases")
        indexes: ClassVar = [
            models.Index(
                fields=["partnership", "due_on"],
                condition=Q(state__in=["queued", "claimed", "sent_back", "recommended", "appealed"]),
                name="cases_to_do",
            ),
            models.Index(fields=["partnership", "kind", "subject_id"], name="cases_of_a_thing"),
        ]
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["partnership", "kind", "subject_id"],
                condition=Q(state__in=["queued", "claimed", "sent_back", "recommended"]),
                name="one_open_case_of_a_thing",
            ),
            models.CheckConstraint(
                condition=Q(reviewer__isnull=True, claimed_at__isnull=True)
                | Q(reviewer__isnull=False, claimed_at__isnull=False),
                name="case_taken_by_whom_and_when_together",
            ),
            models.CheckConstraint(
                condition=~Q(state__in=["claimed", "recommended"]) | Q(reviewer__isnull=False),
                name="case_in_review_has_a_reviewer",
            ),
            models.CheckConstraint(
                condition=~Q(state="queued") | Q(reviewer__isnull=True), name="waiting_case_has_no_reviewer"
            ),
            models.CheckConstraint(
                condition=Q(state__in=["decided", "appealed", "withdrawn"], closed_at__isnull=False)
                | Q(state__in=["queued", "claimed", "sent_back", "recommended"], closed_at__isnull=True),
                name="case_closed_and_when_together",
            ),
        ]

    def __str__(self) -> str:
        return self.title

    @property
    def is_open(self) -> bool:
        """Whether it is still to be decided."""
        return self.state in self.OPEN

    @property
    def days_late(self) -> int:
        """By how many days the decision is late today (London); 0 when it is not, or has been made."""
        return max((today() - self.due_on).days, 0) if self.is_open else 0


class Submission(models.Model):
    """What was submitted: frozen, numbered, sealed. `content` is a `reviews.content.Content` as JSON."""

    partnership = PartnershipKey()
    case = TenantForeignKey(Case, on_delete=models.PROTECT, related_name="submissions")
    number = models.PositiveIntegerField(_("number"))
    reference = models.CharField(_("reference"), max_length=40)
    content = models.JSONField(_("content"))
    declaration = models.TextField(_("declaration"), blank=True)
    sha256 = models.CharField(_("SHA-256"), max_length=64)
    submitted_at = models.DateTimeField(_("submitted"))
    submitted_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )

    class Meta:
        verbose_name = _("submission")
        verbose_name_plural = _("submissions")
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["partnership", "case", "number"], name="one_submission_per_number"),
            models.UniqueConstraint(fields=["partnership", "reference"], name="one_submission_per_reference"),
            AppendOnly(name="submission_append_only"),
        ]

    def __str__(self) -> str:
        return self.reference


class CaseFile(StoredFile):
    """A PDF of a case: a submission, the letter about a decision, a certificate. One of each, whatever happens."""

    class Kind(models.TextChoices):
        SUBMISSION = "submission", _("Submission")
        LETTER = "letter", _("Decision letter")
        CERTIFICATE = "certificate", _("Certificate")

    partnership = PartnershipKey()
    case = TenantForeignKey(Case, on_delete=models.PROTECT, related_name="files")
    kind = models.CharField(_("kind"), max_length=12, choices=Kind)
    number = models.PositiveIntegerField(_("number of the submission or decision"))

    class Meta:
        verbose_name = _("file of a case")
        verbose_name_plural = _("files of cases")
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["partnership", "case", "kind", "number"], name="one_file_of_a_kind"),
            AppendOnly(name="case_file_append_only"),
        ]


@tracked
class ChangeRequest(models.Model):
    """The Government Office asks for changes of some sections; the others stay locked. Open until it is answered."""

    partnership = PartnershipKey()
    case = TenantForeignKey(Case, on_delete=models.PROTECT, related_name="change_requests")
    submission = TenantForeignKey(Submission, on_delete=models.PROTECT, related_name="change_requests")
    sections = models.JSONField(_("sections"))
    words = models.TextField(_("what is asked"))
    answer_by = models.DateField(_("answer by"))
    asked_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    asked_at = models.DateTimeField(_("asked"))
    answer = TenantForeignKey(Submission, on_delete=models.PROTECT, null=True, blank=True, related_name="answers")
    ended_at = models.DateTimeField(_("answered or withdrawn"), null=True, blank=True)

    class Meta:
        verbose_name = _("request for changes")
        verbose_name_plural = _("requests for changes")
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["partnership", "case"], condition=Q(ended_at__isnull=True), name="one_open_request_per_case"
            ),
            models.CheckConstraint(
                condition=Q(answer__isnull=True) | Q(ended_at__isnull=False), name="answered_request_has_ended"
            ),
        ]

    def __str__(self) -> str:
        return self.words[:80]

    @property
    def days_late(self) -> int:
        """By how many days the answer is late today; 0 when it is not, or is there."""
        return max((today() - self.answer_by).days, 0) if self.ended_at is None else 0


class Recusal(models.Model):
    """Somebody of the Government Office stands aside from a case, because of an interest. For good."""

    partnership = PartnershipKey()
    case = TenantForeignKey(Case, on_delete=models.PROTECT, related_name="recusals")
    person = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    reason = models.TextField(_("interest"))
    at = models.DateTimeField(_("when"), auto_now_add=True)

    class Meta:
        verbose_name = _("recusal")
        verbose_name_plural = _("recusals")
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["partnership", "case", "person"], name="one_recusal_per_person"),
            AppendOnly(name="recusal_append_only"),
        ]

    def __str__(self) -> str:
        return self.reason[:80]
