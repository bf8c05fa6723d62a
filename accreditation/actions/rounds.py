"""The national team opens a round for all partnerships of a scheme."""

import datetime

from django.db import transaction
from django.utils.translation import gettext as _

from accreditation.actions.starting import begun
from accreditation.models import Round, Scheme, SelfAssessment
from accreditation.queries.rounds import ANNOUNCE, ANNOUNCEMENT, partnerships_of
from core.dates import LONDON, long_date, today
from core.refusals import Already, NotPermitted
from jobs import actions as jobs
from jobs.models import Job
from jobs.queries import latest
from partnerships.permissions import Perm, roles_with
from partnerships.tenancy.access import Access


@transaction.atomic
def open_round(*, scheme: Scheme, name: str, opens_on: datetime.date, closes_on: datetime.date, by: Access) -> Round:
    """Ask all partnerships of a scheme to assess themselves, and tell each of them on the day it opens.

    Raises NotPermitted, Already when a round has this name, or when its last day is before its first, or past.
    """
    if not (by.is_system or Perm.OPEN_ROUNDS in by.everywhere):
        raise NotPermitted(Perm.OPEN_ROUNDS.label, roles_with(Perm.OPEN_ROUNDS))
    if closes_on < opens_on:
        raise Already(_("The last day to submit is before the day on which the round opens."))
    if closes_on < today():
        raise Already(_("The last day to submit, %(day)s, has passed.") % {"day": long_date(closes_on)})
    made, is_new = Round.objects.get_or_create(
        name=name,
        defaults={"scheme": scheme, "opens_on": opens_on, "closes_on": closes_on, "opened_by_id": by.person_id},
    )
    if not is_new:
        raise Already(_("There is a round of this name already: %(name)s.") % {"name": name})
    morning = datetime.datetime.combine(opens_on, datetime.time(), LONDON)
    jobs.queue_everywhere(ANNOUNCE, partnerships=partnerships_of(scheme), subject_id=made.pk, not_before=morning, by=by)
    return made


@transaction.atomic
def announce(*, round: Round, job: Job) -> SelfAssessment:
    """Start the draft of one partnership, and have its officers and chair written to, once. Raises Superseded.

    The partnership is open; the deed is that of whoever opened the round.
    """
    jobs.hold(job)
    by = Access(person_id=job.asked_by_id, name="") if job.asked_by_id else Access.of_system(_("The national team"))
    assessment = begun(job.partnership, round, by)
    if latest(ANNOUNCEMENT, job.partnership_id, assessment.pk) is None:
        jobs.queue(ANNOUNCEMENT, partnership=job.partnership_id, subject_id=assessment.pk, by=by)
    return assessment
