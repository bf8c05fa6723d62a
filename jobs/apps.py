"""The app of jobs."""

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class JobsConfig(AppConfig):
    """What must happen after a commit: the job row is the truth, Celery does the work."""

    name = "jobs"
    verbose_name = _("Jobs")

    def ready(self) -> None:
        """Register the letter, the one job this app does itself, and that nothing ends while work is going on."""
        from jobs import forgetting, tasks  # noqa: F401
        from jobs.queries import work_in_hand
        from partnerships.ending import hinders

        hinders(work_in_hand)
