"""What jobs hold about people."""

from django.utils.translation import gettext_lazy as _

from jobs.models import Job
from partnerships.forgetting import STAYS, Holding, holds

holds(
    Holding(
        "jobs",
        _("Jobs asked for"),
        lambda person: Job.objects.filter(asked_by=person.pk),
        {"kind": "kind", "asked": "asked_at", "state": "state"},
        STAYS,
    )
)
