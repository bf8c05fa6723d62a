"""The news of a round, for each partnership: its draft is started, then a letter written. No rule lives here."""

from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from accreditation.actions.rounds import announce
from accreditation.letters import round_opened
from accreditation.models import Round, SelfAssessment
from accreditation.queries.rounds import ANNOUNCE, ANNOUNCEMENT
from jobs.actions import Progress
from jobs.models import Job
from jobs.registry import handles
from partnerships.models import Partnership
from partnerships.permissions import Perm
from partnerships.tenancy.context import PartnershipIsOver, acting


def _overview(job: Job) -> str:
    slug = Partnership.objects.values_list("slug", flat=True).get(pk=job.partnership_id)
    return reverse("accreditation:overview", args=[slug])


@handles(
    ANNOUNCE,
    queue=Job.Queue.REVIEWS,
    title=_("News of a round"),
    result_url=_overview,
    permission=Perm.OPEN_ROUNDS,
    for_asker=False,  # the round is open, whoever has left since
)
def announce_round(job: Job, progress: Progress) -> int | None:
    """Start the draft of a partnership, once. One that has ended since gets none."""
    try:
        with acting(job.partnership_id, by=job.asked_by_id):
            return announce(round=Round.objects.select_related("scheme").get(pk=job.subject_id), job=job).pk
    except PartnershipIsOver:
        return None


@handles(
    ANNOUNCEMENT,
    queue=Job.Queue.MAIL,
    title=_("Letter about a round"),
    result_url=_overview,
    permission=None,
    for_asker=False,
)
def write_announcement(job: Job, progress: Progress) -> None:
    """Write to the officers and the chair of a partnership. A second letter would bear the number of the first."""
    with acting(job.partnership_id, even_if_over=True):
        assessment = SelfAssessment.objects.select_related("partnership", "round__scheme").get(pk=job.subject_id)
        letter = None if assessment.partnership.is_over else round_opened(assessment)
    if letter is not None:
        letter.send()
