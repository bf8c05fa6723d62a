"""What the queue holds about people, by their number. Who asks is told what and when, and no words of others."""

from django.db.models import Q, QuerySet
from django.utils.translation import gettext_lazy as _

from accounts.models import Person
from partnerships.forgetting import STAYS, Holding, holds
from reviews.models import (
    Appeal,
    Case,
    ChangeRequest,
    Decision,
    DialogueEntry,
    Judgement,
    Letter,
    Recommendation,
    Recusal,
    Return,
    Submission,
)


def _talked_with(person: Person) -> QuerySet[DialogueEntry]:
    """Conversations that name them, as far as the partnership sees them: what is confidential is told to nobody."""
    shown = DialogueEntry.objects.filter(confidential=False, case__shared_at__isnull=False)
    return shown.filter(with_whom__icontains=person.name)


holds(
    Holding(
        "cases_reviewed",
        _("Cases taken for review"),
        lambda person: Case.objects.filter(reviewer=person.pk),
        {"case": "title", "taken": "claimed_at"},
        STAYS,
    ),
    Holding(
        "submissions",
        _("Submissions to the Government Office"),
        lambda person: Submission.objects.filter(submitted_by=person.pk),
        {"reference": "reference", "submitted": "submitted_at"},
        STAYS,
    ),
    Holding(
        "changes_asked",
        _("Changes asked for"),
        lambda person: ChangeRequest.objects.filter(asked_by=person.pk),
        {"case": "case__title", "asked": "asked_at"},
        STAYS,
    ),
    Holding(
        "recusals",
        _("Cases stood aside from"),
        lambda person: Recusal.objects.filter(person=person.pk),
        {"case": "case__title", "at": "at"},
        STAYS,
    ),
    Holding(
        "dialogue_recorded",
        _("Conversations recorded"),
        lambda person: DialogueEntry.objects.filter(recorded_by=person.pk),
        {"case": "case__title", "recorded": "recorded_at"},
        STAYS,
    ),
    Holding(
        "dialogue",
        _("Conversations with the Government Office"),
        _talked_with,
        {"case": "case__title", "on": "on", "with_whom": "with_whom", "role": "role"},
        _("Stays as it was recorded: what a decision rests on never changes"),
    ),
    Holding(
        "judgements",
        _("Judgements of sections, last saved"),
        lambda person: Judgement.objects.filter(saved_by=person.pk),
        {"case": "case__title", "saved": "saved_at"},
        STAYS,
    ),
    Holding(
        "recommendations",
        _("Outcomes recommended"),
        lambda person: Recommendation.objects.filter(by=person.pk),
        {"case": "case__title", "at": "at"},
        STAYS,
    ),
    Holding(
        "returns",
        _("Recommendations returned"),
        lambda person: Return.objects.filter(by=person.pk),
        {"case": "recommendation__case__title", "at": "at"},
        STAYS,
    ),
    Holding(
        "decisions",
        _("Decisions recommended or made"),
        lambda person: Decision.objects.filter(Q(decided_by=person.pk) | Q(recommended_by=person.pk)),
        {"reference": "reference", "decided": "decided_at"},
        STAYS,
    ),
    Holding(
        "appeals",
        _("Appeals made or answered"),
        lambda person: Appeal.objects.filter(Q(made_by=person.pk) | Q(answered_by=person.pk)),
        {"case": "case__title", "made": "made_at", "answered": "answered_at"},
        STAYS,
    ),
    Holding(
        "letters_about_cases",
        _("Letters about cases received"),
        lambda person: Letter.objects.filter(to=person.pk),
        {"case": "case__title", "kind": "kind", "sent": "sent_at"},
        STAYS,
    ),
)
