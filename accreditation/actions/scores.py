"""Each partner scores each criterion on their own."""

from django.db import transaction
from django.utils.translation import gettext as _

from accreditation.actions import rules
from accreditation.models import Criterion, Rating, Score, SelfAssessment
from accreditation.queries import speaks_for
from accreditation.workflow import EACH_MEMBER, SELF_ASSESSMENT
from core.refusals import NotPermitted
from partnerships import deeds
from partnerships.models import Organisation
from partnerships.tenancy.access import Access


@transaction.atomic
def score(
    *,
    assessment: SelfAssessment,
    criterion: Criterion,
    rating: Rating,
    comment: str,
    organisation: Organisation | None = None,
    by: Access,
) -> Score:
    """What somebody thinks of a criterion, for an organisation whose seat they hold or in their own role.

    A second score takes the place of the first. Raises NotPermitted, NotNow.
    """
    current = rules.held(assessment)
    rules.check("score", current, by)
    check_voice(current, organisation, by)
    key = {"partnership": current.partnership, "assessment": current, "criterion": criterion, "person_id": by.person_id}
    values = {"rating": rating, "comment": comment, "organisation": organisation}
    given = Score.objects.filter(**key).first()
    if given is None:
        given = Score.objects.create(**key, **values)
        deeds.record("accreditation.scored", given, by=by)
        return given
    if all(getattr(given, name) == value for name, value in values.items()):
        return given
    for name, value in values.items():
        setattr(given, name, value)
    given.save()
    deeds.record("accreditation.scored_anew", given, by=by)
    return given


def check_voice(assessment: SelfAssessment, organisation: Organisation | None, by: Access) -> None:
    """Raises NotPermitted unless somebody speaks, and sits for the organisation in whose name they do."""
    if by.person_id is None:
        raise NotPermitted(SELF_ASSESSMENT["score"].label, EACH_MEMBER)
    if organisation is None:
        return
    if not speaks_for(assessment.partnership, by.person_id).filter(pk=organisation.pk).exists():
        label = _("speak for %(organisation)s") % {"organisation": organisation.name}
        raise NotPermitted(label, _("Whoever holds its seat"))
