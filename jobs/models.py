"""The job row: the truth about work that must happen after a commit."""

import datetime
from typing import ClassVar

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from core.refusals import Text


class JobQuerySet(models.QuerySet["Job"]):
    """Jobs by what has to be done about them."""

    def unheard(self) -> "JobQuerySet":
        """Those that wait, whose time has come, and for which nobody rang in the last minute."""
        now = timezone.now()
        silent = Q(rung_at__isnull=True) | Q(rung_at__lt=now - datetime.timedelta(minutes=1))
        return self.filter(silent, state=Job.State.QUEUED, not_before__lte=now)

    def lost(self) -> "JobQuerySet":
        """Those whose worker has not shown that it lives for too long."""
        silent_since = timezone.now() - datetime.timedelta(seconds=settings.JOB_LOST_AFTER)
        return self.filter(state=Job.State.RUNNING, heartbeat_at__lt=silent_since)


class Job(models.Model):
    """One piece of work. Not a tenant table: the worker learns the partnership from it, and writes progress outside
    the deed's transaction. So it holds ids and codes, never a partnership's words.
    """

    class State(models.TextChoices):
        QUEUED = "queued", _("Waiting")
        RUNNING = "running", _("Working")
        DONE = "done", _("Done")
        FAILED = "failed", _("Failed")

    class Queue(models.TextChoices):
        REPORTS = "reports", _("Documents")
        REVIEWS = "reviews", _("Reviews")
        MAIL = "mail", _("Letters")

    ACCESS_ENDED = "access_ended"  # the error of a job whose asker may not have its result any more

    kind = models.CharField(_("kind"), max_length=60)
    queue = models.CharField(_("queue"), max_length=10, choices=Queue)
    partnership = models.ForeignKey(
        "partnerships.Partnership", on_delete=models.PROTECT, db_index=False, related_name="+"
    )
    subject_id = models.BigIntegerField(_("number of the thing it is about"))
    asked_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, blank=True, db_index=False, related_name="+"
    )
    state = models.CharField(_("state"), max_length=10, choices=State, default=State.QUEUED)
    attempts = models.PositiveSmallIntegerField(_("attempts"), default=0)
    done_steps = models.PositiveIntegerField(_("steps done"), default=0)
    all_steps = models.PositiveIntegerField(_("steps in all"), default=0)
    result_id = models.BigIntegerField(_("number of the result"), null=True, blank=True)
    error = models.CharField(_("code of the error"), max_length=60, blank=True)
    asked_at = models.DateTimeField(_("asked"), auto_now_add=True)
    not_before = models.DateTimeField(_("not before"), default=timezone.now)
    rung_at = models.DateTimeField(_("last rung for"), null=True, blank=True)
    started_at = models.DateTimeField(_("started"), null=True, blank=True)
    heartbeat_at = models.DateTimeField(_("last sign of life"), null=True, blank=True)
    finished_at = models.DateTimeField(_("finished"), null=True, blank=True)

    objects = JobQuerySet.as_manager()

    class Meta:
        verbose_name = _("job")
        verbose_name_plural = _("jobs")
        indexes: ClassVar = [
            models.Index(fields=["queue", "asked_at"], condition=Q(state__in=["queued", "running"]), name="jobs_to_do"),
            models.Index(fields=["partnership", "-asked_at"], name="jobs_of_partnership"),
        ]
        constraints: ClassVar = [
            models.CheckConstraint(
                condition=Q(state__in=["done", "failed"], finished_at__isnull=False)
                | Q(state__in=["queued", "running"], finished_at__isnull=True),
                name="job_finished_and_when_together",
            ),
            models.CheckConstraint(
                condition=~Q(state="running") | Q(heartbeat_at__isnull=False), name="running_job_shows_life"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.kind} {self.subject_id}"

    @property
    def title(self) -> Text:
        """What is being made."""
        from jobs.registry import kind  # the registry imports this module

        return kind(self.kind).title

    @property
    def is_over(self) -> bool:
        """Whether nothing will happen to it any more."""
        return self.state in {self.State.DONE, self.State.FAILED}
