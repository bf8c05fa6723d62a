"""The job that writes the letter, and the daily emptying. No rule lives here."""

from celery import shared_task
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from invitations.actions.forgetting import due_to_forget, forget
from invitations.actions.sending import LETTER
from invitations.letters import invitation_letter
from jobs.actions import Progress
from jobs.models import Job
from jobs.registry import handles
from partnerships.models import Invitation, Partnership
from partnerships.permissions import Perm
from partnerships.tenancy.access import Access
from partnerships.tenancy.context import acting, reading_everywhere


def _page(job: Job) -> str:
    slug = Partnership.objects.values_list("slug", flat=True).get(pk=job.partnership_id)
    return reverse("invitations:invitation", args=[slug, job.subject_id])


@handles(
    LETTER,
    queue=Job.Queue.MAIL,
    title=_("Letter of invitation"),
    result_url=_page,
    permission=Perm.MANAGE_MEMBERS,
    for_asker=False,
)
def write_letter(job: Job, progress: Progress) -> None:
    """Send the newest letter about an invitation, unless it has gone, or nobody may answer it any more."""
    with acting(job.partnership_id, even_if_over=True):
        rows = Invitation.objects.select_related("partnership", "invited_by", "seat")
        invitation = rows.get(pk=job.subject_id)
        if not invitation.is_open or invitation.sent_at is not None or invitation.partnership.is_over:
            return
        letter = invitation_letter(invitation)
    letter.send()
    with acting(job.partnership_id, even_if_over=True):
        # Of a letter that was overtaken by a newer one nothing is noted.
        Invitation.objects.filter(pk=invitation.pk, nonce=invitation.nonce).update(sent_at=timezone.now())


@shared_task(name="invitations.forget")
def forget_everywhere() -> None:
    """Empty the names and addresses of what is long over, in every partnership."""
    with reading_everywhere():
        due = Invitation.objects.filter(due_to_forget(timezone.now())).values("partnership")
        partnerships = list(Partnership.objects.filter(pk__in=due))
    for partnership in partnerships:
        with acting(partnership.pk, even_if_over=True):
            forget(partnership=partnership, by=Access.of_system("Invitations"))
