"""Starting a self-assessment, and saying which path it takes."""

from django.db import transaction

from accreditation.actions import rules
from accreditation.models import Criterion, CriterionAnswer, Round, SelfAssessment
from accreditation.workflow import SELF_ASSESSMENT
from core.refusals import NotPermitted
from partnerships import deeds
from partnerships.models import Partnership
from partnerships.tenancy.access import Access


@transaction.atomic
def start(*, partnership: Partnership, round: Round, by: Access) -> SelfAssessment:
    """The partnership's self-assessment in a round, begun with an empty answer per criterion if there is none.

    Raises NotPermitted.
    """
    move = SELF_ASSESSMENT["write"]
    if not by.can(move.permission, partnership):  # type: ignore[arg-type]
        raise NotPermitted(move.label, move.who)
    return begun(partnership, round, by)


def begun(partnership: Partnership, round: Round, by: Access) -> SelfAssessment:
    """The same, also for whoever opened the round for all. Of two at once the second finds that of the first."""
    Partnership.objects.select_for_update(of=("self",), no_key=True).get(pk=partnership.pk)
    present = SelfAssessment.objects.select_related("partnership", "round__scheme")
    found = present.filter(partnership=partnership, round=round).first()
    if found is not None:
        return found
    assessment = SelfAssessment.objects.create(partnership=partnership, round=round, saved_by_id=by.person_id)
    CriterionAnswer.objects.bulk_create(
        CriterionAnswer(partnership=partnership, assessment=assessment, criterion=criterion, saved_by_id=by.person_id)
        for criterion in Criterion.objects.filter(scheme=round.scheme_id).order_by("order")
    )
    deeds.record("accreditation.started", assessment, by=by)
    return assessment


@transaction.atomic
def mark_streamlined(*, assessment: SelfAssessment, streamlined: bool, reason: str, by: Access) -> SelfAssessment:
    """Let a partnership say what has changed in place of narratives, or no longer. While it is a draft.

    Raises NotPermitted, NotNow.
    """
    current = rules.held(assessment)
    rules.check("mark_streamlined", current, by)
    if current.streamlined == streamlined:
        return current
    current.streamlined = streamlined
    current.save(update_fields=["streamlined"])
    changes = {"streamlined": [not streamlined, streamlined]}
    deeds.record("accreditation.path_set", current, by=by, reason=reason, changes=changes)
    return current
