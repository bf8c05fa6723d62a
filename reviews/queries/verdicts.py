"""What was recommended and decided, and what a partnership says against it."""

import datetime

from django.db.models import QuerySet
from django.utils import timezone

from core.dates import LONDON
from core.working_days import working_days_after
from reviews.kinds import kind_of
from reviews.models import Appeal, Case, Decision, Recommendation


def recommendations_of(case: Case) -> QuerySet[Recommendation]:
    """What the reviewer has recommended, the latest first; each with its `returns` at hand."""
    rows = Recommendation.objects.filter(partnership=case.partnership_id, case=case)
    return rows.select_related("by", "submission").prefetch_related("returns__by").order_by("-number")


def recommendation_of(case: Case) -> Recommendation | None:
    """What is recommended: the last one counts."""
    return recommendations_of(case).first()


def decisions_of(case: Case) -> QuerySet[Decision]:
    """What was decided, the first first."""
    rows = Decision.objects.filter(partnership=case.partnership_id, case=case)
    return rows.select_related("recommended_by", "decided_by", "submission").order_by("number")


def decision_of(case: Case) -> Decision | None:
    """The decision that holds."""
    return decisions_of(case).last()


def appeal_of(case: Case) -> Appeal | None:
    """The appeal against a decision of this case: there is one at most."""
    rows = Appeal.objects.filter(partnership=case.partnership_id, case=case)
    return rows.select_related("decision", "made_by", "answered_by").order_by("-pk").first()


def last_day_to_appeal(case: Case, decision: Decision) -> datetime.date:
    """Until when the partnership may appeal against a decision, that day included (London)."""
    decided_on = timezone.localtime(decision.decided_at, LONDON).date()
    return working_days_after(decided_on, kind_of(case).appeal_days(case))
