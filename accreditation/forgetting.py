"""What accreditation holds about people. On paper they stand by organisation or role; rows know them by number."""

from django.utils.translation import gettext_lazy as _

from accreditation.models import (
    ActionProgress,
    CriterionAnswer,
    Evidence,
    PlannedAction,
    Round,
    Score,
    SelfAssessment,
    SignOff,
)
from partnerships.forgetting import STAYS, Holding, holds, last_saved

holds(
    Holding(
        "rounds_opened",
        _("Rounds opened"),
        lambda person: Round.objects.filter(opened_by=person.pk),
        {"name": "name", "opened": "opened_at"},
        STAYS,
    ),
    Holding(
        "scores",
        _("Scores given"),
        lambda person: Score.objects.filter(person=person.pk),
        {
            "criterion": "criterion__name",
            "for": "organisation__name",
            "rating": "rating__label",
            "why": "comment",
            "scored": "scored_at",
        },
        STAYS,
    ),
    Holding(
        "sign_offs",
        _("Self-assessments signed off"),
        lambda person: SignOff.objects.filter(person=person.pk),
        {"round": "assessment__round__name", "for": "organisation__name", "signed": "signed_at"},
        STAYS,
    ),
    Holding(
        "evidence_added",
        _("Evidence added"),
        lambda person: Evidence.objects.filter(added_by=person.pk),
        {"title": "title", "added": "added_at"},
        STAYS,
    ),
    Holding(
        "progress_noted",
        _("Progress of actions noted"),
        lambda person: ActionProgress.objects.filter(noted_by=person.pk),
        {"state": "state", "words": "words", "noted": "noted_at"},
        STAYS,
    ),
    *(last_saved(model) for model in (SelfAssessment, CriterionAnswer, PlannedAction)),
)
