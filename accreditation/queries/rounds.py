"""Reads of rounds: which are open, whom they are for, and who has been told."""

from dataclasses import dataclass

from django.db.models import Count, Q, QuerySet

from accreditation.models import Round, Scheme
from core.dates import today
from jobs.models import Job
from partnerships.models import Partnership

ANNOUNCE = "accreditation.announce"
ANNOUNCEMENT = "accreditation.announcement"


def rounds() -> QuerySet[Round]:
    """Every round, the latest first."""
    return Round.objects.select_related("scheme", "opened_by").order_by("-closes_on", "-pk")


def open_rounds() -> QuerySet[Round]:
    """Those in which partnerships may submit today, the one that closes first first."""
    return rounds().filter(opens_on__lte=today(), closes_on__gte=today()).order_by("closes_on", "pk")


def partnerships_of(scheme: Scheme) -> QuerySet[Partnership]:
    """Whom a scheme is for today: partnerships that have not ended, of renewal areas alone where it says so."""
    standing = Partnership.objects.filter(Q(ended_on=None) | Q(ended_on__gt=today())).in_order()
    return standing.filter(receives_nrf=True) if scheme.only_nrf else standing


@dataclass(frozen=True)
class Told:
    """How far the news of a round is: of so many partnerships, so many have their draft, and so many could not."""

    partnerships: int
    started: int
    failed: int

    @property
    def waiting(self) -> int:
        """Those that no worker has come to yet."""
        return self.partnerships - self.started - self.failed


def told(round: Round) -> Told:
    """How many partnerships have been told of a round; one query, and no partnership needs to be open."""
    counted = Job.objects.filter(kind=ANNOUNCE, subject_id=round.pk).aggregate(
        partnerships=Count("pk"),
        started=Count("pk", filter=Q(state=Job.State.DONE)),
        failed=Count("pk", filter=Q(state=Job.State.FAILED)),
    )
    return Told(**counted)
