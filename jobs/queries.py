"""Named reads of jobs."""

from django.db.models import Q
from django.utils.translation import ngettext

from core.refusals import Text
from jobs.models import Job
from jobs.registry import kind
from partnerships.models import Partnership
from partnerships.tenancy.access import Access


def place_in_queue(job: Job) -> int:
    """1 for the job that is next; 0 once it is being worked on or over."""
    if job.state != Job.State.QUEUED:
        return 0
    ahead = Q(asked_at__lt=job.asked_at) | Q(asked_at=job.asked_at, pk__lt=job.pk)
    return Job.objects.filter(ahead, queue=job.queue, state=Job.State.QUEUED).count() + 1


def latest(kind: str, partnership_id: int, subject_id: int) -> Job | None:
    """The last job of a kind about one thing."""
    jobs = Job.objects.filter(kind=kind, partnership_id=partnership_id, subject_id=subject_id)
    return jobs.order_by("-asked_at", "-pk").first()


def work_in_hand(partnership: Partnership) -> Text | None:
    """What is said to whoever wants to end a partnership for which work is going on; letters do not count."""
    waiting = Job.objects.filter(partnership=partnership, state__in=[Job.State.QUEUED, Job.State.RUNNING])
    count = waiting.exclude(queue=Job.Queue.MAIL).count()
    words = ngettext(
        "In %(name)s %(count)d piece of work is going on. Wait until it is done.",
        "In %(name)s %(count)d pieces of work are going on. Wait until they are done.",
        count,
    )
    return words % {"name": partnership.name, "count": count} if count else None


def access_has_ended(job: Job) -> bool:
    """Whether it would be made for somebody who may not have it any more: they have left, or have another role."""
    wanted = kind(job.kind)
    if not wanted.for_asker or wanted.permission is None or job.asked_by is None:
        return False
    return not Access.of(job.asked_by).can(wanted.permission, job.partnership_id)
