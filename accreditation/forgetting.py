"""What accreditation holds about people. On paper they stand by organisation or role; rows know them by number."""

from django.utils.text import format_lazy
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
from partnerships.actions.forgetting import STAYS
from partnerships.forgetting import Holding, holds
from partnerships.models.versions import Versioned


def _saved(model: type[Versioned]) -> Holding:
    return Holding(
        f"saved_{model._meta.model_name}",
        format_lazy(_("Last saved: {kind}"), kind=model._meta.verbose_name_plural),
        lambda person: model._default_manager.filter(saved_by=person.pk),
        {"saved": "saved_at"},
        STAYS,
    )


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
    *(_saved(model) for model in (SelfAssessment, CriterionAnswer, PlannedAction)),
)
