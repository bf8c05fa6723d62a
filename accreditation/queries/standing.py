"""Who stands where in a round: the rows of the regional and of the national table."""

from dataclasses import dataclass

from django.db.models import Q

from accreditation.models import Round, SelfAssessment
from accreditation.queries.cases import KIND
from accreditation.queries.rounds import partnerships_of
from core.refusals import Text
from partnerships.models import Partnership, Region
from reviews import queries as reviews
from reviews.models import Case


@dataclass(frozen=True)
class Standing:
    """A partnership in a round, with the last case of its self-assessment; both None before there is one."""

    partnership: Partnership
    assessment: SelfAssessment | None
    case: Case | None

    @property
    def state(self) -> Text:
        """How far it is, in words."""
        return self.assessment.get_state_display() if self.assessment else ""


def standing(region: Region | None, round: Round) -> list[Standing]:
    """The partnerships of a region (None: of all) that the round is for, or that took part, by name.

    Three queries, however many. Whoever asks has opened them for reading.
    """
    assessments = {
        row.partnership_id: row
        for row in SelfAssessment.objects.filter(round=round).select_related("outcome", "round__scheme")
    }
    wanted = Q(pk__in=partnerships_of(round.scheme).order_by().values("pk")) | Q(pk__in=list(assessments))
    partnerships = Partnership.objects.filter(wanted).select_related("region").in_order()
    if region is not None:
        partnerships = partnerships.filter(region=region)
    cases = reviews.latest_cases(KIND, [row.pk for row in assessments.values()])
    return [
        Standing(each, found, cases.get(found.pk) if found else None)
        for each in partnerships
        for found in (assessments.get(each.pk),)
    ]
